"""The report as one offline HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from metacompress.errors import RunDirectoryError
from metacompress.files.atomic import write_text
from metacompress.files.overlap import refuse_output_over
from metacompress.report.classes import shown_classes
from metacompress.report.loss import loss_statement
from metacompress.report.slices import about_slices, shown_slices
from metacompress.report.students import (
    deciding_differences,
    ranked_students,
    sizes_and_violations,
)
from metacompress.runs.run_files import REPORT, SUMMARY

if TYPE_CHECKING:
    from pathlib import Path

    from markupsafe import Markup

    from metacompress.report.counterexamples import Counterexample
    from metacompress.report.loss import Statement
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.summary import CheckSummary, StudentSummary


@dataclass(frozen=True, slots=True)
class ShownStudent:
    """One student in the report.

    Attributes:
        summary: what was found of it.
        charts: SVG by name.
        counterexamples: its worst.
    """

    summary: StudentSummary
    charts: dict[str, Markup]
    counterexamples: list[Counterexample]

    @property
    def loss(self) -> list[Statement]:
        """What it preserves and loses."""
        return loss_statement(self.summary)

    @property
    def curves(self) -> list[str]:
        """The relations that have a curve."""
        return [name for name in self.summary.relations if f"curve-{name}" in self.charts]

    @property
    def sequences(self) -> list[Markup]:
        """The confidence sequences, one chart per row; none of a check of a fixed sample."""
        return [chart for name, chart in self.charts.items() if name.startswith("sequence-")]


def render_html(run: RunDirectory, summary: CheckSummary) -> str:
    """Render the report of a finished check from its run directory and the summary in it.

    Raises:
        RunDirectoryError: the directory lacks a table or holds a damaged one.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from metacompress.report import comparison, wording
    from metacompress.report.charts.drawing import unique_ids
    from metacompress.report.counterexamples import worst_counterexamples
    from metacompress.report.student_charts import ShownPredictions, student_charts

    environment = Environment(
        loader=PackageLoader("metacompress.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    predictions = ShownPredictions(run)
    students = {
        name: ShownStudent(
            found,
            {
                chart: Markup(unique_ids(svg, f"{name}-{chart}"))
                for chart, svg in student_charts(run, summary, name, predictions)
            },
            worst_counterexamples(run, summary, name),
        )
        for name, found in summary.students.items()
    }
    return environment.get_template("report.html.j2").render(
        summary=summary,
        students=students,
        ranked=ranked_students(summary),
        pareto=_pareto(summary),
        differences=deciding_differences(summary),
        run_name=run.path.name,
        environment=run.read_json("environment.json"),
        quarantine=run.read_table("quarantine.parquet").slice(0, 20).to_pylist(),
        wording=wording,
        comparing=comparison,
        about_slices=about_slices,
        shown_classes=shown_classes,
        shown_slices=shown_slices,
        version=version("metacompress"),
    )


def write_report(run: RunDirectory, summary: CheckSummary) -> Path:
    """Write the report of a finished check into its run directory; returns its path.

    One that was written after the summary, and is whole, stays.

    Raises:
        RunDirectoryError: the directory lacks a table, holds a damaged one or cannot be written.
    """
    if not _is_current(run):
        run.write_report(render_html(run, summary))
    return run.path / REPORT


def _is_current(run: RunDirectory) -> bool:
    if not run.has(REPORT):
        return False
    try:
        run.read_bytes(REPORT)
    except RunDirectoryError:
        return False
    written, summarised = ((run.path / name).stat().st_mtime_ns for name in (REPORT, SUMMARY))
    return written >= summarised


def write_page(run: RunDirectory, page: str, out: Path) -> Path:
    """Write the report of ``run`` to a file of the user's choice; returns its path.

    Raises:
        UsageError: the file is another one of the run directory.
        RunDirectoryError: it cannot be written.
    """
    there = [path for path in run.path.iterdir() if path.is_file() and path.name != REPORT]
    refuse_output_over(out, "--out", [("the report", path) for path in there])
    try:
        write_text(out, page)
    except OSError as error:
        raise RunDirectoryError(
            f"{out}: cannot be written ({error.strerror or error})", path=out
        ) from error
    return out


def _pareto(summary: CheckSummary) -> Markup | None:
    """Size against violations, where two students or more tell their size."""
    from markupsafe import Markup

    from metacompress.report.charts.drawing import unique_ids
    from metacompress.report.charts.students import pareto_chart

    found = sizes_and_violations(summary)
    if summary.ranking is None or len(found) < 2:
        return None
    value = f"{summary.ranking.relation}, {summary.ranking.part.words}"
    return Markup(unique_ids(pareto_chart(found, value), "pareto"))
