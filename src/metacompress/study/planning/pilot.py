"""The pilot of a plan: small checks of sampled sources, timed, and extrapolated to all of them.

The pilot runs the check itself on disjoint blocks of sources, half of them in one block and the
rest in three. What grows with the sources (making variants, asking models) is extrapolated by the
ratio of seconds to sources; the rest, which is mostly paid once, by a straight line through the
blocks; the report costs the same however many sources there are. A small block leaves batches of
some models half empty, which is taken out. Intervals are from the spread of the blocks, with
Student's t; the sizes are ours.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from metacompress.data.sampling import sample_order
from metacompress.errors import UsageError
from metacompress.models.protocols.filling import FillsBatches, TokenCount
from metacompress.models.storing.store import BLOCK
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.runs.timing import Seconds, TimedProgress
from metacompress.study.check.study import run_check
from metacompress.study.check.summary import read_check
from metacompress.study.inputs import load_inputs
from metacompress.study.planning.summary import Expected, ExpectedTime, PlannedCost
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.table import TABLE as VARIANTS_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.stats.arrays import FloatArray
    from metacompress.study.planning.settings import PlanConfig

Finish = Callable[["RunDirectory"], object]
"""What is done with a finished run, as part of its cost: writing its report, say."""

_SMALL_BLOCKS = 3
_FIRST = 2
"""Sources of a check that goes before the others: libraries are loaded by it."""
LOADING, VARIANTS, REST, REPORT = "loading", "making variants", "the rest", "report"
_MAKING = frozenset({"collecting names", "making variants"})


@dataclass(frozen=True, slots=True)
class _Block:
    """What a check of some sources took.

    Attributes:
        sources: how many.
        stages: seconds by stage of the plan.
        calls: inputs asked, by model.
        variants: that were made.
    """

    sources: int
    stages: Mapping[str, Seconds]
    calls: Mapping[str, int]
    variants: int


def measure_cost(
    config: PlanConfig,
    *,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    finish: Finish = lambda run: None,
    progress: Progress,
) -> PlannedCost:
    """Load models and data, run the pilot, and extrapolate.

    Args:
        config: of the plan, with models and data.
        models: where they are not what ``config`` says; see ``run_study``.
        dataset: likewise.
        finish: see ``Finish``.
        progress: shows the stages.

    Raises:
        MetaCompressError: see metacompress.errors; too few sources among them.
    """
    # Shared out, it would measure what the workers do to each other.
    check = config.check(workers=1, shrink=0, locate=0)
    started = Seconds.now()
    given = {**check.models(), **(models or {})}
    with ExitStack() as nobody:
        loaded, dataset, _ = load_inputs(check, given, dataset, progress, nobody)
    loading = Seconds.now() - started
    order = sample_order([example.id for example in dataset], config.data.sample_seed)
    blocks, first = _parts(dataset, order, config)
    some = [dataset.examples[position] for position in order[:BLOCK]]
    waste = {name: _tokens(model, some).waste for name, model in loaded.items()}
    with tempfile.TemporaryDirectory() as scratch:

        def measured(part: Dataset, number: int) -> _Block:
            return _measure(config, loaded, waste, part, Path(scratch) / f"block-{number}", finish)

        with progress.stage("pilot", sum(map(len, blocks)) + len(first)) as advance:
            warm = measured(first, 0)
            advance(len(first))
            found = []
            for number, part in enumerate(blocks, start=1):
                found.append(measured(part, number))
                advance(len(part))
    return _extrapolated(found, warm, loading, len(dataset), config.confidence)


def _parts(
    dataset: Dataset, order: Sequence[int], config: PlanConfig
) -> tuple[list[Dataset], Dataset]:
    """The blocks of the pilot, the largest one first, and the sources that go before."""
    size = min(config.pilot, len(order))
    small = size // (2 * _SMALL_BLOCKS)
    if small < 1:
        raise UsageError(
            f"a pilot needs {2 * _SMALL_BLOCKS} sources at least, and the data have {len(order)}; "
            f"run the check itself",
            option="pilot",
        )

    def part(positions: Sequence[int]) -> Dataset:
        return replace(
            dataset, examples=tuple(dataset.examples[k] for k in sorted(positions)), quarantine=()
        )

    large = size - _SMALL_BLOCKS * small
    starts = range(large, size, small)
    rows = [order[:large], *(order[start : start + small] for start in starts)]
    # Other sources than those of the pilot where there are any: models remember their answers.
    return [part(one) for one in rows], part((order[size:] or order[::-1])[:_FIRST])


def _tokens(model: Classifier, examples: Sequence[Example]) -> TokenCount:
    """What one call computes, where a model tells; nothing is wasted where it does not."""
    return model.count_tokens(examples) if isinstance(model, FillsBatches) else TokenCount(1, 1)


def _measure(
    config: PlanConfig,
    models: Mapping[str, Classifier],
    waste: Mapping[str, float],
    part: Dataset,
    place: Path,
    finish: Finish,
) -> _Block:
    """Check some sources, and take the time.

    Args:
        config: of the plan.
        models: by name.
        waste: of each model in a call of the planned check: small calls waste more.
        part: the sources.
        place: run directory.
        finish: see ``Finish``.
    """
    timed = TimedProgress()
    started = Seconds.now()
    # A check with a store of its own: no answer of another run makes it look cheap.
    fixed = {"sequential": False, "margin": 0.0, "until": "rows"}
    check = config.check(run=str(place), store=None, workers=1, shrink=0, locate=0, **fixed)
    run = run_check(check, models=models, dataset=part, progress=timed)
    total = Seconds.now() - started
    started = Seconds.now()
    finish(run)
    report = Seconds.now() - started
    stages = dict.fromkeys([VARIANTS, *models], Seconds())
    for title, taken in timed.stages.items():
        asked = next((name for name in models if title.startswith(f"{name} on ")), None)
        stage = VARIANTS if title in _MAKING else asked
        if stage is not None:
            stages[stage] += taken
            total -= taken
    follow_ups = list(FollowUps(run.open_table(VARIANTS_TABLE), part.examples))
    for name, model in models.items():
        here = _tokens(model, part.examples) + _tokens(model, follow_ups)
        stages[name] *= waste[name] / here.waste
    return _Block(
        len(part),
        {**stages, REST: total, REPORT: report},
        run.read_json(ENVIRONMENT)["cost"]["inputs_asked"],
        read_check(run).variants.made,
    )


def _extrapolated(
    blocks: Sequence[_Block], warm: _Block, loading: Seconds, sources: int, confidence: float
) -> PlannedCost:
    n = np.array([block.sources for block in blocks], dtype=float)
    linear = [name for name in blocks[0].stages if name not in (REST, REPORT)]

    def ratio(values: Sequence[float]) -> Expected:
        return _by_ratio(np.array(values, dtype=float), n, sources, confidence)

    def time(parts: Sequence[Expected]) -> Expected:
        """The sum of figures whose errors are independent."""
        value = sum(part.value for part in parts)
        below = math.hypot(*(part.value - part.low for part in parts))
        above = math.hypot(*(part.high - part.value for part in parts))
        return Expected(value=value, low=max(0.0, value - below), high=value + above)

    def clock(kind: str) -> tuple[dict[str, Expected], Expected]:
        def seconds(block: _Block, name: str) -> float:
            return float(getattr(block.stages[name], kind))

        stages = {name: ratio([seconds(one, name) for one in blocks]) for name in linear}
        rest = _by_line(
            np.array([seconds(one, REST) for one in blocks]), n, sources, warm.sources, confidence
        )
        report = _alike(np.array([seconds(one, REPORT) for one in blocks]), confidence)
        # What the first check took beyond its share is paid once: libraries that it loaded.
        expected = (
            rest.at_first
            + report.value
            + sum(stages[name].value * warm.sources / sources for name in linear)
        )
        once = max(0.0, sum(seconds(warm, name) for name in warm.stages) - expected)
        start = getattr(loading, kind) + once
        begun = Expected(value=start, low=start, high=start)
        together = ratio([sum(seconds(one, name) for name in linear) for one in blocks])
        found = {LOADING: begun, **stages, REST: rest.at_all, REPORT: report}
        return found, time([begun, together, rest.at_all, report])

    cpu, cpu_total = clock("cpu")
    wall, wall_total = clock("wall")
    return PlannedCost(
        sources=sources,
        pilot=int(n.sum()),
        blocks=len(blocks),
        variants=ratio([block.variants for block in blocks]),
        calls={name: ratio([block.calls[name] for block in blocks]) for name in blocks[0].calls},
        stages={name: ExpectedTime(cpu=cpu[name], wall=wall[name]) for name in cpu},
        time=ExpectedTime(cpu=cpu_total, wall=wall_total),
    )


def _by_ratio(values: FloatArray, sizes: FloatArray, sources: int, confidence: float) -> Expected:
    """What ``sources`` take if blocks of these sizes took these values: each its share."""
    ratio = values.sum() / sizes.sum()
    spread = ((values - ratio * sizes) ** 2).sum() * len(sizes) / (len(sizes) - 1)
    # The pilot's own sources are known, not guessed.
    unseen = math.sqrt(max(0.0, 1 - sizes.sum() / sources))
    t = float(stdtrit(len(sizes) - 1, (1 + confidence) / 2))
    half = t * math.sqrt(spread) / sizes.sum() * unseen
    return Expected(
        value=ratio * sources, low=max(0.0, ratio - half) * sources, high=(ratio + half) * sources
    )


def _alike(values: FloatArray, confidence: float) -> Expected:
    """A cost that is the same whatever the number of sources."""
    value = float(values.mean())
    spread = float(values.std(ddof=1)) / math.sqrt(len(values))
    half = float(stdtrit(len(values) - 1, (1 + confidence) / 2)) * spread
    return Expected(value=value, low=max(0.0, value - half), high=value + half)


@dataclass(frozen=True, slots=True)
class _Line:
    """A fixed cost with one per source, for all of the sources and for those of the first check."""

    at_all: Expected
    at_first: float


def _by_line(
    values: FloatArray, sizes: FloatArray, sources: int, first: int, confidence: float
) -> _Line:
    """Least squares; neither the fixed cost nor that of a source is below 0."""
    centred = sizes - sizes.mean()
    squares = float((centred**2).sum())
    slope = max(0.0, float((centred * values).sum()) / squares) if squares else 0.0
    start = max(0.0, float(values.mean() - slope * sizes.mean()))
    freedom = max(1, len(sizes) - 2)
    variance = float(((values - start - slope * sizes) ** 2).sum()) / freedom
    lever = 1 / len(sizes) + ((sources - sizes.mean()) ** 2 / squares if squares else 0.0)
    half = float(stdtrit(freedom, (1 + confidence) / 2)) * math.sqrt(variance * lever)
    value = start + slope * sources
    # Doing more takes no less.
    low = max(start, value - half)
    return _Line(Expected(value=value, low=low, high=value + half), start + slope * first)
