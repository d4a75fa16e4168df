"""The command that stands for settings: a flag for each one that is not at its default."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from metacompress.data.in_memory import is_in_memory
from metacompress.settings.fields import Group
from metacompress.settings.flat import settings_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from metacompress.settings.base import Settings
    from metacompress.settings.flat import Setting

_OF_MEMORY = '# "memory" and "... in memory" were Python objects: name files in their place.'


def command_line(
    model: type[Settings],
    settings: Mapping[str, Any],
    command: str,
    without: Collection[Group] = (),
) -> str:
    """Write settings as a command for a shell, a flag per line.

    Data and models that a Python program held are at no path that a command could name; a comment
    in front says so.

    Args:
        model: whose settings.
        settings: nested, as JSON values; what is not there is at its default.
        command: that takes the flags: ``check``.
        without: groups of settings that the command does not have.
    """
    known = [one for one in settings_of(model) if one.group not in without]
    flags = [
        f"{one.flag} {shlex.quote(text)}" if text else one.flag
        for one in known
        for text in _values(one, settings)
    ]
    switched_off = [
        f"--no-{one.flag.removeprefix('--')}"
        for one in known
        if one.kind is bool and one.default and _found(one, settings) is False
    ]
    inputs = (one for one in known if one.group in (Group.DATA, Group.MODELS))
    held = any(is_in_memory(text) for one in inputs for text in _values(one, settings))
    comment = f"{_OF_MEMORY}\n" if held else ""
    return comment + " \\\n    ".join([f"metacompress {command}", *flags, *switched_off])


def _values(setting: Setting, settings: Mapping[str, Any]) -> Iterator[str]:
    """The values that a flag is given with; an empty one for a switch."""
    value = _found(setting, settings)
    if value is None or value is False or value == _plain(setting.default):
        return
    if value is True:
        yield ""
    elif setting.named_tables:
        for name, constants in value.items():
            yield f"{name}?{urlencode(constants)}" if constants else name
    elif isinstance(value, dict):
        for name, one in value.items():
            yield f"{name}={','.join(map(str, one)) if isinstance(one, list) else one}"
    elif isinstance(value, list):
        yield from map(str, value)
    else:
        yield str(value)


def _found(setting: Setting, settings: Mapping[str, Any]) -> Any:
    value: Any = settings
    for name in setting.path:
        value = value.get(name) if value is not None else None
    return value


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
