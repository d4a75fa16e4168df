"""Reference pages of settings: the fields of a model as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.settings.flat import settings_of

if TYPE_CHECKING:
    from metacompress.settings.base import Settings
    from metacompress.settings.flat import Setting

_HEAD = "| flag | TOML key | keyword | value | default | meaning |\n|---|---|---|---|---|---|"


def reference(model: type[Settings], *, level: int = 3) -> str:
    """The settings of a model as Markdown: a table for each group.

    Args:
        model: whose settings.
        level: of the groups' headings, from 1 to 6.
    """
    groups: dict[str, list[str]] = {}
    for setting in settings_of(model):
        groups.setdefault(str(setting.group), []).append(_row(setting))
    heading = "#" * level
    tables = [f"{heading} {name}\n\n" + "\n".join([_HEAD, *rows]) for name, rows in groups.items()]
    return "\n\n".join(tables) + "\n"


def _row(setting: Setting) -> str:
    value = ", ".join(f"`{one}`" for one in setting.choices) or setting.word or "yes or no"
    default = "required" if setting.required else setting.default_text or ""
    cells = (
        f"`{setting.flag}`",
        f"`{setting.key}`",
        f"`{setting.keyword}`",
        value,
        default,
        setting.description,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
