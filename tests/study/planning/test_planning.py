from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from rich.console import Console

import metacompress
from metacompress.errors import UsageError
from metacompress.report import planning as report
from metacompress.runs.timing import Seconds, TimedProgress
from metacompress.stats.planning import inputs_needed
from metacompress.study.planning.pilot import _by_line, _by_ratio

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"


def test_sizes_need_no_models() -> None:
    found = metacompress.plan(
        transforms=["rename-identifiers", "braces"],
        variants=2,
        tolerance=0.05,
        rates=[0.02, 0.05, 0.2],
        correlation=0.25,
        applicable=0.5,
    )
    assert (found.inputs_per_source, found.cost) == (4, None)
    inputs = inputs_needed(0.05, 0.02, alpha=0.025, power=0.8)
    first, at_tolerance, last = found.rates
    # Design effect 1 + 3 / 4 over 4 inputs, of which a half apply.
    assert first.sources == math.ceil(inputs * 1.75 / 2)
    assert (first.verdict, at_tolerance.verdict, last.verdict) == ("pass", None, "fail")
    assert (at_tolerance.inputs, at_tolerance.sources, at_tolerance.enough) == (None, None, None)
    assert first.sequential_decided == pytest.approx(1)
    assert at_tolerance.sequential_decided < 0.05


def test_every_tolerance_has_its_rates() -> None:
    relations = {"prediction-agreement": {"tolerance": 0.1}, "new-disagreement": {"tolerance": 0.0}}
    found = metacompress.plan(relations=relations)
    assert {one.tolerance for one in found.rates} == {0.1}
    assert [one.rate for one in found.rates] == sorted(one.rate for one in found.rates)
    with pytest.raises(UsageError, match="--tolerance"):
        metacompress.plan(tolerance=0.0)
    assert all(one.rate <= 1 for one in metacompress.plan(tolerance=0.9).rates)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"teacher": "mock:"}, "task, student, data not given"),
        ({"rates": [1.5]}, "1.5"),
        ({"rates": [float("nan")]}, "nan"),
        ({"power": 0.4}, "power"),
        ({"pilot": 3}, "pilot"),
    ],
)
def test_a_plan_that_cannot_be_made(given: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        metacompress.plan(**given)


def test_a_pilot_counts_what_the_check_asks(devign_file: Path, tmp_path: Path) -> None:
    settings = {"task": TASK, "language": "c", "transforms": "rename-identifiers", "variants": 2}
    models = ("mock:", {"a": "mock:?seed=1", "b": "mock:?seed=2"})
    plan = metacompress.plan(*models, devign_file, **settings, pilot=24, rates=[0.02])
    result = metacompress.check(*models, devign_file, **settings, run=tmp_path / "run")
    cost = plan.cost
    assert cost is not None
    asked = json.loads((result.run / "environment.json").read_text())["cost"]["inputs_asked"]
    assert list(cost.calls) == ["teacher", "a", "b"]
    for name, calls in cost.calls.items():
        assert calls.low <= asked[name] <= calls.high
    assert cost.variants.low <= result.summary.variants.made <= cost.variants.high
    assert (cost.sources, cost.pilot, cost.blocks) == (result.summary.data.sources, 24, 4)
    assert list(cost.stages) == ["loading", "making variants", "teacher", "a", "b", "the rest"]
    total = sum(stage.cpu.value for stage in cost.stages.values())
    assert cost.time.cpu.value == pytest.approx(total)
    assert plan.rates[0].enough is False
    console = Console(width=80, record=True)
    for table in (report._rates_table(plan.rates, 0.05), report._cost_table(cost)):
        console.print(table)
    assert max(map(len, console.export_text().splitlines())) <= 80


def test_too_few_sources_for_a_pilot() -> None:
    rows = [{"func": f"int f{k}(void) {{ return {k}; }}", "target": 0} for k in range(4)]
    with pytest.raises(UsageError, match="6 sources at least, and the data have 4"):
        metacompress.plan("mock:", "mock:?seed=1", rows, task=TASK)


def test_a_ratio_is_exact_where_blocks_agree_and_covers_where_they_differ() -> None:
    sizes = np.array([6.0, 2.0, 2.0, 2.0])
    exact = _by_ratio(3 * sizes, sizes, 100, 0.95)
    assert (exact.low, exact.value, exact.high) == pytest.approx((300, 300, 300))
    rng = np.random.default_rng(0)
    covered = 0
    for _ in range(400):
        costs = rng.gamma(2.0, 0.5, 10_000)
        found = _by_ratio(np.add.reduceat(costs[:48], [0, 24, 32, 40]), 4 * sizes, 10_000, 0.95)
        covered += found.low <= costs.sum() <= found.high
    assert 0.9 <= covered / 400 <= 1.0
    whole = _by_ratio(np.array([5.0, 1, 1, 2]), sizes, 12, 0.95)
    assert whole.low == whole.value == whole.high == 9


def test_a_line_has_no_negative_part() -> None:
    sizes = np.array([24.0, 8, 8, 8])
    found = _by_line(2 + 0.1 * sizes, sizes, 1000, 2, 0.95)
    assert (found.at_all.value, found.at_first) == pytest.approx((102, 2.2))
    assert found.at_all.high == pytest.approx(102)
    falling = _by_line(np.array([1.0, 3, 3, 3]), sizes, 1000, 2, 0.95).at_all
    assert falling.value == falling.low == 2.5
    assert falling.high > 2.5


def test_stages_of_one_title_are_added_up() -> None:
    progress = TimedProgress()
    for _ in range(2):
        with progress.stage("work", 1) as advance:
            sum(range(200_000))
            advance(1)
    progress.note("seen by nobody")
    taken = progress.stages["work"]
    assert taken.wall > 0
    assert taken.cpu > 0
    assert taken + Seconds(1, 1) - Seconds(1, 1) == Seconds(
        pytest.approx(taken.wall), pytest.approx(taken.cpu)
    )
