"""The stage that swaps tensors between teacher and student, and asks the mixtures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.models.protocols.mixable import mixed
from metacompress.models.shared import loaded_here
from metacompress.study.check.answered import outputs_of
from metacompress.study.locate.effects import Judge
from metacompress.study.locate.summary import Swap, SwapEffects, SwapKind
from metacompress.study.locate.swaps import Differing
from metacompress.study.players import ONLY_STUDENT, TEACHER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.relations.base import Relation
    from metacompress.study.check.answered import Answered
    from metacompress.study.locate.config import LocateConfig
    from metacompress.study.locate.effects import Violations
    from metacompress.study.runner import StudyContext


@dataclass(frozen=True, slots=True)
class Located:
    """What swaps of tensors remove and cause.

    Attributes:
        student: its violations, by part.
        everything: the swap of all tensors that differ.
        swaps: the others, those that remove most first.
        differing: the tensors.
        variants: follow-ups that a model can tell from their source.
        clusters: independent programs or groups that the sources come from.
    """

    student: Mapping[Part, Violations]
    everything: Swap
    swaps: list[Swap]
    differing: Differing
    variants: int
    clusters: int


def locating_stage(
    study: StudyContext[LocateConfig], relation: Relation, parts: Mapping[Part, Answered]
) -> Located:
    """Swap one tensor, and one layer, at a time.

    Args:
        study: whose settings, models and sources.
        relation: whose violations are located.
        parts: the answers of teacher and student.

    Raises:
        ModelError: tensors cannot be swapped between these models.
    """
    models = {name: loaded_here(model) for name, model in study.models.items()}
    differing = Differing.between(models[TEACHER], models[ONLY_STUDENT])
    wanted = differing.swaps(study.config.tensors, study.config.swaps)
    told_apart = parts[Part.FOLLOW_UPS].told_apart((TEACHER, ONLY_STUDENT))
    judge = Judge.of(
        relation,
        outputs_of(parts, ONLY_STUDENT),
        parts[Part.FOLLOW_UPS].source_rows[told_apart],
    )
    asking = _Asking(
        study,
        models,
        differing,
        judge,
        [*study.dataset.examples, *compress(parts[Part.FOLLOW_UPS].inputs, told_apart)],
        {name: judge.violations(_answers(parts, name, told_apart)) for name in models},
        # Bonferroni: the intervals of a column hold for all swaps at once.
        confidence=1 - (1 - study.config.confidence) / len(wanted),
    )
    with study.progress.stage("swapping tensors", len(wanted) + 1) as advance:
        everything = asking.swap(SwapKind.ALL, "all", list(differing.teacher))
        advance(1)
        found = []
        for (kind, name), names in wanted.items():
            found.append(asking.swap(kind, name, names))
            advance(1)
    return Located(
        asking.alone[ONLY_STUDENT],
        everything,
        sorted(found, key=_rank),
        differing,
        int(told_apart.sum()),
        judge.outputs[Part.SOURCES].dependence.count,
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asks mixtures.

    Attributes:
        study: whose store.
        models: teacher and student, by name.
        differing: their tensors.
        judge: of answers.
        inputs: sources, and follow-ups of them.
        alone: violations of the models themselves.
        confidence: of each interval.
    """

    study: StudyContext[LocateConfig]
    models: Mapping[str, Classifier]
    differing: Differing
    judge: Judge
    inputs: Sequence[Example]
    alone: Mapping[str, Mapping[Part, Violations]]
    confidence: float

    def swap(self, kind: SwapKind, name: str, names: list[str]) -> Swap:
        """Swap some tensors, in both directions."""
        student = self._violations(
            ONLY_STUDENT, {one: self.differing.teacher[one] for one in names}
        )
        teacher = self._violations(TEACHER, {one: self.differing.student[one] for one in names})
        effects = {
            part: SwapEffects(
                removed=self.judge.effect(
                    self.alone[ONLY_STUDENT][part], student[part], confidence=self.confidence
                ),
                caused=self.judge.effect(
                    teacher[part], self.alone[TEACHER][part], confidence=self.confidence
                ),
            )
            for part in self.judge.parts
        }
        parameters, distance = self.differing.size(names)
        return Swap(
            name=name,
            kind=kind,
            tensors=names,
            parameters=parameters,
            distance=distance,
            sources=effects.get(Part.SOURCES),
            follow_ups=effects.get(Part.FOLLOW_UPS),
        )

    def _violations(
        self, name: str, tensors: Mapping[str, NDArray[np.floating]]
    ) -> dict[Part, Violations]:
        mixture = mixed(self.models[name], tensors)
        predictions, asked = self.study.store.predict(mixture, self.inputs)
        self.study.asked[name] += asked
        return self.judge.violations(predictions.probabilities)


def _answers(
    parts: Mapping[Part, Answered], name: str, told_apart: NDArray[np.bool_]
) -> NDArray[np.float64]:
    return np.concatenate(
        [
            parts[Part.SOURCES].answers[name].probabilities,
            parts[Part.FOLLOW_UPS].answers[name].probabilities[told_apart],
        ]
    )


def _rank(swap: Swap) -> tuple[float, float, int]:
    """What removes most comes first; of equals, what causes most, and then the smaller one."""
    effects = swap.ranked_by
    removed, caused = (
        (0.0, 0.0)
        if effects is None
        else (effects.removed.value or 0.0, effects.caused.value or 0.0)
    )
    return -removed, -caused, swap.parameters
