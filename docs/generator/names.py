"""Page of names: what each registry holds."""

from __future__ import annotations

from generator.modules import modules_of
from metacompress.registry import Registry


def names_page(package: str) -> str:
    """Return the page, with one table per registry of ``package``."""
    found = {
        id(value): value
        for module in modules_of(package)
        for value in vars(module).values()
        if isinstance(value, Registry)
    }
    sections = [
        "# Names",
        "What can be named on the command line, in a settings file and in Python. "
        "`metacompress list` prints the same tables, plug-ins included.",
    ]
    for registry in sorted(found.values(), key=lambda one: one.group):
        rows = [f"| `{name}` | {cell(registry.describe(name))} |" for name in registry.names()]
        sections.append(
            f"## {registry.group.rpartition('.')[2].capitalize()}\n\n"
            f"Entry-point group of plug-ins: `{registry.group}`.\n\n"
            + "\n".join(["| name | meaning |", "|---|---|", *rows])
        )
    return "\n\n".join(sections) + "\n"


def cell(text: str) -> str:
    """Return ``text`` as it may stand in a table of Markdown."""
    return " ".join(text.split()).replace("|", "\\|")
