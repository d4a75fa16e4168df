"""Processor seconds of attacks, kept apart from results, which no clock changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.models.naming.role import Role
from metacompress.runs.record import Record, read_record
from metacompress.runs.run_files import SUMMARY
from metacompress.study.attack.summary import AttackSummary

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory

COSTS = "costs.json"


class _Costs(Record):
    """Processor seconds by victim and attack."""

    teacher: dict[str, float] = Field(default={})
    student: dict[str, float] = Field(default={})
    pair: dict[str, float] = Field(default={})


def read_attacks(run: RunDirectory) -> AttackSummary:
    """Read the summary of a finished study of attacks, with its processor seconds.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    summary = read_record(run, SUMMARY, AttackSummary, run=run.path)
    costs = read_record(run, COSTS, _Costs)
    return summary.with_costs(
        {Role.TEACHER: costs.teacher, Role.STUDENT: costs.student}, costs.pair
    )
