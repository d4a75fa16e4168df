"""Parameters of commands: what the command-line library reads of a setting."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Group, Parameter

from metacompress.settings import fields
from metacompress.settings.flat import Setting

_PANELS = {group: Group(str(group), sort_key=order) for order, group in enumerate(fields.Group)}
_OUTPUT = _PANELS[fields.Group.OUTPUT]


def switch(text: str, group: Group = _OUTPUT) -> Parameter:
    """A flag without a value; it may be given twice."""
    return Parameter(help=text, negative=(), group=group, show_default=False, allow_repeating=True)


Overwrite = Annotated[bool, switch("Replace other results in the output directory")]
Json = Annotated[bool, switch("Print one JSON object on standard output and nothing else")]
StudentFirst = Annotated[
    bool,
    switch(
        "Ask the student everything, and the teacher only until the rates of prediction-agreement "
        "and distribution-similarity among these inputs are decided",
        _PANELS[fields.Group.STATISTICS],
    ),
]
Quiet = Annotated[bool, switch("Show no progress")]
WriteConfig = Annotated[bool, switch("Print these settings as a TOML file, and stop")]
Config = Annotated[
    Path | None,
    Parameter(
        help="TOML file with settings; flags win",
        group=_OUTPUT,
        show_default=False,
        metavar="FILE",
        allow_repeating=False,
    ),
]


def signature_of(
    settings: Collection[Setting],
    positional: Collection[str],
    own: Mapping[str, inspect.Parameter],
    switches: Mapping[str, Any],
) -> inspect.Signature:
    """The signature of a command.

    Args:
        settings: flags, by their keywords.
        positional: keywords of those that are arguments as well; ``config`` for the TOML file.
        own: other keyword-only parameters.
        switches: further switches, by name.
    """
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [_parameter(one, _kind(one.keyword in positional)) for one in settings]
    config = _kind("config" in positional)
    parameters.append(inspect.Parameter("config", config, default=None, annotation=Config))
    parameters += own.values()
    parameters += [
        inspect.Parameter(name, keyword, default=False, annotation=kind)
        for name, kind in switches.items()
    ]
    return inspect.Signature(sorted(parameters, key=lambda one: one.kind))


def _kind(is_argument: bool) -> Any:
    kinds = inspect.Parameter
    return kinds.POSITIONAL_OR_KEYWORD if is_argument else kinds.KEYWORD_ONLY


def _parameter(setting: Setting, kind: Any) -> inspect.Parameter:
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
    read_as: Any = list[str] if repeated else setting.kind
    annotation: Any = Annotated[read_as | None, parameter]
    return inspect.Parameter(setting.keyword, kind, default=None, annotation=annotation)


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
