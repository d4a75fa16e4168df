"""Hidden states of teacher and student on the same inputs, and how alike their layers are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.stats.scores.representations import (
    LEAST_INPUTS,
    Geometry,
    cka_without_each,
    debiased_cka,
    influences,
    nearest_neighbours,
    neighbour_overlap,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Layers = list["NDArray[np.float32]"]
"""Vectors (s, width) of the same s inputs, one array per layer; see ``HiddenStates``."""


@dataclass(frozen=True, slots=True)
class Representations:
    """Hidden states of teacher and student on s sources, and on a follow-up input of each.

    Attributes:
        origins: int (s,), ascending; the rows of the sources among all sources of the study.
        teacher: its layers by part.
        student: likewise.
    """

    origins: NDArray[np.int64]
    teacher: Mapping[Part, Layers]
    student: Mapping[Part, Layers]

    def __len__(self) -> int:
        return len(self.origins)

    @property
    def suffice(self) -> bool:
        """Whether these are inputs enough for a similarity."""
        return len(self) >= LEAST_INPUTS

    def of_origins(self, kept: NDArray[np.bool_]) -> Representations:
        """Those of some of the sources; bool (N,), for all sources of the study."""
        rows = kept[self.origins]

        def chosen(layers: Mapping[Part, Layers]) -> dict[Part, Layers]:
            return {part: [layer[rows] for layer in found] for part, found in layers.items()}

        return Representations(self.origins[rows], chosen(self.teacher), chosen(self.student))

    def pair(self, teacher_layer: int = -1, student_layer: int = -1) -> LayerPair:
        """A layer of the teacher beside one of the student; by default the last of each."""
        return LayerPair(
            {part: Geometry.of(layers[teacher_layer]) for part, layers in self.teacher.items()},
            {part: Geometry.of(layers[student_layer]) for part, layers in self.student.items()},
        )


@dataclass(frozen=True, slots=True)
class LayerPair:
    """How s inputs lie to each other in a layer of the teacher, and in one of the student.

    Attributes:
        teacher: geometry by part.
        student: likewise.
    """

    teacher: Mapping[Part, Geometry]
    student: Mapping[Part, Geometry]

    def cka(self, part: Part) -> NDArray[np.float64]:
        """Influences of the inputs, (s,), whose mean is the similarity on a part; or nan."""
        geometries = self.teacher[part], self.student[part]
        return influences(debiased_cka(*geometries), cka_without_each(*geometries))

    def cka_fall(self) -> NDArray[np.float64]:
        """The same of the similarity on sources minus that on their follow-ups."""
        return self.cka(Part.SOURCES) - self.cka(Part.FOLLOW_UPS)

    def overlap(self, part: Part, neighbours: int) -> NDArray[np.float64]:
        """The share of common neighbours of each input, (s,); or nan."""
        return neighbour_overlap(
            nearest_neighbours(self.teacher[part], neighbours),
            nearest_neighbours(self.student[part], neighbours),
        )


@dataclass(frozen=True, slots=True)
class LayerTable:
    """The similarity of every layer of the student to every layer of the teacher on one part.

    Attributes:
        cka: float64 (layers of the student, layers of the teacher), in [-1, 1]; nan where one of
            the two gives all inputs the same vector.
        overlap: likewise, the mean share of common neighbours, in [0, 1].
    """

    cka: NDArray[np.float64]
    overlap: NDArray[np.float64]

    @classmethod
    def of(cls, teacher: Layers, student: Layers, neighbours: int) -> LayerTable:
        """Compare all layers; at any time the geometry of one layer of the student is held."""
        shape = len(student), len(teacher)
        cka, overlap = np.full(shape, np.nan), np.full(shape, np.nan)
        others = [Geometry.of(layer) for layer in teacher]
        near = [nearest_neighbours(other, neighbours) for other in others]
        for row, layer in enumerate(student):
            own = Geometry.of(layer)
            own_near = nearest_neighbours(own, neighbours)
            for column, other in enumerate(others):
                cka[row, column] = debiased_cka(other, own)
                overlap[row, column] = neighbour_overlap(near[column], own_near).mean()
        return cls(cka, overlap)

    def closest(self) -> list[int | None]:
        """For each layer of the student the most similar one of the teacher; None without any."""
        return [None if np.isnan(row).all() else int(np.nanargmax(row)) for row in self.cka]


def fewer_neighbours(wanted: int, inputs: int) -> int:
    """As many neighbours as wanted, but at most half of the others: all inputs share them all."""
    return max(1, min(wanted, (inputs - 1) // 2))


def sampled_follow_ups(
    source_rows: NDArray[np.intp],
    weights: NDArray[np.float64],
    sample: int,
    rng: np.random.Generator,
) -> NDArray[np.intp]:
    """One follow-up input of each of ``sample`` sources, or of all where there are not so many.

    Args:
        source_rows: int (n,); the source of each follow-up.
        weights: (n,), above 0; of the follow-ups of one source, how likely each is chosen.
        sample: number of sources.
        rng: draws.

    Returns:
        places among the n, in the order of their sources.
    """
    sources, units = np.unique(source_rows, return_inverse=True)
    # The largest of u ** (1 / w), which is that of log(u) / w, falls on each in the ratio of w.
    keys = np.log(1 - rng.random(len(units))) / weights
    order = np.lexsort((keys, units))
    last = np.flatnonzero(np.diff(units[order], append=len(sources)))
    chosen: NDArray[np.intp] = order[last]
    if len(sources) > sample:
        chosen = chosen[np.sort(rng.choice(len(sources), size=sample, replace=False))]
    return chosen
