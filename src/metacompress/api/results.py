"""Finished studies, as Python objects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.data.part import Part
from metacompress.report.html import render_html, write_page
from metacompress.runs.run_files import SUMMARY
from metacompress.stats.verdict import Verdict
from metacompress.study.attack.attempts import TABLE as ATTEMPTS
from metacompress.study.attack.costs import with_costs

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.runs.run_directory import RunDirectory


class CheckResult:
    """A finished study, read from its run directory.

    Attributes:
        run: the run directory's path.
        summary: what ``check --json`` prints, as a dictionary.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self.run: Path = run.path
        self.summary: dict[str, Any] = run.read_json(SUMMARY)

    @property
    def verdict(self) -> Verdict:
        """Pass, fail or undecided, over all relations."""
        return Verdict(self.summary["verdict"])

    @property
    def relations(self) -> dict[str, Any]:
        """Relation to its verdict and, for sources and follow-ups, its violations."""
        relations: dict[str, Any] = self.summary["relations"]
        return relations

    def table(self, name: str) -> pa.Table:
        """An Arrow table of the study.

        Args:
            name: examples, variants, predictions, violations, curves or quarantine.

        Raises:
            RunDirectoryError: there is no such table.
        """
        return self._run.read_table(f"{name}.parquet")

    def probabilities(self, role: str, part: str = Part.SOURCES) -> NDArray[np.float64]:
        """Class probabilities (n, k) of ``teacher`` or ``student``.

        Args:
            role: whose.
            part: ``sources`` or ``follow_ups``, in the order of the predictions table.
        """
        table = self.table("predictions")
        rows = np.flatnonzero(np.asarray(table["part"].to_pylist()) == part)
        values = list(table[role].take(rows).to_pylist())
        return np.array(values, dtype=np.float64).reshape(len(rows), -1)

    def to_html(self, path: str | Path | None = None) -> str:
        """The report as one offline HTML page; written to ``path`` where one is given."""
        page = render_html(self._run)
        if path is not None:
            write_page(self._run, page, Path(path))
        return page

    def __repr__(self) -> str:
        return f"CheckResult(verdict={self.verdict!s}, run={str(self.run)!r})"


class AttackResult:
    """A finished study of attacks, read from its run directory.

    Attributes:
        run: the run directory's path.
        summary: what ``attack --json`` prints, as a dictionary.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self.run: Path = run.path
        self.summary: dict[str, Any] = with_costs(run)

    def victim(self, attack: str, role: str) -> dict[str, Any]:
        """What an attack did to ``teacher`` or ``student``."""
        measures: dict[str, Any] = self.summary["attacks"][attack]["victims"][role]
        return measures

    def attempts(self) -> pa.Table:
        """One row for each victim, attack and example that the victim predicts right."""
        return self._run.read_table(ATTEMPTS)

    def __repr__(self) -> str:
        return f"AttackResult(attacks={list(self.summary['attacks'])}, run={str(self.run)!r})"
