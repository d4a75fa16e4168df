"""The figures of runs, by the names that tell the runs apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.report.figures.attacks import attacks_matrix
from metacompress.report.figures.checks import relations_matrix, scores_matrix
from metacompress.report.renderer import finished_run
from metacompress.study.attack.summary import AttackSummary
from metacompress.study.check.summary import CheckSummary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.report.figures.matrix import Matrix
    from metacompress.report.figures.settings import Layout, TableSettings
    from metacompress.runs.record import Record


def matrix_of_runs(settings: TableSettings) -> Matrix:
    """Read finished runs and put their figures into a table.

    Raises:
        RunDirectoryError: a run is unfinished, damaged or of another version.
        UsageError: see ``matrix_of``.
    """
    summaries = {}
    for name, path in zip(_names(settings.runs), settings.runs, strict=True):
        run, renderer = finished_run(Path(path))
        summaries[name] = renderer.read(run)
    return matrix_of(
        summaries, settings.rows, relations=settings.relations, verdicts=settings.verdicts
    )


def matrix_of(
    summaries: Mapping[str, Record],
    rows: Layout,
    *,
    relations: Sequence[str] = (),
    verdicts: bool = False,
) -> Matrix:
    """The figures of summaries, by the name of their run.

    Raises:
        UsageError: they are of different kinds, or of one that has no such table.
    """
    checks = {name: one for name, one in summaries.items() if isinstance(one, CheckSummary)}
    attacks = {name: one for name, one in summaries.items() if isinstance(one, AttackSummary)}
    if len(checks) == len(summaries):
        if rows == "scores":
            return scores_matrix(checks)
        found = relations_matrix(checks, relations, verdicts=verdicts)
        return found if rows == "students" else found.turned("relation")
    if len(attacks) == len(summaries) and rows == "students":
        return attacks_matrix(attacks)
    others = sorted(summaries.keys() - checks.keys()) if checks else sorted(summaries)
    raise UsageError(
        f"a table is of checks alone, or of studies of attacks alone with their victims as rows; "
        f"{', '.join(others)} cannot stand in this one",
        option="runs",
    )


def _names(runs: Sequence[str]) -> list[str]:
    """The last part of each path, and more of those that end alike."""
    paths = [Path(run).resolve() for run in runs]
    depth = 1
    while depth < max(len(path.parts) for path in paths):
        names = ["/".join(path.parts[-depth:]) for path in paths]
        if len(set(names)) == len(set(paths)):
            break
        depth += 1
    names = ["/".join(path.parts[-depth:]) for path in paths]
    if len(set(names)) < len(names):
        raise UsageError("a run is named twice", option="runs")
    return names
