"""Checks whose students may be compared: one teacher, one task, one way to judge and to vary."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from metacompress.errors import UsageError
from metacompress.relations import make_relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.runs.record import JsonObject

# What decides which variants a source has, and how much each counts. Recorded names of
# substitutes count by what they make.
_VARIANTS = ("transforms", "compose", "variants", "programs", "validity", "seed", "mix")


def refuse_other_settings(first: JsonObject, second: JsonObject) -> None:
    """Refuse two checks whose values mean different things.

    The tolerances of relations may differ: no value depends on them.

    Args:
        first: ``CheckSummary.config`` of the baseline.
        second: that of the check that is compared with it.

    Raises:
        UsageError: the task, the relations, their constants or the variants differ, or one check
            is sequential.
    """
    for config, name in ((first, "the baseline"), (second, "the other check")):
        if config.get("sequential"):
            raise UsageError(
                f"{name} is sequential: which inputs it asked depends on the answers, so that no "
                f"interval of a difference holds on them; run both without --sequential",
                option="baseline",
            )
    if first["task"] != second["task"]:
        raise UsageError(
            f"the baseline is about {first['task']}, the other check about {second['task']}; "
            f"compare checks of one task",
            option="baseline",
        )
    one, other = _relations(first), _relations(second)
    for name in [*one, *(name for name in other if name not in one)]:
        if name not in one or name not in other:
            lacking = "the baseline" if name not in one else "the other check"
            raise UsageError(
                f"{lacking} does not evaluate the relation {name}; run both with the same "
                f"--relation",
                option="baseline",
            )
        for constant in one[name]:
            if one[name][constant] != other[name].get(constant):
                raise UsageError(
                    f"{name}: {constant} is {one[name][constant]} in the baseline and "
                    f"{other[name].get(constant)} in the other check; run both with the same "
                    f"--relation '{name}?{constant}=...'",
                    option="baseline",
                )
    for setting in _VARIANTS:
        if first.get(setting) != second.get(setting):
            raise UsageError(
                f"the variants differ: {setting} is {_text(first.get(setting))} in the baseline "
                f"and {_text(second.get(setting))} in the other check; run both with the same "
                f"settings",
                option="baseline",
            )


def refuse_other_teacher(first: str | None, second: str | None) -> None:
    """Refuse two known teachers that differ; None, a teacher without a fingerprint, may be any.

    Raises:
        UsageError: they do.
    """
    if first is not None and second is not None and first != second:
        raise UsageError(
            f"the teachers differ (fingerprints {first[:12]} and {second[:12]}: other weights, "
            f"settings, or versions of what runs them), and a difference between students would "
            f"be one between teachers, too; check the baseline's student again with this teacher",
            option="baseline",
        )


def _relations(config: JsonObject) -> dict[str, dict[str, object]]:
    given = cast("Mapping[str, Mapping[str, object]]", config["relations"])
    return {
        name: make_relation(name, constants).model_dump(mode="json", exclude={"tolerance"})
        for name, constants in given.items()
    }


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "empty"
    return "not set" if value in (None, {}) else str(value)
