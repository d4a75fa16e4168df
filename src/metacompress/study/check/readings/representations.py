"""How alike the layers of a student are to those of the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from metacompress.data.part import Part
from metacompress.relations.representations import LayerTable, fewer_neighbours
from metacompress.runs.record import Figure, Record
from metacompress.stats.intervals.contrasts import contrast_of_mean
from metacompress.study.levels import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from metacompress.relations.outputs import Outputs
    from metacompress.stats.intervals.variances import Dependence

_NOTHING = Level(value=None, low=None, high=None)


class Similarity(Record):
    """One measure of two layers, on sources and on their follow-ups."""

    sources: Level = Field(description="on the sources; null where a layer tells no input apart")
    follow_ups: Level = Field(description="on one follow-up input of each")
    fall: Level = Field(description="the first minus the second, paired by source")


class LayerReading(Record):
    """One layer of the student beside the teacher's layer that is most similar to it."""

    layer: int = Field(description="layer of the student; 0 is that of the embeddings")
    teacher_layer: int | None = Field(
        description="layer of the teacher whose CKA with it is greatest on these sources, which "
        "flatters that number a little; null where the layer tells no input apart"
    )
    cka: Similarity = Field(description="debiased linear CKA, in [-1, 1]; 1 is the same")
    overlap: Similarity = Field(
        description="mean share of nearest neighbours that both have in common, in [0, 1]; the "
        "interval takes the neighbours as they were found"
    )


class LayerTables(Record):
    """Every layer of the student (row) beside every layer of the teacher (column)."""

    cka: list[list[Figure]] = Field(description="debiased linear CKA")
    overlap: list[list[Figure]] = Field(description="mean share of common nearest neighbours")


class RepresentationReading(Record):
    """How alike student and teacher are inside, layer by layer, on a sample of the inputs.

    A layer is the mean of the hidden states of all tokens of an input; layer 0 is that of the
    embeddings. The verdict of representation-similarity is about the last layers alone.
    """

    sources: int = Field(description="sources in the sample, each with one follow-up input")
    neighbours: int = Field(description="nearest neighbours of an input that are compared")
    chance_overlap: float = Field(description="share that unrelated layers have in common")
    layers: list[LayerReading] = Field(description="by layer of the student")
    tables: dict[Part, LayerTables] = Field(description="by part, all pairs of layers")


def read_representations(
    outputs: Mapping[Part, Outputs], neighbours: int, *, confidence: float
) -> RepresentationReading | None:
    """Compare all layers of a student with all layers of the teacher.

    Args:
        outputs: of both, by part.
        neighbours: of an input at most.
        confidence: of every interval, in (0, 1).

    Returns:
        None where hidden states were asked of too few inputs, or of none.
    """
    follow_ups = outputs.get(Part.FOLLOW_UPS)
    found = None if follow_ups is None else follow_ups.representations
    if found is None or not found.suffice:
        return None
    count = fewer_neighbours(neighbours, len(found))
    tables = {part: LayerTable.of(found.teacher[part], found.student[part], count) for part in Part}
    dependence = outputs[Part.SOURCES].dependence.rows(found.origins)
    layers = []
    for layer, closest in enumerate(tables[Part.SOURCES].closest()):
        cka = overlap = Similarity(sources=_NOTHING, follow_ups=_NOTHING, fall=_NOTHING)
        if closest is not None:
            pair = found.pair(closest, layer)
            cka = _similarity([pair.cka(part) for part in Part], dependence, confidence, least=-1)
            shares = [pair.overlap(part, count) for part in Part]
            overlap = _similarity(shares, dependence, confidence, least=0)
        layers.append(LayerReading(layer=layer, teacher_layer=closest, cka=cka, overlap=overlap))
    return RepresentationReading(
        sources=len(found),
        neighbours=count,
        chance_overlap=count / (len(found) - 1),
        layers=layers,
        tables={
            part: LayerTables(cka=table.cka.tolist(), overlap=table.overlap.tolist())
            for part, table in tables.items()
        },
    )


def _similarity(
    values: list[NDArray[np.float64]], dependence: Dependence, confidence: float, *, least: float
) -> Similarity:
    """Of numbers per source whose means are the similarities on the two parts."""
    sources, follow_ups = values
    return Similarity(
        sources=_mean(sources, dependence, confidence, least),
        follow_ups=_mean(follow_ups, dependence, confidence, least),
        fall=_mean(sources - follow_ups, dependence, confidence, least - 1),
    )


def _mean(
    values: NDArray[np.float64], dependence: Dependence, confidence: float, least: float
) -> Level:
    """The mean with its interval, in [least, 1] or, of a difference, in [least, 1 - least]."""
    most = 1.0 if least >= -1 else -least
    if not np.isfinite(values).all():
        return _NOTHING
    found = contrast_of_mean((values, np.ones(len(values))), dependence)
    if found is None or dependence.count < 2:
        return Level(value=float(values.mean()), low=least, high=most)
    low, high = found.interval(confidence)
    return Level(value=found.value, low=max(low, least), high=min(high, most))
