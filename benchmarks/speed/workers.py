"""Wall time of making variants and of predictions by number of workers, and of Ray beside local.

    python benchmarks/speed/workers.py --workers 1 2 --functions 1000
    python benchmarks/speed/workers.py --workers 2 --executors local ray --functions 1000

Functions and models are the shared Devign ones; one worker is this process itself with one thread.
Wall time needs a machine that does nothing else. The rounds take turns, so that what disturbs one
disturbs all, and the best round of each counts. What it takes until every worker has its model is
measured by itself: it is paid once, however many inputs follow. CPU seconds are those of all
processes together; what they grow by is the price of sharing, on a busy machine, too.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from metacompress.workers.cores import ONE_THREAD

# Before the libraries that read it are loaded.
os.environ.update(ONE_THREAD)

from metacompress.data.loading import load_dataset
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.garbage import collect_seldom
from metacompress.models.loading import load_classifier
from metacompress.models.shared import load_shared, share_of
from metacompress.models.storing.store import PredictionStore
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.settings.workers import WorkerSettings
from metacompress.variants.plan import make_plan
from metacompress.variants.settings import VariantSettings
from metacompress.variants.table import variants_stage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.dataset import Dataset

SHARED = Path(__file__).resolve().parents[3] / "shared"
WARM = 64
PLAN = make_plan(VariantSettings(transforms=("rename-identifiers",), variants=4), arity=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall and CPU seconds.

    Attributes:
        start: until every worker had loaded the model, and answered once.
        predictions: of the teacher on the functions, models loaded.
        variants: of collecting names, making variants and their gate.
    """

    start: tuple[float, float]
    predictions: tuple[float, float]
    variants: tuple[float, float]


def main() -> None:
    """Measure every executor at every number of workers and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--executors", nargs="+", default=["local"])
    parser.add_argument("--functions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    collect_seldom()  # as the command and its workers do
    file = SHARED / "data/devign/test.jsonl.gz"
    whole = load_dataset(file, VULNERABILITY_PREDICTION, limit=options.functions + WARM)
    found: dict[tuple[str, int], list[Measured]] = {}
    for _ in range(options.rounds):
        for executor in options.executors:
            for workers in options.workers:
                one = measured(whole, executor, workers)
                found.setdefault((executor, workers), []).append(one)
    measurements = rows({key: best(rounds) for key, rounds in found.items()})
    print(json.dumps({"functions": len(whole) - WARM, "rows": measurements}, indent=1))


def measured(whole: Dataset, name: str, workers: int) -> Measured:
    """One round."""
    warm, examples = whole.examples[:WARM], whole.examples[WARM:]
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = WorkerSettings(workers=workers, executor=name)
        executor = stack.enter_context(settings.open_executor(len(whole)))

        def now() -> tuple[float, float]:
            return time.perf_counter(), time.process_time() + executor.seconds

        began = now()
        model = str(SHARED / "models/devign_teacher")
        defaults = {"device": "cpu"}
        task = VULNERABILITY_PREDICTION
        shared = load_shared(model, task, executor, defaults)
        classifier = shared or load_classifier(model, task, defaults=defaults)
        share = share_of(classifier)
        store = stack.enter_context(PredictionStore(scratch / "store.sqlite"))
        # A task for each worker while the others are busy with theirs: all of them load it.
        pieces = [list(warm)] * (4 * workers)
        for _ in share(iter(pieces)) if share else map(classifier.predict, pieces[:1]):
            pass
        started = now()
        store.predict(classifier, examples, share=share)
        predicted = now()
        dataset = replace(whole, examples=examples)
        variants_stage(dataset, PLAN, RunDirectory(scratch / "run"), NoProgress(), executor)
        made = now()
    return Measured(
        *(
            (last[0] - first[0], last[1] - first[1])
            for first, last in pairwise((began, started, predicted, made))
        )
    )


def best(rounds: Sequence[Measured]) -> Measured:
    """The least that each part took."""
    return Measured(
        *(
            tuple(map(min, zip(*(getattr(one, part) for one in rounds), strict=True)))
            for part in ("start", "predictions", "variants")
        )
    )


def rows(found: dict[tuple[str, int], Measured]) -> list[dict[str, object]]:
    """Seconds, and how many times quicker than the first row each is."""
    first = next(iter(found.values()))
    table: list[dict[str, object]] = []
    for (executor, workers), one in found.items():
        for part in ("start", "predictions", "variants"):
            (wall, cpu), (wall_before, cpu_before) = getattr(one, part), getattr(first, part)
            table.append(
                {
                    "executor": executor,
                    "workers": workers,
                    "part": part,
                    "seconds": wall,
                    "times_quicker": wall_before / wall,
                    "cpu_seconds": cpu,
                    "times_the_cpu": cpu / cpu_before,
                }
            )
    return table


if __name__ == "__main__":
    main()
