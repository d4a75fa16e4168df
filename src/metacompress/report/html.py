"""The report as one offline HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.errors import RunDirectoryError
from metacompress.files.atomic import write_text
from metacompress.files.overlap import refuse_output_over
from metacompress.report.loss import loss_statement
from metacompress.report.slices import about_slices, shown_slices
from metacompress.report.students import (
    deciding_differences,
    ranked_students,
    sizes_and_violations,
)
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from markupsafe import Markup
    from numpy.typing import NDArray

    from metacompress.report.counterexamples import Counterexample
    from metacompress.report.loss import Statement
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.summary import CheckSummary, StudentSummary

REPORT = "report.html"
# Of a reliability diagram, where no relation says how many.
_BINS = 15


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


def render_html(run: RunDirectory, summary: CheckSummary) -> str:
    """Render the report of a finished check from its run directory and the summary in it.

    Raises:
        RunDirectoryError: the directory lacks a table or holds a damaged one.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from metacompress.report import charts, wording
    from metacompress.report.counterexamples import worst_counterexamples

    environment = Environment(
        loader=PackageLoader("metacompress.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    predictions = _ShownPredictions(run)
    students = {
        name: ShownStudent(
            found,
            {
                chart: Markup(charts.unique_ids(svg, f"{name}-{chart}"))
                for chart, svg in _charts(run, summary, name, predictions).items()
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
        about_slices=about_slices,
        shown_slices=shown_slices,
        version=version("metacompress"),
    )


def write_report(run: RunDirectory, summary: CheckSummary) -> Path:
    """Write the report of a finished check into its run directory; returns its path.

    Raises:
        RunDirectoryError: the directory lacks a table, holds a damaged one or cannot be written.
    """
    run.write_text(REPORT, render_html(run, summary))
    return run.path / REPORT


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

    from metacompress.report import charts

    found = sizes_and_violations(summary)
    if summary.ranking is None or len(found) < 2:
        return None
    value = f"{summary.ranking.relation}, {summary.ranking.part.words}"
    return Markup(charts.unique_ids(charts.pareto_chart(found, value), "pareto"))


class _ShownPredictions:
    """The table of predictions as arrays."""

    def __init__(self, run: RunDirectory) -> None:
        self._table = run.read_table("predictions.parquet")
        labels = self._table["label"].to_pylist()
        self.parts = np.asarray(self._table["part"].to_pylist())
        self.labels = np.array([-1 if y is None else y for y in labels], np.int64)

    def of(self, model: str) -> NDArray[np.float64]:
        """Probabilities (n, k)."""
        return np.array(self._table[model].to_pylist())


def _charts(
    run: RunDirectory, summary: CheckSummary, student: str, predictions: _ShownPredictions
) -> dict[str, str]:
    from metacompress.data.task import TASKS
    from metacompress.report import charts

    positive = TASKS.get(summary.task).positive
    relations = summary.students[student].relations
    drawn = {"rates": charts.rates_chart(relations)}
    curves = run.read_table("curves.parquet")
    curves = curves.filter(pc.equal(curves["student"], student))
    for name, found in relations.items():
        of_relation = curves.filter(pc.equal(curves["relation"], name))
        if len(of_relation):
            parameter = of_relation["parameter"][0].as_py()
            drawn[f"curve-{name}"] = charts.curve_chart(
                _by_part(of_relation), parameter, found.constant(parameter)
            )
    p = {name: predictions.of(name) for name in (TEACHER, student)}
    for part in Part:
        rows = predictions.parts == part
        if not rows.any():
            continue
        chosen = {name: values[rows] for name, values in p.items()}
        drawn[f"scatter-{part}"] = charts.scatter_chart(
            chosen[TEACHER], chosen[student], positive, summary.labels[positive]
        )
        labels = predictions.labels[rows]
        if (labels >= 0).any():
            drawn[f"reliability-{part}"] = charts.reliability_chart(chosen, labels, _BINS)
    return drawn


def _by_part(curves: pa.Table) -> dict[Part, dict[str, NDArray[np.float64]]]:
    parts: dict[Part, dict[str, NDArray[np.float64]]] = {}
    for part in Part:
        rows = curves.filter(pc.equal(curves["part"], part))
        if len(rows):
            columns = ("threshold", "violations", "n")
            parts[part] = {c: rows[c].to_numpy().astype(np.float64) for c in columns}
    return parts
