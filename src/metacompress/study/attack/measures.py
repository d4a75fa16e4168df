"""What attacks did to a teacher and a student: rates, drops, costs, transfer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.stats.classification import classification_scores
from metacompress.stats.intervals import cluster_bootstrap, rate_of
from metacompress.study.attack.summary import (
    ControlSummary,
    DropSummary,
    PairedSummary,
    SuccessGap,
    TransferSummary,
    VictimSummary,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from metacompress.models.role import Role
    from metacompress.stats.classification import ClassificationScores

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]


class VictimMeasures:
    """One attack on one victim, over the n labelled examples of a data set.

    Args:
        rows: the attempts, those on examples that the victim predicts right.
        labels: int (n,), -1 where unknown.
        clean: predictions on the sources, int (n,).
        classes: how many there are.
        positive: the class that F1 is about.
        clusters: int (n,).

    Attributes:
        adversarial: predictions on the variants, where there is an adversarial one, else
            ``clean``; int (n,).
        attacked: bool (n,); predicted right, and the attack found something to ask about.
        succeeded: bool (n,).
    """

    def __init__(
        self,
        rows: Sequence[dict[str, Any]],
        labels: IntArray,
        clean: IntArray,
        adversarial: IntArray,
        classes: int,
        positive: int | None,
        clusters: IntArray,
    ) -> None:
        self._classes = classes
        self._rows = [row for row in rows if was_attacked(row)]
        self._labels = labels
        self._clean = clean
        self._positive = positive
        self._clusters = clusters
        self.attacked = np.zeros(len(labels), dtype=bool)
        self.succeeded = np.zeros(len(labels), dtype=bool)
        for row in self._rows:
            self.attacked[row["index"]] = True
            self.succeeded[row["index"]] = row["succeeded"]
        self.adversarial = np.where(self.succeeded, adversarial, clean)

    def drops(self, rows: IntArray | None = None) -> dict[str, float]:
        """Relative falls of accuracy and F1 over ``rows``, or over all labelled ones.

        0.3 means that three tenths of the clean accuracy are lost; nan where it is 0.
        """
        chosen = np.flatnonzero(self._labels >= 0) if rows is None else rows
        before = self._scores(self._clean, chosen)
        after = self._scores(self.adversarial, chosen)
        return {
            "accuracy": _lost(before.accuracy, after.accuracy),
            "f1": _lost(before.f1, after.f1),
        }

    def summary(
        self,
        control: ControlSummary | None,
        *,
        confidence: float,
        resamples: int,
        rng: np.random.Generator,
    ) -> VictimSummary:
        """Everything about this victim."""
        attacked = np.flatnonzero(self.attacked)
        refused = sum(
            not row["succeeded"] and bool(json.loads(row["refused_flips"])) for row in self._rows
        )
        rate = rate_of(
            self.succeeded[attacked],
            self._clusters[attacked],
            confidence=confidence,
            resamples=resamples,
            rng=rng,
        )
        labelled = np.flatnonzero(self._labels >= 0)
        before, after = (self._scores(p, labelled) for p in (self._clean, self.adversarial))
        drops = self.drops()
        successes = [row for row in self._rows if row["succeeded"]]
        queries = [row["queries"] for row in self._rows]
        return VictimSummary(
            n=len(self._labels),
            attacked=len(attacked),
            succeeded=rate.violations,
            success_rate=(rate.violations + refused) / len(attacked) if len(attacked) else None,
            valid_success_rate=rate.rate,
            valid_success_interval=(rate.low, rate.high),
            refused_flips=refused,
            accuracy=before.accuracy,
            adversarial_accuracy=after.accuracy,
            accuracy_drop=drops["accuracy"],
            f1=before.f1,
            adversarial_f1=after.f1,
            f1_drop=drops["f1"],
            queries_mean=_mean(queries),
            queries_median=float(np.median(queries)) if queries else None,
            queries_p95=float(np.quantile(queries, 0.95)) if queries else None,
            distinct_mean=_mean(row["distinct"] for row in self._rows),
            gradients_mean=_mean(row["gradients"] for row in self._rows),
            stopped={
                reason: sum(row["stopped"] == reason for row in self._rows)
                for reason in ("finished", "queries", "seconds")
            },
            identifiers_changed_mean=_mean(row["identifiers_changed"] for row in successes),
            tokens_changed_mean=_mean(row["tokens_changed"] for row in successes),
            edit_distance_mean=_mean(row["edit_distance"] for row in successes),
            control=control,
        )

    def _scores(self, predictions: IntArray, rows: IntArray) -> ClassificationScores:
        p = np.eye(self._classes)[predictions[rows]]
        return classification_scores(p, self._labels[rows], self._positive)


def _lost(before: float, after: float) -> float:
    return (before - after) / before if before else float("nan")


def was_attacked(row: dict[str, Any]) -> bool:
    """Whether an attack found anything to ask about beside the source."""
    return bool(row["queries"] - row["gradients"] > 1)


def paired(
    teacher: VictimMeasures,
    student: VictimMeasures,
    labels: IntArray,
    clusters: IntArray,
    *,
    confidence: float,
    resamples: int,
    rng: np.random.Generator,
) -> PairedSummary:
    """How much more the student loses than its teacher, on the same examples.

    ``greater_drop_percent`` is 100 (student's drop - teacher's drop) / teacher's drop, as the
    field reports it. Intervals resample clusters of examples, both models' outcomes together.
    """
    rows = np.flatnonzero(labels >= 0)

    def drop(name: str) -> DropSummary:
        def difference(chosen: IntArray) -> float:
            return student.drops(rows[chosen])[name] - teacher.drops(rows[chosen])[name]

        interval = cluster_bootstrap(
            difference, clusters[rows], confidence=confidence, resamples=resamples, rng=rng
        )
        base = teacher.drops()[name]
        gap = student.drops()[name] - base
        return DropSummary(
            teacher=base,
            student=base + gap,
            difference=gap,
            difference_interval=interval,
            greater_drop_percent=100 * gap / base if base else None,
        )

    # The stream of random numbers runs through the measures in this order.
    accuracy, f1 = drop("accuracy"), drop("f1")
    both = np.flatnonzero(teacher.attacked & student.attacked)
    success = None
    if len(both):

        def success_gap(chosen: IntArray) -> float:
            own = both[chosen]
            return float(student.succeeded[own].mean() - teacher.succeeded[own].mean())

        success = SuccessGap(
            both_attacked=len(both),
            difference=success_gap(np.arange(len(both))),
            difference_interval=cluster_bootstrap(
                success_gap, clusters[both], confidence=confidence, resamples=resamples, rng=rng
            ),
        )
    return PairedSummary(accuracy_drop=accuracy, f1_drop=f1, success_rate=success)


def transfer_matrix(
    crafted: dict[Role, VictimMeasures],
    answers: dict[tuple[Role, Role], IntArray],
    labels: IntArray,
    clean: dict[Role, IntArray],
) -> dict[Role, dict[Role, TransferSummary]]:
    """Crafted on one model, tried on another.

    Args:
        crafted: by victim.
        answers: predictions (n,) on the variants crafted on the first for the second model.
        labels: int (n,).
        clean: predictions (n,) on the sources by model.

    Returns:
        by victim and model.
    """

    def tried(victim: Role, model: Role) -> TransferSummary:
        rows = crafted[victim].succeeded & (clean[model] == labels)
        n = int(rows.sum())
        fooled = int((answers[victim, model][rows] != labels[rows]).sum())
        return TransferSummary(n=n, fooled=fooled, rate=fooled / n if n else None)

    return {victim: {model: tried(victim, model) for model in clean} for victim in crafted}


def control_success(
    attempts: Sequence[dict[str, Any]], control: Sequence[dict[str, Any]]
) -> ControlSummary:
    """How many examples random variants flip with as many queries as an attack asked.

    Args:
        attempts: of the attack.
        control: of the control on the same examples, with at least as many queries.
    """
    flipped_at = {row["index"]: row["flipped_at"] for row in control if row["succeeded"]}
    attacked = [row for row in attempts if was_attacked(row)]
    wins = [row for row in attacked if 0 < flipped_at.get(row["index"], 0) <= row["queries"]]
    only_attack = sum(row["succeeded"] for row in attacked) - sum(row["succeeded"] for row in wins)
    only_control = sum(not row["succeeded"] for row in wins)
    return ControlSummary(
        succeeded=len(wins),
        valid_success_rate=len(wins) / len(attacked) if attacked else None,
        only_attack=only_attack,
        only_control=only_control,
    )


def _mean(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return float(np.mean(numbers)) if numbers else None
