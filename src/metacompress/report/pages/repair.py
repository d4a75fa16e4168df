"""The page of a finished repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.repairing.settings import RepairSettings
from metacompress.report.pages.frame import Section, render_page
from metacompress.report.tables.repair import (
    MOST_NAMED,
    costs,
    kept_rows,
    made,
    proof_rows,
    proofs,
    repair_headline,
)
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line

if TYPE_CHECKING:
    from metacompress.repairing.summary import RepairSummary
    from metacompress.runs.run_directory import RunDirectory


def repair_page(run: RunDirectory, summary: RepairSummary) -> str:
    """Render the page of a finished repair."""
    chosen = bool(summary.precision or (summary.distillation and summary.distillation.trials))
    title = "Tensors kept" if summary.precision else "Short trainings"
    sections = [
        Section("proof", "Held-out sources", "repair/proof.html.j2"),
        *([Section("choice", title, "repair/choice.html.j2")] if chosen else []),
        Section("provenance", "How to make it again", "provenance.html.j2"),
    ]
    return render_page(
        run.name,
        "Verdict",
        "repair/head.html.j2",
        sections,
        summary=summary,
        headline=repair_headline(summary),
        made=list(made(summary)),
        costs=list(costs(summary)),
        proofs=proofs(summary),
        rows=proof_rows,
        kept_rows=kept_rows,
        most_named=MOST_NAMED,
        command=command_line(RepairSettings, {**summary.config, "run": str(run.path)}, "repair"),
        config=summary.config,
        environment=run.read_json(ENVIRONMENT),
        fingerprints={},
    )
