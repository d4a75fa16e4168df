"""Signatures and docstrings of functions, from the fields of settings models."""

from __future__ import annotations

import inspect
import textwrap
import types
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from metacompress.settings.flat import settings_of

if TYPE_CHECKING:
    from metacompress.settings.base import Settings
    from metacompress.settings.flat import Setting

F = TypeVar("F", bound=Callable[..., Any])

_INDENT = " " * 8
_MARK = f"{_INDENT}**settings: "
_WIDTH = 100


def takes(model: type[Settings]) -> Callable[[F], F]:
    """Show the settings of ``model`` as keyword arguments of a function that has ``**settings``.

    Its own parameters stay, and go before a setting of the same name. The docstring's line
    ``**settings:`` becomes a line for each of them.
    """

    def decorate(function: F) -> F:
        signature = inspect.signature(function)
        own = [one for one in signature.parameters.values() if one.kind is not one.VAR_KEYWORD]
        names = {one.name for one in own}
        shown = [one for one in settings_of(model) if one.keyword not in names]
        keywords = [one for one in own if one.kind is one.KEYWORD_ONLY]
        parameters = [one for one in own if one.kind is not one.KEYWORD_ONLY]
        parameters += [_parameter(one) for one in shown if one.required]
        parameters += [one for one in keywords if one.default is one.empty]
        parameters += [_parameter(one) for one in shown if not one.required]
        parameters += [one for one in keywords if one.default is not one.empty]
        function.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        function.__doc__ = _documented(function.__doc__ or "", shown)
        return function

    return decorate


def _parameter(setting: Setting) -> inspect.Parameter:
    empty = inspect.Parameter.empty
    return inspect.Parameter(
        setting.keyword,
        inspect.Parameter.KEYWORD_ONLY,
        default=empty if setting.required else setting.default,
        annotation=_type(setting),
    )


def _type(setting: Setting) -> Any:
    kind: Any = {tuple: str | Sequence[str], dict: dict[str, Any]}.get(setting.kind, setting.kind)
    is_optional = types.NoneType in get_args(setting.field.annotation)
    return kind | None if is_optional else kind


def _documented(text: str, shown: list[Setting]) -> str:
    lines = []
    for line in text.splitlines():
        if not line.startswith(_MARK):
            lines.append(line)
            continue
        for one in shown:
            default = f"; default: {one.default_text}" if one.default_text is not None else ""
            choices = f" ({', '.join(one.choices)})" if one.choices else ""
            lines += textwrap.wrap(
                f"{one.keyword}: {one.description}{choices}{default}.",
                width=_WIDTH,
                initial_indent=_INDENT,
                subsequent_indent=_INDENT + "    ",
                break_long_words=False,
            )
    return "\n".join(lines) + ("\n    " if text.endswith("    ") else "")
