"""Inputs as a report shows them, whatever kind of study they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.example import Place


class Violation(NamedTuple):
    """A relation that an input violates.

    Attributes:
        student: whose answers violate it.
        relation: by name.
        magnitude: how far the input is from satisfying it, in the relation's unit.
    """

    student: str
    relation: str
    magnitude: float


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source input.

    Attributes:
        id: of the example.
        label: name of its class; None where it has none.
        language: of its programs.
        slices: names of the slices that it is in.
        probabilities: by model, (k,) each.
        programs: texts.
        places: where the programs stand in their code base, one each; empty where the data do not
            say.
    """

    id: str
    label: str | None
    language: str
    slices: Sequence[str]
    probabilities: Mapping[str, Sequence[float]]
    programs: Sequence[str]
    places: Sequence[Place | None] = ()


@dataclass(frozen=True, slots=True)
class ShownInput:
    """An input that a reader may want to see.

    Attributes:
        key: names it in links; no two inputs of a page have the same.
        id: of the example or variant.
        source: where it comes from.
        facets: what it can be chosen by, by the title of the facet.
        probabilities: by model, (k,) each; empty where it is the source itself.
        programs: texts; those of the source where it is the source itself.
        violations: of all students.
        figures: numbers of the study, by the title of their column.
    """

    key: str
    id: str
    source: ShownSource
    facets: Mapping[str, str]
    probabilities: Mapping[str, Sequence[float]]
    programs: Sequence[str]
    violations: Sequence[Violation] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_source(self) -> bool:
        """Whether it is the source itself."""
        return not self.probabilities

    def answers(self, model: str) -> Sequence[float]:
        """The class probabilities (k,) of a model on this input."""
        return (self.probabilities or self.source.probabilities)[model]


@dataclass(frozen=True, slots=True)
class ShownInputs:
    """All inputs of a page, the most telling first.

    Attributes:
        models: names, the teacher first.
        labels: names of the classes, in the order of probabilities.
        inputs: in the order in which they are left out where room is short, the last first.
        found: how many there are in the run; those beyond ``inputs`` were left out already.
    """

    models: Sequence[str]
    labels: Sequence[str]
    inputs: Sequence[ShownInput]
    found: int
