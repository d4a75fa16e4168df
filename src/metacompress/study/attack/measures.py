"""What attacks did to a teacher and a student: rates, drops, costs, transfer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.stats.intervals.differences import difference_of_ratios, mean_of, ratio_of_means
from metacompress.stats.intervals.linearised import linearised_accuracy, linearised_f1
from metacompress.stats.intervals.rates import estimate_rate
from metacompress.stats.intervals.variances import Dependence
from metacompress.stats.scores.classification import classification_scores
from metacompress.study.attack.summary import (
    ControlSummary,
    DropSummary,
    PairedSummary,
    SuccessGap,
    TransferSummary,
    VictimSummary,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.models.naming.role import Role
    from metacompress.stats.intervals.linearised import Linearised
    from metacompress.stats.scores.classification import ClassificationScores

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
        clusters: int (n, 1), or (n, 2) for pairs.

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

    def drops(self) -> dict[str, Linearised]:
        """Relative falls of accuracy and F1 over the labelled examples.

        0.3 means that three tenths of the clean accuracy are lost; nan where it is 0.
        """
        rows = self._labels >= 0
        labels, before, after = (one[rows] for one in (self._labels, self._clean, self.adversarial))
        accuracy = [linearised_accuracy(predicted, labels) for predicted in (before, after)]
        f1 = [
            linearised_f1(predicted, labels, classes=self._classes, positive=self._positive)
            for predicted in (before, after)
        ]
        return {"accuracy": accuracy[0].lost(accuracy[1]), "f1": f1[0].lost(f1[1])}

    def summary(self, control: ControlSummary | None, *, confidence: float) -> VictimSummary:
        """Everything about this victim."""
        attacked = np.flatnonzero(self.attacked)
        refused = sum(
            not row["succeeded"] and bool(json.loads(row["refused"])) for row in self._rows
        )
        succeeded = int(self.succeeded.sum())
        rate = estimate_rate(
            self.succeeded[attacked].astype(np.float64),
            np.ones(len(attacked)),
            Dependence.of(self._clusters[attacked]),
            confidence=confidence,
        )
        labelled = np.flatnonzero(self._labels >= 0)
        before, after = (self._scores(p, labelled) for p in (self._clean, self.adversarial))
        drops = self.drops()
        successes = [row for row in self._rows if row["succeeded"]]
        queries = [row["queries"] for row in self._rows]
        return VictimSummary(
            n=len(self._labels),
            attacked=len(attacked),
            succeeded=succeeded,
            success_rate=(succeeded + refused) / len(attacked) if len(attacked) else None,
            valid_success_rate=rate.rate,
            valid_success_interval=(rate.low, rate.high),
            refused_flips=refused,
            accuracy=before.accuracy,
            adversarial_accuracy=after.accuracy,
            accuracy_drop=drops["accuracy"].value,
            f1=before.f1,
            adversarial_f1=after.f1,
            f1_drop=drops["f1"].value,
            queries_mean=mean(queries),
            queries_median=float(np.median(queries)) if queries else None,
            queries_p95=float(np.quantile(queries, 0.95)) if queries else None,
            distinct_mean=mean(row["distinct"] for row in self._rows),
            gradients_mean=mean(row["gradients"] for row in self._rows),
            stopped={
                reason: sum(row["stopped"] == reason for row in self._rows)
                for reason in ("finished", "queries", "seconds", "hopeless")
            },
            identifiers_changed_mean=mean(row["identifiers_changed"] for row in successes),
            tokens_changed_mean=mean(row["tokens_changed"] for row in successes),
            edit_distance_mean=mean(row["edit_distance"] for row in successes),
            control=control,
        )

    def _scores(self, predictions: IntArray, rows: IntArray) -> ClassificationScores:
        p = np.eye(self._classes)[predictions[rows]]
        return classification_scores(p, self._labels[rows], self._positive)


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
) -> PairedSummary:
    """How much more the student loses than its teacher, on the same examples.

    ``greater_drop_percent`` is 100 (student's drop - teacher's drop) / teacher's drop, as the
    field reports it.
    """
    dependence = Dependence.of(clusters[labels >= 0])

    def drop(name: str) -> DropSummary:
        own, base = student.drops()[name], teacher.drops()[name]
        gap = own - base
        ones = np.ones(len(gap.influence))
        # A drop is a share of what there was: one example changes it by more than 1 / n.
        unit = max(float(np.abs(gap.influence).max(initial=0.0)), 1.0)
        difference = mean_of((gap.terms, ones), dependence, unit=unit, confidence=confidence)
        greater = ratio_of_means(own.terms, base.terms, dependence, confidence=confidence)
        return DropSummary(
            teacher=base.value,
            student=own.value,
            difference=gap.value,
            difference_interval=(difference.low, difference.high),
            greater_drop_percent=100 * gap.value / base.value if base.value else None,
            greater_drop_interval=None
            if greater is None
            else (100 * (greater.low - 1), 100 * (greater.high - 1)),
        )

    both = np.flatnonzero(teacher.attacked & student.attacked)
    success = None
    if len(both):
        own, base = (victim.succeeded[both].astype(np.float64) for victim in (student, teacher))
        ones = np.ones(len(both))
        dependence_of_both = Dependence.of(clusters[both])
        gap = difference_of_ratios(
            (own, ones), (base, ones), dependence_of_both, confidence=confidence
        )
        success = SuccessGap(
            both_attacked=len(both),
            difference=gap.value,
            difference_interval=(max(gap.low, -1.0), min(gap.high, 1.0)),
        )
    return PairedSummary(accuracy_drop=drop("accuracy"), f1_drop=drop("f1"), success_rate=success)


def transfer_matrix(
    crafted: dict[Role, VictimMeasures],
    answers: Mapping[tuple[str, Role], IntArray],
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
    wins_of_control = successes_within(attempts, control)
    attacked = [row for row in attempts if was_attacked(row)]
    wins = [row for row in attacked if row["index"] in wins_of_control]
    only_attack = sum(row["succeeded"] for row in attacked) - sum(row["succeeded"] for row in wins)
    only_control = sum(not row["succeeded"] for row in wins)
    return ControlSummary(
        succeeded=len(wins),
        valid_success_rate=len(wins) / len(attacked) if attacked else None,
        only_attack=only_attack,
        only_control=only_control,
    )


def successes_within(
    attempts: Sequence[dict[str, Any]], control: Sequence[dict[str, Any]]
) -> set[int]:
    """Examples on which a control succeeds with at most as many queries as an attack asked."""
    allowed = {row["index"]: row["queries"] for row in attempts}
    return {
        row["index"]
        for row in control
        if row["succeeded"] and row["found_at"] <= allowed.get(row["index"], 0)
    }


def mean(values: Iterable[float]) -> float | None:
    """Their mean; None of none."""
    numbers = list(values)
    return float(np.mean(numbers)) if numbers else None
