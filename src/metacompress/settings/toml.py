"""TOML files of settings."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import tomlkit

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

# Of a TOML file, and of one of its lines; no setting comes near.
_MAX_BYTES, _MAX_DOTS = 1 << 20, 100


def read_config(path: Path) -> dict[str, Any]:
    """Read the settings of a TOML file.

    Raises:
        UsageError: the file is missing or no valid TOML.
    """
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is not a regular file; name a TOML file")
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1).decode()
        if len(text) > _MAX_BYTES:
            raise UsageError(f"{path}: has more than {_MAX_BYTES >> 10} kB; is this a TOML file?")
        # The parser keeps every beginning of a dotted key: its memory grows with their square.
        for number, line in enumerate(text.splitlines(), 1):
            if line.count(".") > _MAX_DOTS:
                raise UsageError(f"{path}: line {number} has more than {_MAX_DOTS} dots")
        return tomllib.loads(text)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such configuration file") from None
    except (ValueError, RecursionError, OSError) as error:
        raise UsageError(f"{path}: no valid TOML ({str(error).partition(';')[0]})") from error


def add_fields(container: Any, model: type[BaseModel], settings: dict[str, Any]) -> None:
    """Add the fields of ``model`` to a TOML table; what is not set stands as a comment."""
    for name, field in model.model_fields.items():
        if name in ("data", "relations"):
            continue
        container.add(tomlkit.nl())
        if name in settings:
            container.add(tomlkit.comment(field.description or name))
            container.add(name, _item(settings[name]))
            continue
        shown = None if field.is_required() else field.get_default(call_default_factory=True)
        remark = ""
        if not shown and field.examples:
            # An empty value would not be valid once the line is uncommented.
            remark = "; not set" if field.is_required() else "; not set by default"
            shown = field.examples[0]
        container.add(tomlkit.comment(f"{field.description or name}{remark}"))
        container.add(tomlkit.comment(f"{name} = {_item(shown).as_string()}"))


def _item(value: Any) -> Any:
    """``value`` as TOML, in one line."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)
