"""Counterexamples that stand by themselves, and the file that a team keeps of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field, ValidationError

from metacompress.errors import DataError
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
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})", path=path) from error
    except ValueError as error:
        raise DataError(f"{path}: is not valid JSON ({error})", path=path) from None
    try:
        return CounterexampleFile.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(
            f"{path}: not a file of counterexamples ({'.'.join(map(str, first['loc']))}: "
            f"{first['msg']}); metacompress check --shrink N writes one, {COUNTEREXAMPLES}, into "
            f"its run directory",
            path=path,
        ) from None
