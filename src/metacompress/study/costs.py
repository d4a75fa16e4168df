"""What the models of a study cost: size and operations, and latency on this machine."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from metacompress.models.facts import operations_of
from metacompress.models.identity import fingerprint_of, is_resumable
from metacompress.models.protocols.batched import Batched
from metacompress.models.protocols.costed import Costed
from metacompress.models.runtime.batching import bare_batches
from metacompress.models.shared import SharedClassifier
from metacompress.runs.progress import NoProgress
from metacompress.runs.record import Record
from metacompress.workers.job import Job

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.models.shared import Recipe
    from metacompress.runs.progress import Progress
    from metacompress.workers.job import Executor

# Sources that operations are averaged over, and that latency is measured on. Ours.
_COUNTED, _TIMED = 32, 16
# Latency is measured where it adds a few percent to what a model was asked.
ASKED_ENOUGH = 1000


class ModelCost(Record):
    """Size and operations of a model; the same on every machine."""

    bytes: int | None = Field(description="size of its weights; null where it does not tell")
    parameters: int | None = Field(description="numbers in its weights; null where unknown")
    gflops: float | None = Field(
        description="thousand millions of floating-point operations of the matrix products for "
        "one source, padding left out; mean over the first sources; null where unknown"
    )
    unknown: str | None = Field(description="reason for what is null; null where nothing is")


class Latency(Record):
    """Seconds that one model takes on this machine, tokenisation included."""

    median: float = Field(description="of one input by itself, median, seconds on the clock")
    p95: float = Field(description="of one input by itself, 95th percentile, seconds on the clock")
    cpu: float = Field(description="of one input by itself, mean CPU seconds of all threads")
    batch: float = Field(description="of all inputs in one call, seconds on the clock")
    throughput: float = Field(description="inputs per second in that call")
    inputs: int = Field(description="number of inputs")


def cost_of(model: Classifier, sources: Sequence[Example]) -> ModelCost:
    """Size and operations of a model; it is not asked.

    Args:
        model: any classifier.
        sources: of the study; the first 32 count.
    """
    if not isinstance(model, Costed):
        reason = "its answers come from elsewhere, or from code that tells no size"
        return ModelCost(bytes=None, parameters=None, gflops=None, unknown=reason)
    fingerprint = fingerprint_of(model) if is_resumable(model) else None
    weight, flops = model.weight, operations_of(model, fingerprint, sources[:_COUNTED])
    return ModelCost(
        bytes=weight.bytes,
        parameters=weight.parameters,
        gflops=float(np.mean(flops)) / 1e9 if flops else None,
        unknown=None if flops else "it is neither a BERT or RoBERTa encoder nor a prompted decoder",
    )


def measure_latency(
    models: Mapping[str, Classifier],
    sources: Sequence[Example],
    asked: Mapping[str, int],
    progress: Progress,
    executor: Executor | None = None,
) -> dict[str, Latency]:
    """Measure every model that computes and was asked for enough inputs.

    The models take turns on each input, so that a busy moment of the machine slows down all.
    Models that workers have loaded are measured by one of them, with its one thread.

    Args:
        models: by name.
        sources: of the study; the first 16 are asked.
        asked: how many inputs each model was asked for in this study.
        progress: shows the stage.
        executor: of the workers, if there are some.
    """
    enough = {name: model for name, model in models.items() if asked.get(name, 0) >= ASKED_ENOUGH}
    timed = {
        name: model
        for name, model in enough.items()
        if isinstance(model, Batched) and isinstance(model, Costed)
    }
    recipes = {
        name: model.recipe
        for name, model in enough.items()
        if isinstance(model, SharedClassifier) and isinstance(model, Costed)
    }
    examples = sources[:_TIMED]
    found = _take_turns(timed, examples, progress)
    if recipes and examples and executor is not None:
        with progress.stage("measuring latency", 1) as advance:
            for elsewhere in executor.run(_Latencies(recipes), [examples]):
                found |= elsewhere
            advance(1)
    return found


@dataclass(frozen=True)
class _Latencies(Job[None, "Sequence[Example]", dict[str, Latency]]):
    """Measures models in one worker, while the others rest."""

    recipes: Mapping[str, Recipe]

    def setup(self) -> None:
        for recipe in self.recipes.values():
            recipe.load()

    def do(self, state: None, task: Sequence[Example]) -> dict[str, Latency]:
        models = {name: recipe.load() for name, recipe in self.recipes.items()}
        return _take_turns(models, task, NoProgress())

    def describe(self, task: Sequence[Example]) -> str:
        return f"latency of {', '.join(self.recipes)}"


def _take_turns(
    timed: Mapping[str, Classifier], examples: Sequence[Example], progress: Progress
) -> dict[str, Latency]:
    """Measure models on examples, in this process."""
    if not timed or not examples:
        return {}
    clock: dict[str, list[float]] = {name: [] for name in timed}
    cpu = dict.fromkeys(timed, 0.0)
    batch = dict.fromkeys(timed, 0.0)
    with progress.stage("measuring latency", len(timed) * (len(examples) + 1)) as advance:
        for asked_together in ([one] for one in examples):
            for name, model in timed.items():
                seconds, used = _take(model, asked_together)
                clock[name].append(seconds)
                cpu[name] += used
                advance(1)
        for name, model in timed.items():
            batch[name], _ = _take(model, examples)
            advance(1)
    return {
        name: Latency(
            median=float(np.median(clock[name])),
            p95=float(np.quantile(clock[name], 0.95)),
            cpu=cpu[name] / len(examples),
            batch=batch[name],
            throughput=len(examples) / max(batch[name], 1e-9),
            inputs=len(examples),
        )
        for name in timed
    }


def _take(model: Classifier, examples: Sequence[Example]) -> tuple[float, float]:
    """Seconds on the clock and of all threads, without what the model remembers."""
    if isinstance(model, Batched):
        model.forget()
    with bare_batches():
        wall, cpu = time.perf_counter(), time.process_time()
        model.predict(examples)
        taken = time.perf_counter() - wall, time.process_time() - cpu
    if isinstance(model, Batched):
        model.forget()
    return taken
