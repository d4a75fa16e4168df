"""Generator of reference pages: everything here is found in the package, nothing is listed by hand.

Writes ``commands.md``, ``settings.md``, ``names.md``, ``python.md`` and ``results.md`` into
``reference/generated``, which git ignores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.commands import commands_page
from generator.models import find_models, reached_by, results_page, settings_page
from generator.names import names_page
from generator.python_api import python_page
from metacompress.runs.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def write_reference(reference: Path) -> list[Path]:
    """Write the generated pages below ``reference``; returns their paths."""
    models = find_models("metacompress")
    results = reached_by([model for model in models if issubclass(model, Record)])
    pages = {
        "commands": commands_page(),
        "settings": settings_page([model for model in models if model not in results]),
        "names": names_page("metacompress"),
        "python": python_page("metacompress"),
    }
    if results:
        pages["results"] = results_page([model for model in models if model in results])
    directory = reference / "generated"
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages.items():
        path = directory / f"{name}.md"
        # An unchanged page keeps its time, so that Sphinx does not read it again.
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
        written.append(path)
    return written
