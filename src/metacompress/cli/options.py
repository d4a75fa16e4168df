"""Options that several commands share."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args

import typer

from metacompress.characters import visible_json
from metacompress.cli.reserved import open_output
from metacompress.errors import UsageError
from metacompress.terminal import echo

TaskOption = Annotated[
    str | None, typer.Option("--task", help="clone-detection or vulnerability-prediction.")
]
DataOption = Annotated[
    str | None, typer.Option("--data", help="File, directory, or hub:NAME.", metavar="PATH")
]
SplitOption = Annotated[
    str | None,
    typer.Option("--split", help="train, valid (or dev) or test, where --data has splits."),
]
FieldOption = Annotated[
    list[str] | None,
    typer.Option("--field", help="ROLE=COLUMN, for unusual column names.", metavar="ROLE=COLUMN"),
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", help="c, java, go, ...; where the data do not tell."),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", help="Take the first so many examples only.")
]
QuarantinedOption = Annotated[
    float | None,
    typer.Option("--max-quarantined", help="Tolerated share of malformed rows (0.05)."),
]
MissingOption = Annotated[
    str | None,
    typer.Option("--missing", help="error, or skip examples that a recording does not hold."),
]
TransformOption = Annotated[
    list[str] | None,
    typer.Option(
        "--transform",
        help="Transformation, level (lexical, syntactic, data-flow, control-flow) or all; "
        "repeatable (see list transforms).",
    ),
]
ComposeOption = Annotated[
    int | None, typer.Option(help="Apply so many random ones in a row, not one at a time.")
]
VariantsOption = Annotated[
    int | None, typer.Option(help="Variants per example and transformation (1).")
]
ProgramsOption = Annotated[
    str | None, typer.Option(help="Program of a pair to transform: first, second or both (first).")
]
SubstitutesOption = Annotated[
    str | None, typer.Option(help="Recorded substitutes for new names.", metavar="FILE")
]
ValidityOption = Annotated[
    str | None,
    typer.Option(help="What variants must pass: parse, bindings or compile (bindings)."),
]
SeedOption = Annotated[int | None, typer.Option(help="Of everything that is random (0).")]
TeacherOption = Annotated[
    str | None,
    typer.Option("--teacher", help="Model: KIND:LOCATION?option=value.", metavar="MODEL"),
]
StudentOption = Annotated[str | None, typer.Option("--student", help="Model.", metavar="MODEL")]
ConfidenceOption = Annotated[float | None, typer.Option(help="Of every interval (0.95).")]
ResamplesOption = Annotated[int | None, typer.Option(help="Of every bootstrap (2000).")]
StoreOption = Annotated[
    str | None, typer.Option(help="Prediction store to share between runs.", metavar="FILE")
]
OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Replace another study in the run directory.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object (docs/reference/json.md).")
]


Command = Callable[..., None]


def takes(*groups: Mapping[str, Any]) -> Callable[[Callable[[dict[str, Any]], None]], Command]:
    """Make a command of a function that takes the values of its options as one dictionary.

    Commands with dozens of options share them as groups this way: typer reads a signature, which
    cannot be shared.

    Args:
        *groups: parameter name to annotated type; booleans are off by default, all others None.
    """
    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if get_args(option)[0] is bool else None,
            annotation=option,
        )
        for group in groups
        for name, option in group.items()
    ]

    def decorate(function: Callable[[dict[str, Any]], None]) -> Command:
        def command(**given: Any) -> None:
            function(given)

        command.__name__ = function.__name__
        command.__doc__ = function.__doc__
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return command

    return decorate


def data_settings(
    data: str | None,
    split: str | None,
    field: list[str] | None,
    language: str | None,
    limit: int | None,
    max_quarantined: float | None,
    missing: str | None,
) -> dict[str, Any]:
    """The settings of the section ``data`` that were given."""
    settings = {
        "path": data,
        "split": split,
        "fields": dict(_pair(text, "--field") for text in field) if field else None,
        "language": language,
        "limit": limit,
        "max_quarantined": max_quarantined,
        "missing": missing,
    }
    return {name: value for name, value in settings.items() if value is not None}


def print_json(content: dict[str, Any]) -> None:
    """Print one JSON object on standard output."""
    with open_output():
        echo(visible_json(json.dumps(content, ensure_ascii=False, indent=2)))


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise UsageError(f"{option} is written NAME=VALUE, not {text!r}")
    return name, value
