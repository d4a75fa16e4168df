"""Flags of commands, made from the fields of their settings models."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Group, Parameter

from metacompress.characters import visible_json
from metacompress.cli.reserved import open_output
from metacompress.errors import UsageError
from metacompress.runs.progress import NoProgress, TerminalProgress
from metacompress.settings import fields
from metacompress.settings.base import Settings
from metacompress.settings.flat import Setting, merged, nested, settings_of
from metacompress.settings.validation import validated
from metacompress.terminal import echo

Command = Callable[..., int | None]

_PANELS = {group: Group(str(group), sort_key=order) for order, group in enumerate(fields.Group)}
_OUTPUT = _PANELS[fields.Group.OUTPUT]


def switch(text: str) -> Parameter:
    """A flag without a value; it may be given twice."""
    return Parameter(
        help=text, negative=(), group=_OUTPUT, show_default=False, allow_repeating=True
    )


Overwrite = Annotated[bool, switch("Replace other results in the output directory")]
Json = Annotated[bool, switch("Print one JSON object on standard output and nothing else")]
Quiet = Annotated[bool, switch("Show no progress")]
_WriteConfig = Annotated[bool, switch("Print these settings as a TOML file, and stop")]
_Config = Annotated[
    Path | None,
    Parameter(help="TOML file with settings; flags win", group=_OUTPUT, show_default=False,
              metavar="FILE", allow_repeating=False),
]  # fmt: skip


def takes(
    model: type[Settings],
    *,
    positional: Collection[str] = (),
    without: Collection[fields.Group] = (),
    fixed: dict[str, Any] | None = None,
) -> Callable[[Callable[..., int | None]], Command]:
    """Make a command of a function: a flag for every setting of ``model``.

    The function is called with the validated settings, the flags that it has as keyword-only
    parameters itself, and, where it wants it, ``progress``.

    Args:
        model: whose settings they are.
        positional: keywords of settings that are arguments; ``config`` for the TOML file.
        without: groups of settings that the command does not have.
        fixed: settings that it has, by keyword, and that are no flags.
    """
    fixed = fixed or {}
    known = [
        one for one in settings_of(model) if one.group not in without and one.keyword not in fixed
    ]

    def decorate(function: Callable[..., int | None]) -> Command:
        own = dict(inspect.signature(function, eval_str=True).parameters)
        shows_progress = own.pop("progress", None) is not None
        own.pop("settings")
        signature = _signature(known, own, set(positional), shows_progress=shows_progress)

        @functools.wraps(function)
        def command(*args: Any, **given: Any) -> int | None:
            values = signature.bind(*args, **given).arguments
            quiet = values.pop("quiet", False)
            extra: dict[str, Any] = {name: values.pop(name) for name in own if name in values}
            config, write = values.pop("config", None), values.pop("write_config", False)
            settings = nested(model, {**_read(known, values), **fixed})
            if config is not None:
                from metacompress.settings.toml import read_config

                settings = merged(read_config(config), settings)
            if write:
                from metacompress.settings.toml import config_text

                echo(config_text(model, settings, function.__name__), nl=False)
                return 0
            made = validated(model, settings)
            if shows_progress:
                extra["progress"] = NoProgress() if quiet else TerminalProgress()
            return function(made, **extra)

        command.__signature__ = signature  # type: ignore[attr-defined]
        del command.__wrapped__
        command.__annotations__ = {}
        return command

    return decorate


def print_json(content: dict[str, Any]) -> None:
    """Print one JSON object on standard output."""
    with open_output():
        echo(visible_json(json.dumps(content, ensure_ascii=False, indent=2)))


def _signature(
    known: list[Setting],
    own: dict[str, inspect.Parameter],
    positional: set[str],
    *,
    shows_progress: bool,
) -> inspect.Signature:
    arguments: list[inspect.Parameter] = []
    options: list[inspect.Parameter] = []
    for setting in known:
        is_argument = setting.keyword in positional
        (arguments if is_argument else options).append(_parameter(setting, is_argument))
    switches = {"write_config": _WriteConfig, **({"quiet": Quiet} if shows_progress else {})}
    config = inspect.Parameter(
        "config", _kind("config" in positional), default=None, annotation=_Config
    )
    (arguments if "config" in positional else options).append(config)
    options += own.values()
    options += [
        inspect.Parameter(name, _kind(False), default=False, annotation=kind)
        for name, kind in switches.items()
    ]
    return inspect.Signature([*arguments, *options])


def _kind(is_argument: bool) -> Any:
    kinds = inspect.Parameter
    return kinds.POSITIONAL_OR_KEYWORD if is_argument else kinds.KEYWORD_ONLY


def _parameter(setting: Setting, is_argument: bool) -> inspect.Parameter:
    required = " (required)" if setting.required else ""
    repeated = setting.kind in (tuple, dict)
    parameter = Parameter(
        name=setting.flag,
        help=f"{setting.description}{'; repeatable' if repeated else ''}{required}",
        group=_PANELS[setting.group],
        metavar=setting.word,
        show_default=setting.default_text or False,
        converter=_NUMBERS.get(setting.kind),
        allow_repeating=repeated,
        required=False,
        negative=None if setting.kind is bool else (),
        json_list=False,
        json_dict=False,
    )
    kind: Any = list[str] if repeated else setting.kind
    return inspect.Parameter(
        setting.keyword,
        _kind(is_argument),
        default=None,
        annotation=Annotated[kind | None, parameter] if kind is not Literal else kind,
    )


def _whole(kind: object, tokens: Any) -> int:
    try:
        return int(tokens[0].value)
    except ValueError:
        raise ValueError("a whole number") from None


def _number(kind: object, tokens: Any) -> float:
    try:
        return float(tokens[0].value)
    except ValueError:
        raise ValueError("a number") from None


_NUMBERS: dict[Any, Callable[[object, Any], float]] = {int: _whole, float: _number}


def _read(known: list[Setting], values: dict[str, Any]) -> dict[str, Any]:
    """What was given, with pairs as dictionaries."""
    given = {name: value for name, value in values.items() if value is not None}
    for setting in known:
        if setting.keyword in given and setting.shown.word == "ROLE=COLUMN":
            pairs = given[setting.keyword]
            given[setting.keyword] = dict(_pair(text, setting.flag) for text in pairs)
    return given


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise UsageError(f"{option} is written NAME=VALUE, not {text!r}")
    return name, value
