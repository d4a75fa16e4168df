"""Build the summary of a study of attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.models.naming.role import Role
from metacompress.relations.evaluation import evaluate
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.study.attack.disagreements import disagreement_summary
from metacompress.study.attack.measures import (
    VictimMeasures,
    control_success,
    paired,
    transfer_matrix,
)
from metacompress.study.attack.results import PAIR
from metacompress.study.attack.summary import AttackedData, AttackMeasures, AttackSummary
from metacompress.study.clusters import cluster_numbers
from metacompress.study.judged import JudgedPart
from metacompress.study.warnings import model_warnings, resumption_warnings, window_warnings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.attacks.engine.base import Attack
    from metacompress.data.dataset import Dataset
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.relations.base import Relation
    from metacompress.study.attack.config import AttackConfig
    from metacompress.study.attack.results import AttackResults
    from metacompress.study.attack.summary import ControlSummary


def summarise_attacks(
    config: AttackConfig,
    dataset: Dataset,
    attacks: Mapping[str, Attack],
    relations: Sequence[Relation],
    results: AttackResults,
    victims: Mapping[Role, Classifier],
) -> AttackSummary:
    """Build the summary of a study of attacks."""
    labels = np.array([-1 if e.label is None else e.label for e in dataset], dtype=np.int64)
    clusters = cluster_numbers(dataset.examples)
    clean = {role: results.clean[role].probabilities.argmax(axis=1) for role in Role}
    answers = {role: [results.clean[role]] for role in Role}
    return AttackSummary(
        warnings=[
            *model_warnings(answers, labels, dataset.task.labels, [Role.STUDENT]),
            *window_warnings(answers, victims, Role.TEACHER),
            *resumption_warnings(victims),
        ],
        goal=config.goal,
        task=dataset.task.name,
        attacks={
            text: _attack(
                config, dataset, text, attack, relations, results, labels, clusters, clean
            )
            for text, attack in attacks.items()
        },
        data=AttackedData(
            source=dataset.source,
            examples=len(dataset),
            labelled=int((labels >= 0).sum()),
            groups=len(np.unique(clusters)),
            quarantined=len(dataset.quarantine),
            skipped=dataset.skipped,
        ),
        config=config.identity(),
    )


def _attack(
    config: AttackConfig,
    dataset: Dataset,
    text: str,
    attack: Attack,
    relations: Sequence[Relation],
    results: AttackResults,
    labels: NDArray[np.int64],
    clusters: NDArray[np.int64],
    clean: dict[Role, NDArray[np.int64]],
) -> AttackMeasures:
    crafted = {victim for victim, other in results.rows if other == text}
    answers = {
        (victim, model): _spread(results, victim, text, model, clean[model])
        for victim in crafted
        for model in Role
    }
    return AttackMeasures(
        name=attack.name,
        constants=attack.model_dump(mode="json"),
        relations=_relations(
            config,
            relations,
            text,
            results,
            Outputs.of_sources(
                results.clean[Role.TEACHER].probabilities,
                results.clean[Role.STUDENT].probabilities,
                labels,
                clusters,
            ),
        ),
        **(
            _disagreements(config, text, results, answers, labels, clusters, clean)
            if PAIR in crafted
            else _flips(config, dataset, text, results, answers, labels, clusters, clean)
        ),
    )


def _disagreements(
    config: AttackConfig,
    text: str,
    results: AttackResults,
    answers: dict[tuple[str, Role], NDArray[np.int64]],
    labels: NDArray[np.int64],
    clusters: NDArray[np.int64],
    clean: dict[Role, NDArray[np.int64]],
) -> dict[str, Any]:
    return {
        "disagreement": disagreement_summary(
            results.rows[PAIR, text],
            results.controls.get((PAIR, text)),
            {role: answers[PAIR, role] for role in Role},
            clean[Role.TEACHER],
            labels,
            clusters,
            confidence=config.confidence,
        )
    }


def _flips(
    config: AttackConfig,
    dataset: Dataset,
    text: str,
    results: AttackResults,
    answers: dict[tuple[str, Role], NDArray[np.int64]],
    labels: NDArray[np.int64],
    clusters: NDArray[np.int64],
    clean: dict[Role, NDArray[np.int64]],
) -> dict[str, Any]:
    measures = {
        role: VictimMeasures(
            results.rows[role, text],
            labels,
            clean[role],
            answers[role, role],
            len(dataset.task.labels),
            dataset.task.positive,
            clusters,
        )
        for role in Role
    }
    return {
        "victims": {
            role: own.summary(_control(results, role, text), confidence=config.confidence)
            for role, own in measures.items()
        },
        "paired": paired(
            measures[Role.TEACHER],
            measures[Role.STUDENT],
            labels,
            clusters,
            confidence=config.confidence,
        ),
        "transfer": transfer_matrix(measures, answers, labels, clean),
    }


def _control(results: AttackResults, role: Role, text: str) -> ControlSummary | None:
    if (role, text) not in results.controls:
        return None
    return control_success(results.rows[role, text], results.controls[role, text])


def _spread(
    results: AttackResults, victim: str, text: str, model: Role, clean: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Predictions on the adversarial variants, at the rows of their examples."""
    spread = clean.copy()
    made = [row for row in results.rows[victim, text] if row["programs"] is not None]
    predicted = results.answers[victim, text, model].probabilities.argmax(axis=1)
    for row, prediction in zip(made, predicted, strict=True):
        if row["succeeded"]:
            spread[row["index"]] = prediction
    return spread


def _relations(
    config: AttackConfig,
    relations: Sequence[Relation],
    text: str,
    results: AttackResults,
    sources: Outputs,
) -> dict[str, dict[str, JudgedPart]]:
    """Relations on adversarial variants, by the model they were crafted on and by success."""
    if not relations:
        return {}
    found: dict[str, dict[str, JudgedPart]] = {}
    for victim in (victim for victim, other in results.rows if other == text):
        made = [row for row in results.rows[victim, text] if row["programs"] is not None]
        for part, chosen in (
            ("successful", [place for place, row in enumerate(made) if row["succeeded"]]),
            ("all", list(range(len(made)))),
        ):
            outputs = sources.follow_ups(
                results.answers[victim, text, Role.TEACHER].probabilities[chosen],
                results.answers[victim, text, Role.STUDENT].probabilities[chosen],
                np.array([made[place]["index"] for place in chosen], dtype=np.intp),
                Kinds.of([text] * len(chosen)),
            )
            evaluations = evaluate(
                [(relation, outputs) for relation in relations], confidence=config.confidence
            )
            found[f"{victim}-crafted, {part}"] = {
                relation.name: JudgedPart.of(evaluation)
                for relation, evaluation in zip(relations, evaluations, strict=True)
            }
    return found
