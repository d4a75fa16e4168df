"""The frame of every page: contents, sections, styles, and the script that a page runs."""

from __future__ import annotations

import base64
import hashlib
import itertools
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from metacompress.characters import visible_lines
from metacompress.report import wording
from metacompress.report.charts.vector import unique_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from metacompress.report.inputs.shown import ShownInputs

_STYLES = ("page.css", "tables.css", "print.css")
_SCRIPTS = ("unpack.js", "diff.js", "counterexample.js", "choice.js", "explorer.js", "page.js")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page, with an entry in its contents.

    Attributes:
        id: its anchor.
        title: its heading.
        template: that fills it.
    """

    id: str
    title: str
    template: str


class Pictures:
    """Makes SVG text fit to stand in a page, with ids that no other picture of the page has."""

    def __init__(self) -> None:
        self._numbers = itertools.count()

    def place(self, svg: str) -> Markup:
        """The picture as markup."""
        from markupsafe import Markup

        return Markup(unique_ids(svg, f"p{next(self._numbers)}"))


def render_page(
    title: str,
    kind: str,
    head: str,
    sections: Sequence[Section],
    shown: ShownInputs | None = None,
    **content: Any,
) -> str:
    """Render a page: one file that asks no network and runs no script but its own.

    Args:
        title: of the window.
        kind: of the first entry of the contents: Verdict, say.
        head: template of what comes first.
        sections: in their order.
        shown: inputs that a reader can look through; they fill what room the page has left.
        **content: what the templates show.
    """
    from markupsafe import Markup

    from metacompress.report.inputs.packing import PAGE_BYTES, PackedInputs, pack

    script = _assets(_SCRIPTS)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = _environment().get_template("frame.html.j2")

    def render(packed: PackedInputs | None) -> str:
        return template.render(
            title=title,
            kind=kind,
            head=head,
            sections=sections,
            shown=shown,
            packed=packed,
            styles=Markup(_assets(_STYLES)),
            script=Markup(script),
            script_digest=f"sha256-{digest}",
            version=version("metacompress"),
            wording=wording,
            **content,
        )

    if shown is None:
        return render(None)
    without = render(PackedInputs("", "", shown.found, 0, 0))
    return render(pack(shown, PAGE_BYTES - len(without.encode())))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("metacompress.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["show"] = environment.get_template("macros.html.j2").module
    return environment


def _shown(value: object) -> object:
    """A value as a page shows it: no text of the data hides or turns round what stands there."""
    return visible_lines(value) if type(value) is str else value


def _assets(names: Sequence[str]) -> str:
    """Files of this package one after the other; a script has one scope of its own."""
    folder = files("metacompress.report") / "static"
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    return f'(() => {{\n"use strict";\n{text}}})();' if names is _SCRIPTS else text
