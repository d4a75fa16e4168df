"""One training of a compression, in a process of its own: ``python -m ...worker JOB``.

A process that is killed, for instance for its memory, takes nothing else with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.errors import MetaCompressError
from metacompress.extras import needing
from metacompress.files.atomic import write_text
from metacompress.runs.progress import NoProgress
from metacompress.settings.validation import validated
from metacompress.threads import limit_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from metacompress.runs.progress import Progress

_PROGRESS = "percent.txt"


def run_training(job: Path) -> None:
    """Train a student and write what came of it.

    Args:
        job: JSON file: ``settings`` of a distillation; ``variants``, the table of the variants
            that flips are counted on, or null; ``outcome``, the JSON file to write, with accuracy,
            agreement, flips, test, parameters and seconds, or failure; ``threads`` for PyTorch.
            Standard input ends with the process that waits, and this one with it.
    """
    given = json.loads(job.read_text(encoding="utf-8"))
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        progress = _Percent(job.parent / _PROGRESS)
        found = _train(given["settings"], given["variants"], given["threads"], progress)
    except MetaCompressError as error:
        found = {"failure": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is of this training alone
        traceback.print_exc()
        found = {"failure": f"{type(error).__name__}: {error}"}
    write_text(Path(given["outcome"]), _sealed(found))


def read_outcome(path: Path) -> dict[str, Any] | None:
    """What came of a training; None where it has not ended, or its file is damaged."""
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text)["outcome"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, dict) and _sealed(found) == text else None


def _sealed(found: dict[str, Any]) -> str:
    text = json.dumps(found)
    return json.dumps({"sha256": hashlib.sha256(text.encode()).hexdigest(), "outcome": found})


def _end_with_input() -> None:
    # Not by sys.stdin, whose lock a waiting thread would hold at the end of the interpreter.
    while os.read(0, 1):
        pass
    os._exit(1)


def percent_done(directory: Path) -> int:
    """How far the training in ``directory`` is, in percent of its steps."""
    try:
        return int((directory / _PROGRESS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0


class _Percent(NoProgress):
    """Writes the percentage of the training's steps where the waiting process looks for it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress."""
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            before, done = done, done + steps
            if title == "training" and 100 * done // total > 100 * before // total:
                write_text(self._path, str(100 * done // total))

        yield advance


def _train(
    settings: dict[str, Any], variants: str | None, threads: int, progress: Progress
) -> dict[str, Any]:
    from metacompress.training.settings import DistillationSettings

    limit_threads(threads)
    with needing("training"):
        from metacompress.training.training import train
    trained = train(
        validated(DistillationSettings, settings),
        # What is damaged is made again.
        overwrite=True,
        progress=progress,
    )
    valid, test = trained.scores["valid"], trained.scores.get("test")
    return {
        "accuracy": valid.agreement if valid.accuracy is None else valid.accuracy,
        "agreement": valid.agreement,
        "test": None if test is None else test.content(),
        "parameters": trained.parameters,
        "seconds": trained.seconds,
        "flips": None if variants is None else _flips(settings, Path(variants)),
    }


def _flips(settings: dict[str, Any], variants: Path) -> float:
    """Share of the variants that the student predicts otherwise than their source."""
    from metacompress.compression.material import read_valid_variants
    from metacompress.data.loading import load_dataset
    from metacompress.models.loading import load_classifier
    from metacompress.settings.task import task_of

    task = task_of(settings["task"], settings)
    student = load_classifier(settings["out"], task)
    sources = load_dataset(settings["data"]["path"], task, split=settings["valid_split"]).examples
    predicted = student.predict(sources).probabilities.argmax(axis=1)
    by_id = {example.id: label for example, label in zip(sources, predicted, strict=True)}
    examples, names = read_valid_variants(variants, task)
    flipped = student.predict(examples).probabilities.argmax(axis=1) != [
        by_id[name] for name in names
    ]
    return float(flipped.mean())


if __name__ == "__main__":
    run_training(Path(sys.argv[1]))
