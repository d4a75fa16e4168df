"""The page of a finished check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from metacompress.report.check.classes import shown_classes
from metacompress.report.check.located import shown_located
from metacompress.report.check.loss import loss_statement
from metacompress.report.check.shrunk import shown_shrunk
from metacompress.report.check.slices import about_slices, shown_slices
from metacompress.report.check.students import (
    deciding_differences,
    ranked_students,
    sizes_and_violations,
)
from metacompress.report.pages.frame import Pictures, Section, render_page
from metacompress.report.wording import level
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line
from metacompress.study.check.config import CheckConfig
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from metacompress.report.check.located import ShownLocated
    from metacompress.report.check.loss import Statement
    from metacompress.report.check.shrunk import ShownShrunk
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.summary import CheckSummary, StudentSummary


@dataclass(frozen=True, slots=True)
class ShownStudent:
    """One student in the report.

    Attributes:
        summary: what was found of it.
        charts: SVG by name.
    """

    summary: StudentSummary
    charts: dict[str, Markup]

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


def check_page(run: RunDirectory, summary: CheckSummary) -> str:
    """Render the page of a finished check from its run directory and the summary in it.

    Raises:
        RunDirectoryError: the directory lacks a table or holds a damaged one.
    """
    from metacompress.report import comparison
    from metacompress.report.check.heat_map import HeatMaps
    from metacompress.report.check.student_charts import model_charts, student_charts
    from metacompress.report.inputs.checked import violating_inputs
    from metacompress.report.inputs.worst import worst_inputs
    from metacompress.study.check.predictions_table import TABLE, read_predictions

    pictures = Pictures()
    predictions = read_predictions(run.open_table(TABLE), [TEACHER, *summary.students])
    students = {
        name: ShownStudent(
            found,
            {
                chart: pictures.place(svg)
                for chart, svg in student_charts(run, summary, name, predictions)
            },
        )
        for name, found in summary.students.items()
    }
    shown = violating_inputs(run, summary)
    shrunk, located = shown_shrunk(summary.shrinking), shown_located(summary.location)
    heat_maps = HeatMaps(run, summary)
    return render_page(
        run.name,
        "Verdict",
        "check/head.html.j2",
        list(_sections(summary, students)),
        shown,
        summary=summary,
        several=len(students) > 1,
        level=level(summary.confidence),
        students=students,
        model_charts={
            chart: pictures.place(svg) for chart, svg in model_charts(summary, predictions)
        },
        ranked=ranked_students(summary),
        pareto=_pareto(summary, pictures),
        differences=deciding_differences(summary),
        heat_maps={name: heat_maps.of(name) for name in summary.students},
        cell_link=_cell_link,
        worst=worst_inputs(shown),
        shrunk=shrunk,
        located=located,
        links=_links([*shrunk, *located]),
        table_file="violations.parquet",
        environment=run.read_json(ENVIRONMENT),
        quarantine=run.read_table("quarantine.parquet").slice(0, 20).to_pylist(),
        comparing=comparison,
        about_slices=about_slices,
        shown_classes=shown_classes,
        shown_slices=shown_slices,
        command=command_line(CheckConfig, summary.config, "check"),
        config=summary.config,
        fingerprints={name: model.fingerprint for name, model in summary.models.items()},
    )


def _sections(summary: CheckSummary, students: dict[str, ShownStudent]) -> Iterator[Section]:
    shown = students.values()
    for name, title, wanted in (
        ("loss", "Loss statement", True),
        ("students", "Students beside each other", summary.ranking is not None),
        ("baseline", "Beside the baseline", bool(summary.comparisons)),
        ("relations", "Relations", True),
        ("heat_map", "Where relations are violated", True),
        ("shrunk", "Smallest counterexamples", summary.shrinking is not None),
        ("located", "Where counterexamples part", summary.location is not None),
        ("counterexamples", "Worst counterexamples", True),
        ("inputs", "All violations", True),
        ("slices", "Slices that stand out", any(one.summary.slices for one in shown)),
        (
            "layers",
            "Layers beside the teacher's",
            any(one.summary.representations for one in shown),
        ),
        ("sequence", "How it was decided", any(one.sequences for one in shown)),
        ("classes", "By class", True),
        ("scores", "Same accuracy, same behaviour?", True),
        ("curves", "Curves over the constants", any(one.curves for one in shown)),
        ("calibration", "Confidence", True),
        ("models", "Size and latency", True),
        ("validity", "Variants", True),
        ("data", "Data", True),
    ):
        if wanted:
            template = "explorer" if name == "inputs" else f"check/{name}"
            yield Section(name.replace("_", "-"), title, f"{template}.html.j2")
    yield Section("provenance", "How to make it again", "provenance.html.j2")


def _links(
    forms: Iterable[ShownShrunk | ShownLocated],
) -> dict[str, list[ShownShrunk | ShownLocated]]:
    """The other forms in which the page shows a variant, by its id."""
    found: dict[str, list[ShownShrunk | ShownLocated]] = {}
    for one in forms:
        found.setdefault(one.found.counterexample.id, []).append(one)
    return found


def _cell_link(student: str, relation: str, facet: str, value: str) -> str:
    """The address of the violations that a cell of a heat map counts."""
    where = {facet: value} if value else {"inputs": "source"}
    return f"#inputs?{urlencode({'student': student, 'relation': relation, **where})}"


def _pareto(summary: CheckSummary, pictures: Pictures) -> Markup | None:
    """Size against violations, where two students or more tell their size."""
    from metacompress.report.charts.students import pareto_chart

    found = sizes_and_violations(summary)
    if summary.ranking is None or len(found) < 2:
        return None
    value = f"{summary.ranking.relation}, {summary.ranking.part.words}"
    return pictures.place(pareto_chart(found, value))
