"""Page of names: what each registry holds."""

from __future__ import annotations

from generator.modules import modules_of
from metacompress.registry import Registry


def find_registries(package: str) -> dict[str, Registry[object]]:
    """Return the registries that the modules of ``package`` hold, by entry-point group."""
    found = {
        value.group: value
        for module in modules_of(package)
        for value in vars(module).values()
        if isinstance(value, Registry)
    }
    return dict(sorted(found.items()))


def names_page(package: str) -> str:
    """Return the page, with one table per registry of ``package``."""
    sections = [
        "# Names",
        "What can be named on the command line, in a settings file and in Python. "
        "`metacompress list` prints the same tables, plug-ins included.",
    ]
    for group, registry in find_registries(package).items():
        rows = [f"| `{name}` | {cell(registry.describe(name))} |" for name in registry.names()]
        sections.append(
            f"## {group.rpartition('.')[2].capitalize()}\n\n"
            f"Entry-point group of plug-ins: `{group}`.\n\n"
            + "\n".join(["| name | meaning |", "|---|---|", *rows])
        )
    return "\n\n".join(sections) + "\n"


def cell(text: str) -> str:
    """Return ``text`` as it may stand in a table of Markdown."""
    return " ".join(text.split()).replace("|", "\\|")
