"""Processor seconds of attacks, kept apart from results, which no clock changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.runs.run_files import SUMMARY

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory

COSTS = "costs.json"


def with_costs(run: RunDirectory) -> dict[str, Any]:
    """The summary of a finished study with the processor seconds of each attack and victim."""
    summary: dict[str, Any] = run.read_json(SUMMARY)
    costs = run.read_json(COSTS)
    for text, attack in summary["attacks"].items():
        for role, victim in attack["victims"].items():
            victim["cpu_seconds"] = costs[role][text]
    return summary
