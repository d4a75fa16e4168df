"""What the models of a check answered: arrays by model, and the inputs only where they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.study.clusters import cluster_numbers
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example, Examples
    from metacompress.models.protocols.classifier import Predictions
    from metacompress.variants.follow_ups import FollowUps


@dataclass(frozen=True, slots=True)
class Answered:
    """The inputs of one part with the answers of all models.

    Attributes:
        inputs: n examples; follow-ups are rebuilt when they are gone over.
        ids: of the inputs, n strings.
        source_rows: int (n,); the row of each input's source among the sources.
        kinds: the transformations of follow-ups; of no variant for sources.
        answers: by model.
        identical: by model, bool (n,); follow-ups of which the model reads exactly what it reads
            of their source, because the edit is in white space that it drops, say, or behind its
            window. All False for sources.
    """

    inputs: Examples
    ids: pa.ChunkedArray
    source_rows: NDArray[np.intp]
    kinds: Kinds
    answers: Mapping[str, Predictions]
    identical: Mapping[str, NDArray[np.bool_]]

    @classmethod
    def of_sources(cls, sources: Sequence[Example], answers: Mapping[str, Predictions]) -> Answered:
        """The answers to the sources themselves."""
        return cls(
            sources,
            pa.chunked_array([[example.id for example in sources]], pa.string()),
            np.arange(len(sources)),
            Kinds.of(()),
            answers,
            {name: np.zeros(len(sources), dtype=np.bool_) for name in answers},
        )

    @classmethod
    def of_follow_ups(
        cls,
        follow_ups: FollowUps,
        answers: Mapping[str, Predictions],
        identical: Mapping[str, NDArray[np.bool_]],
    ) -> Answered:
        """The answers to the variants of the sources."""
        return cls(
            follow_ups,
            follow_ups.ids,
            follow_ups.source_rows,
            follow_ups.kinds,
            answers,
            identical,
        )

    def __len__(self) -> int:
        return len(self.source_rows)

    def told_apart(self, models: Iterable[str]) -> NDArray[np.bool_]:
        """Inputs, (n,), that at least one of the models can tell from their source.

        The others are their source once more: they take no part in any rate of these models.
        """
        same: NDArray[np.bool_] = np.logical_and.reduce([self.identical[one] for one in models])
        return ~same


def labels_of(examples: Examples) -> NDArray[np.int64]:
    """Labels of n examples, (n,), -1 where unknown."""
    return np.fromiter(
        (-1 if example.label is None else example.label for example in examples), dtype=np.int64
    )


def outputs_of(
    parts: Mapping[Part, Answered], student: str, mix: Mapping[str, float] | None = None
) -> dict[Part, Outputs]:
    """Arrays for the relations between the teacher and a student, by part.

    Follow-ups that neither of the two can tell from their source are left out; without any there
    is no such part.

    Args:
        parts: the models' answers.
        student: name of the model that is read against the teacher.
        mix: see ``Outputs.follow_ups``.
    """
    sources, follow_ups = parts[Part.SOURCES], parts[Part.FOLLOW_UPS]
    on_sources = Outputs.of_sources(
        sources.answers[TEACHER].probabilities,
        sources.answers[student].probabilities,
        labels_of(sources.inputs),
        cluster_numbers(sources.inputs),
    )
    outputs = {Part.SOURCES: on_sources}
    if len(follow_ups):
        told_apart = follow_ups.told_apart((TEACHER, student))
        outputs[Part.FOLLOW_UPS] = on_sources.follow_ups(
            follow_ups.answers[TEACHER].probabilities[told_apart],
            follow_ups.answers[student].probabilities[told_apart],
            follow_ups.source_rows[told_apart],
            follow_ups.kinds.rows(told_apart),
            mix,
        )
    return outputs


def kinds_of(parts: Mapping[Part, Answered], student: str) -> Kinds:
    """Transformations of the follow-ups in ``outputs_of``."""
    found = parts[Part.FOLLOW_UPS]
    return found.kinds.rows(found.told_apart((TEACHER, student)))


def ids_of(parts: Mapping[Part, Answered], student: str) -> dict[Part, pa.ChunkedArray]:
    """Ids of the inputs in ``outputs_of``, by part."""
    return {
        part: found.ids.filter(pa.array(found.told_apart((TEACHER, student))))
        for part, found in parts.items()
    }
