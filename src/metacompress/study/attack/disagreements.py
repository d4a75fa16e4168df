"""What attacks that look for disagreements of teacher and student found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.models.naming.role import Role
from metacompress.stats.intervals.differences import difference_of_ratios, ratio_of_means
from metacompress.stats.intervals.rates import estimate_rate
from metacompress.stats.intervals.variances import Dependence
from metacompress.study.attack.measures import mean, successes_within, was_attacked
from metacompress.study.attack.summary import DisagreementControl, DisagreementSummary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

_Row = dict[str, Any]


def disagreement_summary(
    rows: Sequence[_Row],
    control: Sequence[_Row] | None,
    answers: Mapping[Role, IntArray],
    clean: IntArray,
    labels: IntArray,
    clusters: IntArray,
    *,
    confidence: float,
) -> DisagreementSummary:
    """Everything about one attack on a pair of models.

    Args:
        rows: the attempts, one for every example on which the models agree.
        control: those of random variants on the same examples; None without a control.
        answers: predictions on the adversarial variants, at the rows of their examples, by model,
            int (n,).
        clean: predictions of the teacher on the examples, int (n,).
        labels: int (n,), -1 where unknown.
        clusters: int (n, 1), or (n, 2) for pairs of programs.
        confidence: of intervals, in (0, 1).
    """
    attacked = [row for row in rows if was_attacked(row)]
    found = [row for row in attacked if row["succeeded"]]
    places = np.array([row["index"] for row in attacked], dtype=np.intp)
    at = np.array([row["index"] for row in found], dtype=np.intp)
    succeeded = np.array([row["succeeded"] for row in attacked], dtype=np.float64)
    dependence = Dependence.of(clusters[places])
    rate = estimate_rate(succeeded, np.ones(len(places)), dependence, confidence=confidence)
    teacher, student = (answers[role][at] for role in Role)
    teacher_left, student_left = teacher != clean[at], student != clean[at]
    queries = [row["queries"] for row in attacked]
    return DisagreementSummary(
        n=len(labels),
        skipped=len(labels) - len(rows),
        attacked=len(attacked),
        found=len(found),
        rate=rate.rate,
        interval=(rate.low, rate.high),
        refused=sum(not row["succeeded"] and bool(json.loads(row["refused"])) for row in attacked),
        left={
            "teacher": int((teacher_left & ~student_left).sum()),
            "student": int((student_left & ~teacher_left).sum()),
            "both": int((teacher_left & student_left).sum()),
        },
        regressions=int((teacher == labels[at]).sum()),
        recoveries=int((student == labels[at]).sum()),
        divergence_clean_mean=mean(1 - row["clean"] for row in attacked),
        divergence_mean=mean(1 - row["lowest"] for row in attacked),
        first_median=float(np.median([row["found_at"] for row in found])) if found else None,
        first_mean=mean(row["found_at"] for row in found),
        queries_mean=mean(queries),
        queries_median=float(np.median(queries)) if queries else None,
        queries_p95=float(np.quantile(queries, 0.95)) if queries else None,
        distinct_mean=mean(row["distinct"] for row in attacked),
        gradients_mean=mean(row["gradients"] for row in attacked),
        stopped={
            reason: sum(row["stopped"] == reason for row in attacked)
            for reason in ("finished", "queries", "seconds", "hopeless")
        },
        identifiers_changed_mean=mean(row["identifiers_changed"] for row in found),
        tokens_changed_mean=mean(row["tokens_changed"] for row in found),
        edit_distance_mean=mean(row["edit_distance"] for row in found),
        control=None
        if control is None
        else _control(attacked, control, dependence, confidence=confidence),
    )


def _control(
    attacked: Sequence[_Row],
    control: Sequence[_Row],
    dependence: Dependence,
    *,
    confidence: float,
) -> DisagreementControl:
    """The attack against random variants with as many queries, paired by example."""
    wins = successes_within(attacked, control)
    own = np.array([row["succeeded"] for row in attacked], dtype=np.float64)
    base = np.array([row["index"] in wins for row in attacked], dtype=np.float64)
    ones = np.ones(len(attacked))
    gap = difference_of_ratios((own, ones), (base, ones), dependence, confidence=confidence)
    times = ratio_of_means(own, base, dependence, confidence=confidence)
    return DisagreementControl(
        found=int(base.sum()),
        rate=mean(base.tolist()),
        only_attack=int((own > base).sum()),
        only_control=int((base > own).sum()),
        difference=gap.value if len(attacked) else None,
        difference_interval=(max(gap.low, -1.0), min(gap.high, 1.0)),
        times=float(own.sum() / base.sum()) if base.any() else None,
        times_interval=None if times is None else (times.low, times.high),
    )
