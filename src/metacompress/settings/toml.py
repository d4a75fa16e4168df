"""TOML files of settings."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import tomlkit

from metacompress.errors import UsageError
from metacompress.settings.flat import settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.settings.base import Settings
    from metacompress.settings.flat import Setting

# Of a TOML file, and of one of its lines; no setting comes near.
_MAX_BYTES, _MAX_DOTS = 1 << 20, 100


def read_config(path: Path) -> dict[str, Any]:
    """Read the settings of a TOML file.

    Raises:
        UsageError: the file is missing or no valid TOML.
    """
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is not a regular file; name a TOML file", option="config")
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1).decode()
        if len(text) > _MAX_BYTES:
            raise UsageError(
                f"{path}: has more than {_MAX_BYTES >> 10} kB; is this a TOML file?",
                option="config",
            )
        # The parser keeps every beginning of a dotted key: its memory grows with their square.
        for number, line in enumerate(text.splitlines(), 1):
            if line.count(".") > _MAX_DOTS:
                raise UsageError(
                    f"{path}: line {number} has more than {_MAX_DOTS} dots", option="config"
                )
        return tomllib.loads(text)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such configuration file", option="config") from None
    except (ValueError, RecursionError, OSError) as error:
        raise UsageError(
            f"{path}: no valid TOML ({str(error).partition(';')[0]})", option="config"
        ) from error


def config_text(model: type[Settings], settings: dict[str, Any], command: str) -> str:
    """A commented TOML file with ``settings``; what is not set stands as a comment.

    Args:
        model: whose settings.
        settings: what is set, nested.
        command: what takes the file: ``check``.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(f"Settings of metacompress {command} --config THIS_FILE"))
    tables: dict[str, Any] = {}
    named: list[Setting] = []
    for setting in settings_of(model):
        *table, _ = setting.path
        if not table and isinstance(_tables(setting, settings), dict):
            named.append(setting)
        elif not table:
            _add(document, setting, settings)
        else:
            (name,) = table
            _add(tables.setdefault(name, tomlkit.table()), setting, settings.get(name, {}))
    for name, content in tables.items():
        document.add(name, content)
    for setting in named:
        _add_tables(document, setting, settings)
    return tomlkit.dumps(document)


def _add(container: Any, setting: Setting, settings: dict[str, Any]) -> None:
    name = setting.path[-1]
    container.add(tomlkit.nl())
    if name in settings:
        container.add(tomlkit.comment(setting.description))
        container.add(name, _item(settings[name]))
        return
    shown, remark = setting.default, ""
    if not shown and shown is not False and setting.field.examples:
        # An empty value would not be valid once the line is uncommented.
        remark = "; not set" if setting.required else "; not set by default"
        shown = setting.field.examples[0]
    container.add(tomlkit.comment(f"{setting.description}{remark}"))
    container.add(tomlkit.comment(f"{name} = {_item(shown).as_string()}"))


def _tables(setting: Setting, settings: dict[str, Any]) -> Any:
    """The value of a setting that may be a table per name; None where it is not, or is empty."""
    return (
        (settings.get(setting.path[-1]) or setting.default) if setting.named_tables else None
    ) or None


def _add_tables(document: Any, setting: Setting, settings: dict[str, Any]) -> None:
    """Add a table per name, as ``[relations.prediction-agreement]``."""
    name = setting.path[-1]
    container = tomlkit.table(is_super_table=True)
    for one, constants in _tables(setting, settings).items():
        table = tomlkit.table()
        table.update(constants)
        container.add(one, table)
    document.add(name, container)


def _item(value: Any) -> Any:
    """``value`` as TOML, in one line."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)
