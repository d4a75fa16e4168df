"""The stage that asks the models of a check for hidden states, where a relation needs them."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.models.protocols.hidden_states import checked_states, require_hidden_states
from metacompress.relations.outputs import shared_weights
from metacompress.relations.predictions.representation_similarity import RepresentationSimilarity
from metacompress.relations.representations import Representations, sampled_follow_ups
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.relations.base import Relation
    from metacompress.relations.outputs import Outputs
    from metacompress.relations.representations import Layers
    from metacompress.study.check.answered import Answered
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.runner import StudyContext


class SampledStates:
    """Hidden states of all models of a check on the same sample of its inputs.

    Args:
        origins: int (s,); the rows of the sources.
        states: layers by model and part; none where no relation needs any.
    """

    def __init__(
        self, origins: NDArray[np.intp], states: Mapping[str, Mapping[Part, Layers]]
    ) -> None:
        self._origins = origins
        self._states = states

    def add_to(self, outputs: Mapping[Part, Outputs], student: str) -> Mapping[Part, Outputs]:
        """The outputs of the teacher and a student with their hidden states."""
        if not self._states:
            return outputs
        found = Representations(self._origins, self._states[TEACHER], self._states[student])
        return {part: replace(one, representations=found) for part, one in outputs.items()}


def needs_states(relations: Sequence[Relation]) -> RepresentationSimilarity | None:
    """The relation that hidden states are asked for; None where no relation needs any."""
    return next((one for one in relations if isinstance(one, RepresentationSimilarity)), None)


def refuse_without_states(study: StudyContext[CheckConfig], relations: Sequence[Relation]) -> None:
    """Refuse models that do not tell what a relation needs, before any is asked.

    Raises:
        ModelError: one does not.
    """
    if needs_states(relations) is not None:
        for name, model in study.models.items():
            require_hidden_states(model, _named(study, name))


def representing_stage(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    parts: Mapping[Part, Answered],
) -> SampledStates:
    """Ask every model for its hidden states on a sample of sources and a follow-up of each.

    Without follow-ups that the teacher can tell from their sources nothing is asked.

    Args:
        study: whose models and settings.
        relations: that are evaluated.
        parts: the models' answers.
    """
    relation = needs_states(relations)
    chosen = np.zeros(0, dtype=np.intp) if relation is None else _sample(study, relation, parts)
    if not len(chosen):
        return SampledStates(chosen, {})
    origins = parts[Part.FOLLOW_UPS].source_rows[chosen]
    inputs = {
        Part.SOURCES: _inputs(parts[Part.SOURCES], origins),
        Part.FOLLOW_UPS: _inputs(parts[Part.FOLLOW_UPS], chosen),
    }
    total = len(study.models) * len(inputs) * len(chosen)
    states: dict[str, dict[Part, Layers]] = {}
    with study.progress.stage("asking for hidden states", total) as advance:
        for name, model in study.models.items():
            told = require_hidden_states(model, _named(study, name))
            states[name] = {}
            for part, examples in inputs.items():
                layers = told.hidden_states(examples)
                states[name][part] = checked_states(layers, len(examples), _named(study, name))
                study.asked[name] += len(examples)
                advance(len(examples))
    return SampledStates(origins, states)


def _sample(
    study: StudyContext[CheckConfig],
    relation: RepresentationSimilarity,
    parts: Mapping[Part, Answered],
) -> NDArray[np.intp]:
    """The rows of the follow-ups, in the order of their sources."""
    follow_ups = parts[Part.FOLLOW_UPS]
    told_apart = np.flatnonzero(follow_ups.told_apart((TEACHER,)))
    rows, kinds = follow_ups.source_rows[told_apart], follow_ups.kinds.rows(told_apart)
    _, units = np.unique(rows, return_inverse=True)
    weights = shared_weights(units, kinds, study.config.mix)
    rng = np.random.default_rng(study.config.seed)
    return told_apart[sampled_follow_ups(rows, weights, relation.sample, rng)]


def _inputs(part: Answered, rows: NDArray[np.intp]) -> list[Example]:
    """Some inputs in the order of ``rows``; the others are gone over, not held."""
    wanted = np.zeros(len(part), dtype=np.bool_)
    wanted[rows] = True
    found = dict(zip(np.flatnonzero(wanted).tolist(), compress(part.inputs, wanted), strict=True))
    return [found[row] for row in rows.tolist()]


def _named(study: StudyContext[CheckConfig], name: str) -> str:
    return f"{name} ({study.config.models()[name]})"
