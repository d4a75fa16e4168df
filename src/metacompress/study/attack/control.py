"""The random control: what as many random variants do as an attack asked queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.attacks.engine.attempt import Budget
from metacompress.attacks.searches.random_control import RandomControl
from metacompress.study.attack.jobs import AttackJob

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.attacks.engine.base import Changes

CONTROL = "random-control"


def control_job(
    victim: str,
    kind: Changes,
    attempts: Sequence[Sequence[dict[str, Any]]],
) -> AttackJob:
    """Random variants, on each example as many as the attack with the most queries asked.

    Args:
        victim: teacher, student or pair.
        kind: what the attacks change.
        attempts: of each attack.
    """
    queries: dict[int, int] = {}
    for rows in attempts:
        for row in rows:
            queries[row["index"]] = max(queries.get(row["index"], 1), row["queries"])
    control = RandomControl(queries=max(queries.values(), default=1), variants=kind)
    name = f"{CONTROL}-{kind}"
    return AttackJob(victim, control, name, lambda index: Budget(queries=queries[index]))
