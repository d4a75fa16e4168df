"""Repair by precision: the fewest tensors of the teacher's until the relations pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.relations import make_relation
from metacompress.repairing.fewest import Measured, fewest_kept
from metacompress.repairing.kind import REPAIRED, SCRATCH, WEIGHTS
from metacompress.repairing.mixtures import Int8Graphs, Writable, mixtures_of
from metacompress.repairing.reading import read_models
from metacompress.repairing.settings import TRAINED
from metacompress.repairing.summary import KeptStep, Precision
from metacompress.repairing.varying import vary
from metacompress.runs.progress import NoProgress
from metacompress.stats.verdict import Verdict
from metacompress.study.players import ONLY_STUDENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.repairing.settings import RepairSettings
    from metacompress.study.runner import StudyContext

_TRIED = "tried"


def keep_precision(
    study: StudyContext[RepairSettings], sources: Sequence[Example]
) -> tuple[Classifier, Precision, bool]:
    """Choose the tensors of the student that stay in the teacher's precision.

    Args:
        study: asks both models.
        sources: to choose by.

    Returns:
        the repaired student, what was kept of it, and whether it was written to ``REPAIRED``.

    Raises:
        UsageError: the two models cannot be mixed, or there are too few sources to decide.
    """
    config = study.config
    mixtures = mixtures_of(
        dict(study.models),
        config.teacher,
        config.student,
        task=study.dataset.task,
        bits=config.bits,
        scratch=study.run.path / SCRATCH,
    )
    follow_ups = vary(study, "variants/choose", sources, config.families()[TRAINED])
    relations = [make_relation(name, constants) for name, constants in config.relations.items()]

    quiet = replace(study, progress=NoProgress())

    def measure(kept: frozenset[str]) -> Measured:
        model = mixtures.keeping(kept) if kept else study.models[ONLY_STUDENT]
        asked = replace(quiet, models={**study.models, _TRIED: model})
        (reading,) = read_models(asked, relations, sources, follow_ups, [_TRIED], _TRIED)
        found = [one for parts in reading.evaluations.values() for one in parts.values()]
        judged = [one for one in found if one.verdict is not None]
        advance(1)
        return Measured(
            sum(one.estimate.value for one in judged if one.scores.is_rate),
            all(one.verdict is Verdict.PASS for one in judged),
        )

    count = len(mixtures.names)
    with study.progress.stage("trying tensors, at most", count * (count + 3) // 2 + 2) as advance:
        if not measure(frozenset(mixtures.names)).passes:
            raise UsageError(
                f"{len(sources)} sources to choose by, with {len(follow_ups)} variants, cannot "
                f"show that the relations pass, not even with every tensor kept; give more data, "
                f"or a greater tolerance: --relation 'prediction-agreement?tolerance=0.1'",
                option="relations",
            )
        steps = fewest_kept(mixtures.names, measure, mixtures.size)
    kept = frozenset(steps[-1].names)
    repaired = mixtures.keeping(kept)
    place = study.run.path / REPAIRED
    if isinstance(mixtures, Int8Graphs):
        mixtures.write(place, kept)
    elif isinstance(repaired, Writable):
        place.mkdir(exist_ok=True)
        repaired.write(place / WEIGHTS)
    return (
        repaired,
        Precision(
            tensors=len(mixtures.names),
            kept=list(steps[-1].names),
            bytes_before=mixtures.size(frozenset()),
            bytes=mixtures.size(kept),
            bytes_teacher=mixtures.size(frozenset(mixtures.names)),
            steps=[
                KeptStep(
                    kept=list(one.names),
                    violations=one.measured.violations,
                    passes=one.measured.passes,
                    bytes=mixtures.size(frozenset(one.names)),
                )
                for one in steps
            ],
        ),
        place.exists(),
    )
