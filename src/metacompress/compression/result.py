"""What a compression ends with: the student, and everything that led to it."""

from __future__ import annotations

import shutil
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.compression.configuration import StudentConfiguration
from metacompress.compression.output import extend_card
from metacompress.compression.run_files import COMPRESSION_FILES
from metacompress.files.sums import sums_of
from metacompress.training.run_files import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.compression.search.problem import Found, Trial
    from metacompress.compression.search.space import Configuration
    from metacompress.compression.settings import CompressionSettings
    from metacompress.data.task import Task
    from metacompress.runs.run_directory import RunDirectory

STUDENT = "student"
_COSTS = ("exact", "published")


@dataclass(frozen=True, slots=True)
class CompressionResult:
    """A finished compression.

    Attributes:
        out: its directory; the student is in its folder ``student``.
        summary: what ``compress --json`` prints: configuration, costs, front, trials, students.
    """

    out: Path
    summary: dict[str, Any]

    @property
    def student(self) -> Path:
        """Hugging Face directory of the student."""
        return self.out / STUDENT


def summarise(
    settings: CompressionSettings,
    task: Task,
    found: Found,
    trials: Sequence[Trial],
    students: Sequence[dict[str, Any]],
    *,
    examples: dict[str, int],
    built: Configuration,
    run: RunDirectory,
) -> dict[str, Any]:
    """Put the student in its place, and say all that is known.

    Args:
        settings: of the compression.
        task: of its student.
        found: by the search.
        trials: what it trained.
        students: what the trainings of the chosen configuration gave, with ``seed`` and ``model``
            or ``failure``; one at least is there.
        examples: counts by part.
        built: the chosen configuration with as many tokens as its tokenizer has.
        run: directory of the compression.
    """
    good = sorted(
        (student for student in students if "failure" not in student),
        key=lambda student: (student["accuracy"], student["agreement"]),
    )
    # The one in the middle stands for the technique; the best would stand for its luck.
    median = good[(len(good) - 1) // 2]
    configuration = StudentConfiguration.of(built)
    costs = {mode: configuration.cost(task, mode) for mode in _COSTS}
    summary = {
        "technique": settings.technique,
        "task": task.name,
        "target_mb": settings.target_mb,
        "settings": settings.identity(),
        "examples": examples,
        "chosen": found.chosen,
        "cost": {
            mode: {
                "parameters": cost.parameters,
                "megabytes": cost.megabytes,
                "gflops": cost.gflops,
            }
            for mode, cost in costs.items()
        },
        "front": [asdict(member) for member in found.front],
        "trials": [asdict(trial) for trial in trials],
        "students": list(students),
        "spread": {
            name: _spread([value for value in map(read, good) if value is not None])
            for name, read in _MEASURES.items()
        },
        "student": {"seed": median["seed"], "model": str(run.path / STUDENT)},
    }
    _publish(Path(median["model"]), run, summary)
    return summary


def _publish(model: Path, run: RunDirectory, summary: dict[str, Any]) -> None:
    target = run.path / STUDENT
    run.remove(STUDENT, COMPRESSION_FILES)
    # It is whole when the result is written; until then it is made anew.
    shutil.copytree(model, target, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    kept = ("technique", "chosen", "cost", "target_mb", "spread")
    step = {name: summary[name] for name in kept}
    extend_card(model, target, {**step, "summary": _sentence(summary)})
    run.write_json(PUBLISHED, sums_of(target))


_MEASURES = {
    "accuracy": lambda student: student["accuracy"],
    "agreement": lambda student: student["agreement"],
    "flips": lambda student: student["flips"],
    "test_accuracy": lambda student: (student["test"] or {}).get("accuracy"),
    "test_agreement": lambda student: (student["test"] or {}).get("agreement"),
}


def _sentence(summary: dict[str, Any]) -> str:
    trained, seeds = len(summary["trials"]), len(summary["students"])
    accuracy = summary["spread"]["accuracy"]
    chosen = f"Chosen by {summary['technique']} for {summary['target_mb']:g} MB"
    tried = f", after training {trained} configurations" if trained else ""
    if seeds == 1:
        return f"{chosen}{tried}."
    return (
        f"{chosen}{tried}. Of {seeds} seeds this is the one with the median validation accuracy, "
        f"{accuracy['median']:.4f} ({accuracy['low']:.4f} to {accuracy['high']:.4f})."
    )


def _spread(values: list[float]) -> dict[str, float] | None:
    if not values:
        return None
    return {"median": statistics.median(values), "low": min(values), "high": max(values)}
