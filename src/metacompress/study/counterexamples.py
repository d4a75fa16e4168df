"""Counterexamples that stand by themselves, and the file that a team keeps of them."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field, ValidationError

from metacompress.errors import DataError
from metacompress.models.protocols.classifier import SUM_TOLERANCE
from metacompress.runs.record import JsonObject, Record
from metacompress.study.location import Location

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: Final = "metacompress.counterexamples/1"
COUNTEREXAMPLES = "counterexamples.json"
"""The file of a run directory that ``metacompress replay`` reads."""


class PairAnswers(Record):
    """The class probabilities of one model."""

    source: list[float] = Field(description="on the source, in the order of the classes")
    variant: list[float] = Field(description="on the variant")


class Counterexample(Record):
    """A source and a variant of it on which a student violated a relation."""

    id: str = Field(description="id of the variant that it was found as")
    relation: str = Field(description="name of the relation that is violated on the variant")
    constants: JsonObject = Field(description="its constants")
    label: int | None = Field(description="number of the source's class; null where unknown")
    languages: list[str] = Field(description="of the programs, one or two")
    source: list[str] = Field(description="texts of the source's programs")
    variant: list[str] = Field(description="texts of the variant's programs")
    student: str = Field(description="name of the student that violated the relation")
    teacher_answers: PairAnswers = Field(description="what the teacher answered")
    student_answers: PairAnswers = Field(description="what the student answered")
    location: Location | None = Field(
        default=None,
        description="where in its programs the two models part; null without --locate, and where "
        "the counterexample was shrunk",
    )


class CounterexampleFile(Record):
    """Counterexamples of one task, to be replayed on other students."""

    schema_name: Literal["metacompress.counterexamples/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    task: str = Field(description="name of the task")
    labels: list[str] = Field(description="names of the classes, in the order of probabilities")
    counterexamples: list[Counterexample] = Field(description="the worst first")


def read_counterexamples(path: Path) -> CounterexampleFile:
    """Read a file of counterexamples.

    Raises:
        DataError: it cannot be read, or holds something else.
    """
    if path.is_dir():
        raise DataError(
            f"{path}: is a directory; of a run directory, name the file: {path / COUNTEREXAMPLES}",
            path=path,
        )
    try:
        # Editors on Windows put a byte order mark in front.
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})", path=path) from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is not valid JSON ({error})", path=path) from None
    try:
        found = CounterexampleFile.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = "".join(f"{one}: " for one in [".".join(map(str, first["loc"]))] if one)
        raise DataError(
            f"{path}: not a file of counterexamples ({place}{first['msg']}); metacompress check "
            f"with --shrink N or --locate N writes one, {COUNTEREXAMPLES}, into its run directory",
            path=path,
        ) from None
    for one in found.counterexamples:
        fault = _fault(one, len(found.labels))
        if fault is not None:
            raise DataError(f"{path}: {one.id}: {fault}", path=path, example=one.id)
    return found


def _fault(one: Counterexample, classes: int) -> str | None:
    """What is wrong with a counterexample that has all fields; None where nothing is."""
    for text in (*one.source, *one.variant):
        if any("\ud800" <= character <= "\udfff" for character in text):
            return "the text of a program holds a lone surrogate, which no file has"
    for model, answers in (("teacher", one.teacher_answers), ("student", one.student_answers)):
        for part, row in (("source", answers.source), ("variant", answers.variant)):
            total = sum(row) if min(row, default=-1.0) >= 0 else math.nan
            if len(row) != classes or not abs(total - 1) <= SUM_TOLERANCE:
                return (
                    f"the {model}'s answer to the {part} is {row}; expected {classes} "
                    f"probabilities that sum to 1"
                )
    return None
