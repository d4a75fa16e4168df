"""Wall time of making variants and of predictions by number of workers, and of Ray beside local.

    python benchmarks/speed/workers.py --workers 1 2 --functions 1000
    python benchmarks/speed/workers.py --workers 2 --executors local ray --functions 1000

Functions and models are the shared Devign ones; one worker is this process itself with one thread.
Wall time needs a machine that does nothing else. The rounds take turns, so that what disturbs one
disturbs all, and the best round of each counts. What it takes until every worker has its model is
measured by itself: it is paid once, however many inputs follow.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from metacompress.workers.cores import ONE_THREAD

# Before the libraries that read it are loaded.
os.environ.update(ONE_THREAD)

from metacompress.data.loading import load_dataset
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.models.loading import load_classifier
from metacompress.models.shared import load_shared, share_of
from metacompress.models.store import PredictionStore
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
    from metacompress.data.example import Example

SHARED = Path(__file__).resolve().parents[3] / "shared"
WARM = 64
PLAN = make_plan(VariantSettings(transforms=("rename-identifiers",), variants=4), arity=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall seconds.

    Attributes:
        start: until every worker had loaded the model, and answered once.
        variants: of collecting names, making variants and their gate.
        predictions: of the teacher on the functions, models loaded.
    """

    start: float
    variants: float
    predictions: float


def main() -> None:
    """Measure every executor at every number of workers and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--executors", nargs="+", default=["local"])
    parser.add_argument("--functions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    file = SHARED / "data/devign/test.jsonl.gz"
    whole = load_dataset(file, VULNERABILITY_PREDICTION, limit=options.functions + WARM)
    found: dict[tuple[str, int], list[Measured]] = {}
    for _ in range(options.rounds):
        for executor in options.executors:
            for workers in options.workers:
                one = measured(whole, executor, workers)
                found.setdefault((executor, workers), []).append(one)
    show({key: best(rounds) for key, rounds in found.items()}, len(whole) - WARM)


def measured(whole: Dataset, name: str, workers: int) -> Measured:
    """One round."""
    warm, examples = whole.examples[:WARM], whole.examples[WARM:]
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        began = time.perf_counter()
        settings = WorkerSettings(workers=workers, executor=name)
        executor = stack.enter_context(settings.open_executor(len(whole)))
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
        started = time.perf_counter()
        store.predict(classifier, examples, share=share)
        predicted = time.perf_counter()
        dataset = _of(whole, examples)
        variants_stage(dataset, PLAN, RunDirectory(scratch / "run"), NoProgress(), executor)
        made = time.perf_counter()
    return Measured(started - began, made - predicted, predicted - started)


def _of(whole: Dataset, examples: Sequence[Example]) -> Dataset:
    from dataclasses import replace

    return replace(whole, examples=tuple(examples))


def best(rounds: Sequence[Measured]) -> Measured:
    """The least that each part took."""
    return Measured(
        *(min(getattr(one, part) for one in rounds) for part in Measured.__dataclass_fields__)
    )


def show(found: dict[tuple[str, int], Measured], functions: int) -> None:
    """Print seconds, and how many times quicker than the first row each is."""
    first = next(iter(found.values()))
    print(f"{functions} functions, {os.cpu_count()} logical processors")
    print("| executor | workers | start, s | variants, s | quicker | predictions, s | quicker |")
    print("|---|---|---|---|---|---|---|")
    for (executor, workers), one in found.items():
        print(
            f"| {executor} | {workers} | {one.start:.1f} "
            f"| {one.variants:.1f} | {first.variants / one.variants:.2f} "
            f"| {one.predictions:.1f} | {first.predictions / one.predictions:.2f} |"
        )


if __name__ == "__main__":
    main()
