"""The inputs that two checks have in common: by id, and with the same text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.models.classifier import Predictions
from metacompress.study.check.predicting import Answered
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.study.check.baselines.finished import FinishedCheck

_CHOOSE = "check both students on the same data"


def common_inputs(
    first: FinishedCheck, second: FinishedCheck
) -> tuple[FinishedCheck, FinishedCheck]:
    """Both checks on the inputs that they share, in the order of the first one.

    Checks may share a part of their sources where ``limit`` or a recording that lacks some left
    the others out. Their variants then differ in part, too: those that are the same count.

    Raises:
        UsageError: they were made with other data, variants or answers of the teacher; or they
            share no source, or no variant where there are some.
    """
    sources = [one.parts[Part.SOURCES].examples for one in (first, second)]
    refuse_other_data(Sources.of(first), Sources.of(second))
    at = [{example.id: row for row, example in enumerate(examples)} for examples in sources]
    shared = [example.id for example in sources[0] if example.id in at[1]]
    rows = [np.array([places[one] for one in shared], dtype=np.intp) for places in at]
    follow_ups = _common_follow_ups(first, second, set(shared))
    one, other = (
        _restricted(check, kept, variants)
        for check, kept, variants in zip((first, second), rows, follow_ups, strict=True)
    )
    for part in Part:
        before, after = (check.parts[part].answers[TEACHER].probabilities for check in (one, other))
        if not np.array_equal(before, after):
            raise UsageError(
                f"{first.path} and {second.path}: the teachers answered otherwise to the same "
                f"{part.words}; check the baseline's student again with this teacher",
                option="baseline",
            )
    return one, other


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a check.

    Attributes:
        path: its run directory.
        examples: the sources.
        is_part: whether examples of its data were left out on purpose.
    """

    path: Path
    examples: Sequence[Example]
    is_part: bool

    @classmethod
    def of(cls, check: FinishedCheck) -> Sources:
        """The sources of a finished check."""
        data = cast("dict[str, object]", check.summary.config["data"])
        is_part = data.get("limit") is not None or check.summary.data.skipped > 0
        return cls(check.path, check.parts[Part.SOURCES].examples, is_part)


def refuse_other_data(first: Sources, second: Sources) -> None:
    """Refuse sources that are not of the same data.

    Raises:
        UsageError: none is in both; one has another text or label; or one check lacks some that
            were not left out on purpose.
    """
    examples = [{example.id: example for example in one.examples} for one in (first, second)]
    shared = [one for one in examples[0] if one in examples[1]]
    places = f"{first.path} and {second.path}"
    if not shared:
        raise UsageError(f"{places}: no source is in both; {_CHOOSE}", option="baseline")
    for name in shared:
        one, other = (found[name] for found in examples)
        if one.content_key() != other.content_key():
            raise UsageError(
                f"{places}: the example {name!r} has another text in each; {_CHOOSE}",
                option="baseline",
            )
        if one.label != other.label:
            raise UsageError(
                f"{places}: the example {name!r} has another label in each; {_CHOOSE}",
                option="baseline",
            )
    for check, missing in (
        (second, len(examples[0]) - len(shared)),
        (first, len(examples[1]) - len(shared)),
    ):
        if missing and not check.is_part:
            raise UsageError(
                f"{check.path}: lacks {missing} sources of the other run, and no --limit left "
                f"them out; {_CHOOSE}",
                option="baseline",
            )


def _common_follow_ups(
    first: FinishedCheck, second: FinishedCheck, shared: set[str]
) -> list[NDArray[np.intp]]:
    """Rows of the same variants of shared sources in either check."""
    keys = [_keys(check) for check in (first, second)]
    found = [{key: row for row, key in enumerate(one) if key[0] in shared} for one in keys]
    both = [key for key in found[0] if key in found[1]]
    places = f"{first.path} and {second.path}"
    sizes = [len(one.parts[Part.SOURCES].examples) for one in (first, second)]
    if len(both) < max(map(len, found)) and sizes == [len(shared)] * 2:
        raise UsageError(
            f"{places}: the same settings made other variants of the same sources (another "
            f"version, or other recorded names); run both again",
            option="baseline",
        )
    if not both and any(found):
        raise UsageError(
            f"{places}: no variant is in both, for new names come from the whole of the data; "
            f"run both with the same --limit and --sample-seed",
            option="baseline",
        )
    return [np.array([one[key] for key in both], dtype=np.intp) for one in found]


def _keys(check: FinishedCheck) -> list[tuple[str, str, str, str]]:
    part = check.parts[Part.FOLLOW_UPS]
    sources = check.parts[Part.SOURCES].examples
    return [
        (sources[row].id, kind, example.id, example.content_key())
        for row, kind, example in zip(part.source_rows, check.kinds, part.examples, strict=True)
    ]


def _restricted(
    check: FinishedCheck, sources: NDArray[np.intp], follow_ups: NDArray[np.intp]
) -> FinishedCheck:
    new_rows = np.full(len(check.parts[Part.SOURCES].examples), -1, dtype=np.intp)
    new_rows[sources] = np.arange(len(sources))
    parts = {
        part: _chosen(check.parts[part], rows, new_rows, (TEACHER, check.student))
        for part, rows in ((Part.SOURCES, sources), (Part.FOLLOW_UPS, follow_ups))
    }
    return replace(check, parts=parts, kinds=[check.kinds[row] for row in follow_ups])


def _chosen(
    part: Answered, rows: NDArray[np.intp], new_rows: NDArray[np.intp], models: Sequence[str]
) -> Answered:
    examples: list[Example] = [part.examples[row] for row in rows]
    answers = {name: part.answers[name] for name in models}
    return Answered(
        examples,
        {
            name: Predictions(
                found.probabilities[rows],
                found.truncated[rows],
                found.read[rows],
                found.unknown[rows],
            )
            for name, found in answers.items()
        },
        new_rows[part.source_rows[rows]],
        {name: part.identical[name][rows] for name in models},
    )
