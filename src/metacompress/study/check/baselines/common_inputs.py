"""The inputs that two checks have in common: by id, and with the same text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.models.cheapest.entry import TOLERANCE
from metacompress.study.check.answered import Answered
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.example import Example, Examples
    from metacompress.study.check.baselines.finished import FinishedCheck

_KEY_BYTES = 16
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
    sources = [one.parts[Part.SOURCES] for one in (first, second)]
    refuse_other_data(Sources.of(first), Sources.of(second))
    at = [{name: row for row, name in enumerate(one.ids.to_pylist())} for one in sources]
    shared = [name for name in at[0] if name in at[1]]
    rows = [np.array([places[one] for one in shared], dtype=np.intp) for places in at]
    follow_ups = _common_follow_ups((first, second), rows)
    one, other = (
        _restricted(check, kept, variants)
        for check, kept, variants in zip((first, second), rows, follow_ups, strict=True)
    )
    for part in Part:
        before, after = (check.parts[part].answers[TEACHER].probabilities for check in (one, other))
        # Another back end may have run the same teacher.
        if np.abs(before - after).max(initial=0.0) > TOLERANCE:
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
        return cls(check.path, list(check.parts[Part.SOURCES].inputs), is_part)


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
    checks: tuple[FinishedCheck, FinishedCheck], shared: Sequence[NDArray[np.intp]]
) -> list[NDArray[np.intp]]:
    """Rows of the same variants of shared sources in either check.

    Args:
        checks: the two.
        shared: rows of the shared sources in either.
    """
    rows = [
        np.flatnonzero(np.isin(check.parts[Part.FOLLOW_UPS].source_rows, sources))
        for check, sources in zip(checks, shared, strict=True)
    ]
    keys = [_keys(check)[kept] for check, kept in zip(checks, rows, strict=True)]
    both, *places = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    order = np.argsort(places[0])
    sizes = [len(one.parts[Part.SOURCES]) for one in checks]
    where = " and ".join(str(one.path) for one in checks)
    if len(both) < max(map(len, keys)) and sizes == [len(shared[0])] * 2:
        raise UsageError(
            f"{where}: the same settings made other variants of the same sources (another "
            f"version, or other recorded names); run both again",
            option="baseline",
        )
    if not len(both) and any(map(len, keys)):
        raise UsageError(
            f"{where}: no variant is in both, for new names come from the whole of the data; "
            f"run both with the same --limit and --sample-seed",
            option="baseline",
        )
    return [kept[place[order]] for kept, place in zip(rows, places, strict=True)]


def _keys(check: FinishedCheck) -> NDArray[np.void]:
    """For each follow-up a digest of its source's id, its transformation, its id and its text."""
    part = check.parts[Part.FOLLOW_UPS]
    source_ids = check.parts[Part.SOURCES].ids.to_pylist()
    digests = bytearray()
    for row, code, example in zip(part.source_rows, part.kinds.codes, part.inputs, strict=True):
        fields = (source_ids[row], part.kinds.names[code], example.id, example.content_key())
        digests += hashlib.blake2b(
            repr(fields).encode("utf-8", "backslashreplace"), digest_size=_KEY_BYTES
        ).digest()
    return np.frombuffer(digests, dtype=f"V{_KEY_BYTES}")


def _restricted(
    check: FinishedCheck, sources: NDArray[np.intp], follow_ups: NDArray[np.intp]
) -> FinishedCheck:
    new_rows = np.full(len(check.parts[Part.SOURCES]), -1, dtype=np.intp)
    new_rows[sources] = np.arange(len(sources))
    parts = {
        part: _chosen(check.parts[part], rows, new_rows, (TEACHER, check.student))
        for part, rows in ((Part.SOURCES, sources), (Part.FOLLOW_UPS, follow_ups))
    }
    return replace(check, parts=parts)


def _chosen(
    part: Answered, rows: NDArray[np.intp], new_rows: NDArray[np.intp], models: Sequence[str]
) -> Answered:
    return Answered(
        _Chosen(part.inputs, rows),
        part.ids.take(pa.array(rows)),
        new_rows[part.source_rows[rows]],
        part.kinds.rows(rows) if len(part.kinds) else part.kinds,
        {name: part.answers[name].rows(rows) for name in models},
        {name: part.identical[name][rows] for name in models},
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Some of the inputs of a check, in another order."""

    inputs: Examples
    rows: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Example]:
        every = list(self.inputs)
        return (every[row] for row in self.rows)
