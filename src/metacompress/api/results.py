"""Finished studies, as Python objects."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.api.shown import html_table, rate_text, text_table
from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.extras import missing_package
from metacompress.models.naming.role import Role
from metacompress.report.html import write_page
from metacompress.report.pages.attack import attack_page
from metacompress.report.pages.check import check_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.runs.run_directory import RunDirectory
    from metacompress.stats.verdict import Verdict
    from metacompress.study.attack.summary import AttackSummary, DisagreementSummary, VictimSummary
    from metacompress.study.check.summary import CheckSummary, RelationSummary, StudentSummary
    from metacompress.study.warnings import StudyWarning


class StudyResult(ABC):
    """A finished study, read from its run directory.

    Attributes:
        run: the run directory's path.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self.run: Path = run.path

    def to_pandas(self) -> pd.DataFrame:
        """The measures of the study as a data frame; needs the extra pandas.

        A column of a measure within another one joins both names: ``group_value``.

        Raises:
            MissingDependencyError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise missing_package("to_pandas()", error) from None
        rows = [{k: v for k, v in row.items() if v is not None} for row in self._records()]
        return pd.json_normalize(rows, sep="_")

    def __repr__(self) -> str:
        table = text_table(f"{self._title()}, {self.run}", *self._shown())
        return "\n".join([table, *(f"warning {one.sentence}" for one in self._warnings())])

    def _repr_html_(self) -> str:
        table = html_table(f"{self._title()}, {self.run}", *self._shown())
        found = (f"<p><b>warning</b> {escape(one.sentence)}</p>" for one in self._warnings())
        return "".join([table, *found, *self._pictures()])

    def _warnings(self) -> Sequence[StudyWarning]:
        """Reasons to doubt the study."""
        return ()

    def _pictures(self) -> Iterator[str]:
        """Charts as SVG elements, for notebooks."""
        return iter(())

    def to_html(self, path: str | Path | None = None) -> str:
        """The report as one offline HTML page; written to ``path`` where one is given."""
        page = self._page()
        if path is not None:
            write_page(self._run, page, Path(path))
        return page

    @abstractmethod
    def _page(self) -> str:
        """The report."""

    @abstractmethod
    def _records(self) -> list[dict[str, Any]]:
        """The rows of ``to_pandas``."""

    @abstractmethod
    def _title(self) -> str:
        """The result in a few words."""

    @abstractmethod
    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Columns and rows of a small table."""


class CheckResult(StudyResult):
    """A finished check.

    Attributes:
        run: the run directory's path.
        summary: what ``check --json`` prints.
    """

    def __init__(self, run: RunDirectory, summary: CheckSummary) -> None:
        super().__init__(run)
        self.summary = summary

    @property
    def verdict(self) -> Verdict:
        """Pass, fail or undecided, over all relations."""
        return self.summary.verdict

    @property
    def relations(self) -> dict[str, RelationSummary]:
        """Relations of the only student by name, each with its verdict and its value by part.

        Raises:
            UsageError: there are several students; see ``students``.
        """
        return self.summary.relations

    @property
    def students(self) -> dict[str, StudentSummary]:
        """Students by name, each with its verdict and relations."""
        return self.summary.students

    @property
    def examples(self) -> pa.Table:
        """One row per example: id, label, group, language, programs."""
        return self._run.read_table("examples.parquet")

    @property
    def variants(self) -> pa.Table:
        """One row per requested variant: its refusal, or its programs and edits."""
        return self._run.read_table("variants.parquet")

    @property
    def predictions(self) -> pa.Table:
        """One row per input: part, id, source_id, label, and the probabilities of each model."""
        return self._run.read_table("predictions.parquet")

    @property
    def violations(self) -> pa.Table:
        """One row per relation and input: part, id, applicable, violated, magnitude."""
        return self._run.read_table("violations.parquet")

    @property
    def curves(self) -> pa.Table:
        """Violations over the constant of each relation: threshold, violations, n."""
        return self._run.read_table("curves.parquet")

    @property
    def slices(self) -> pa.Table:
        """One row per student, relation, part and slice, with its rates and whether it was found.

        Raises:
            RunDirectoryError: the check was made without slices.
        """
        return self._run.read_table("slices.parquet")

    @property
    def quarantine(self) -> pa.Table:
        """One row per malformed row of the data: file, line, reason, detail."""
        return self._run.read_table("quarantine.parquet")

    def probabilities(self, role: str, part: str = Part.SOURCES) -> NDArray[np.float64]:
        """Class probabilities (n, k) of a model.

        Args:
            role: whose: ``teacher``, a student's name (``student``), or ``floor``.
            part: ``sources`` or ``follow_ups``, in the order of the predictions table.
        """
        table = self.predictions
        rows = np.flatnonzero(np.asarray(table["part"].to_pylist()) == part)
        values = list(table[role].take(rows).to_pylist())
        return np.array(values, dtype=np.float64).reshape(len(rows), -1)

    def _page(self) -> str:
        return check_page(self._run, self.summary)

    def _records(self) -> list[dict[str, Any]]:
        return [
            {"student": student, "relation": name, "part": str(part), **judged.content()}
            for student, found in self.students.items()
            for name, relation in found.relations.items()
            for part, judged in relation.parts()
        ]

    def _pictures(self) -> Iterator[str]:
        from metacompress.report.charts.relations import rates_chart
        from metacompress.report.charts.vector import unique_ids

        for name, student in self.students.items():
            caption = f"<figcaption>{escape(name)}</figcaption>" if len(self.students) > 1 else ""
            chart = unique_ids(rates_chart(student.relations), name)
            yield f"<figure>{caption}{chart}</figure>"

    def _warnings(self) -> Sequence[StudyWarning]:
        return self.summary.warnings

    def _title(self) -> str:
        return f"CheckResult: {self.verdict}"

    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        return ("verdict", "student", "relation", "inputs", "value (interval)"), [
            (
                judged.verdict or "–",
                student,
                name,
                part.words,
                rate_text(judged.value, judged.low, judged.high),
            )
            for student, found in self.students.items()
            for name, relation in found.relations.items()
            for part, judged in relation.parts()
        ]


class AttackResult(StudyResult):
    """A finished study of attacks.

    Attributes:
        run: the run directory's path.
        summary: what ``attack --json`` prints.
    """

    def __init__(self, run: RunDirectory, summary: AttackSummary) -> None:
        super().__init__(run)
        self.summary = summary

    def victim(self, attack: str, role: str) -> VictimSummary:
        """Measures of an attack on ``teacher`` or ``student`` that looked for flips."""
        return self.summary.attacks[attack].victims[Role(role)]

    def disagreement(self, attack: str) -> DisagreementSummary:
        """Measures of an attack that looked for disagreements.

        Raises:
            UsageError: it looked for flips.
        """
        found = self.summary.attacks[attack].disagreement
        if found is None:
            raise UsageError(
                "the attacks looked for flips: attack with goal='disagreement'", option="goal"
            )
        return found

    @property
    def attempts(self) -> pa.Table:
        """One row for each victim, attack and example that was attacked."""
        return self._run.read_table("attempts.parquet")

    def _page(self) -> str:
        return attack_page(self._run, self.summary)

    def _records(self) -> list[dict[str, Any]]:
        return [
            *(
                {"attack": text, "victim": str(role), **found.content()}
                for text, role, found in self.summary.victims()
            ),
            *({"attack": text, **pair.content()} for text, pair in self.summary.disagreements()),
        ]

    def _warnings(self) -> Sequence[StudyWarning]:
        return self.summary.warnings

    def _title(self) -> str:
        return f"AttackResult: {self.summary.task}"

    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        if self.summary.goal == "disagreement":
            return ("attack", "attacked", "disagreements (interval)", "queries to first"), [
                (
                    text,
                    str(pair.attacked),
                    rate_text(pair.rate, *pair.interval),
                    "" if pair.first_median is None else f"{pair.first_median:.0f}",
                )
                for text, pair in self.summary.disagreements()
            ]
        return ("attack", "victim", "attacked", "lost (interval)"), [
            (
                text,
                role,
                str(found.attacked),
                rate_text(found.valid_success_rate, *found.valid_success_interval),
            )
            for text, role, found in self.summary.victims()
        ]
