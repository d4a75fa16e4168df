"""Commands with a flag for every setting of a model."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from metacompress.characters import visible_json
from metacompress.cli.flags import Quiet, WriteConfig, signature_of
from metacompress.cli.reserved import open_output
from metacompress.runs.progress import NoProgress, TerminalProgress
from metacompress.settings.base import Settings
from metacompress.settings.fields import Group
from metacompress.settings.flat import merged, nested, settings_of
from metacompress.settings.output import OutputSettings
from metacompress.settings.validation import validated
from metacompress.terminal import echo

Command = Callable[..., int | None]


def takes(
    model: type[Settings],
    *,
    positional: Collection[str] = (),
    only: Collection[str] = (),
    without: Collection[Group] = (),
    fixed: dict[str, Any] | None = None,
) -> Callable[[Callable[..., int | None]], Command]:
    """Make a command of a function: a flag for every setting of ``model``.

    The function is called with the validated settings, the flags that it has as keyword-only
    parameters itself, and, where it wants it, ``progress``.

    Args:
        model: whose settings they are.
        positional: keywords of settings that are arguments; ``config`` for the TOML file.
        only: keywords of the settings that the command has; all of them by default.
        without: groups of settings that it does not have.
        fixed: settings that it has, by keyword, and that are no flags.
    """
    fixed = fixed or {}
    known = [
        one
        for one in settings_of(model)
        if one.group not in without
        and one.keyword not in fixed
        and (not only or one.keyword in only)
    ]

    def decorate(function: Callable[..., int | None]) -> Command:
        own = dict(inspect.signature(function, eval_str=True).parameters)
        shows_progress = own.pop("progress", None) is not None
        own.pop("settings")
        switches = {"write_config": WriteConfig, **({"quiet": Quiet} if shows_progress else {})}
        signature = signature_of(known, positional, own, switches)

        @functools.wraps(function)
        def command(*args: Any, **given: Any) -> int | None:
            values = signature.bind(*args, **given).arguments
            quiet = values.pop("quiet", False)
            extra: dict[str, Any] = {name: values.pop(name) for name in own if name in values}
            config, write = values.pop("config", None), values.pop("write_config", False)
            settings = nested(
                model, {**{k: v for k, v in values.items() if v is not None}, **fixed}
            )
            if config is not None:
                from metacompress.settings.toml import read_config

                settings = merged(read_config(config), settings)
            if write:
                from metacompress.settings.toml import config_text

                echo(config_text(model, settings, function.__name__), nl=False)
                return 0
            made = validated(model, settings)
            if config is not None:
                _refuse_outputs_over(config, made)
            if shows_progress:
                extra["progress"] = NoProgress() if quiet else TerminalProgress()
            return function(made, **extra)

        command.__signature__ = signature  # type: ignore[attr-defined]
        del command.__wrapped__
        command.__annotations__ = {}
        return command

    return decorate


def _refuse_outputs_over(config: Path, settings: Settings) -> None:
    """Refuse files to write that are the TOML file of the settings.

    Raises:
        UsageError: see ``refuse_output_over``.
    """
    from metacompress.files.overlap import refuse_output_over

    named = {"out": getattr(settings, "out", None)}
    output = getattr(settings, "output", None)
    if isinstance(output, OutputSettings):
        named |= dict(output.files())
    for name, path in named.items():
        if path is not None:
            refuse_output_over(Path(path), f"--{name}", [("the command", config)])


def print_json(content: dict[str, Any]) -> None:
    """Print one JSON object on standard output."""
    with open_output():
        echo(visible_json(json.dumps(content, ensure_ascii=False, indent=2)))
