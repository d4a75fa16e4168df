from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from rich.console import Console

import metacompress
from metacompress.cli.app import run_command
from metacompress.errors import UsageError
from metacompress.report.terminal import planning as report
from metacompress.runs.timing import Seconds, TimedProgress
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.stats.planning import inputs_needed
from metacompress.study.check.study import run_check
from metacompress.study.check.summary import read_check
from metacompress.study.planning.pilot import _alike, _by_line, _by_ratio
from metacompress.study.planning.planning import plan_check
from metacompress.study.planning.settings import PlanConfig

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
    found = metacompress.plan(relations=relations, rates=[0.0, 0.3])
    assert [(one.tolerance, one.rate) for one in found.rates] == [(0.1, 0.0), (0.1, 0.3)]
    with pytest.raises(UsageError, match="--tolerance"):
        metacompress.plan(tolerance=0.0)
    for tolerance in (0.05, 0.9):
        rates = PlanConfig().rates_about(tolerance)
        assert list(rates) == sorted(set(rates))
        assert rates[0] == 0 < tolerance < rates[-1] <= 1
        assert tolerance not in rates


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"teacher": "mock:"}, "^a plan of a check needs .*: task, student, data$"),
        ({"rates": [1.5]}, "--rate.*1.5"),
        ({"rates": [float("nan")]}, "nan"),
        ({"power": 0.4}, "power"),
        ({"pilot": 3}, "pilot"),
    ],
)
def test_a_plan_that_cannot_be_made(given: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        metacompress.plan(**given)


def test_a_pilot_counts_what_the_check_asks(devign_file: Path, tmp_path: Path) -> None:
    given = {
        "task": TASK, "teacher": "mock:", "student": {"a": "mock:?seed=1", "b": "mock:?seed=2"},
        "data": str(devign_file), "language": "c", "transforms": "rename-identifiers",
        "relations": "prediction-agreement",
    }  # fmt: skip
    config = validated(PlanConfig, nested(PlanConfig, {**given, "pilot": 24, "rates": [0.02]}))
    finished = []
    plan = plan_check(config, finish=lambda run: finished.append(read_check(run).data.sources))
    assert finished == [2, 12, 4, 4, 4]
    run = run_check(config.check(run=str(tmp_path / "run")))
    summary, cost = read_check(run), plan.cost
    assert cost is not None
    asked = run.read_json("environment.json")["cost"]["inputs_asked"]
    assert list(cost.calls) == ["teacher", "a", "b"]
    for name, calls in cost.calls.items():
        assert calls.low <= asked[name] <= calls.high
    assert cost.variants.low <= summary.variants.made <= cost.variants.high
    assert (cost.sources, cost.pilot, cost.blocks) == (summary.data.sources, 24, 4)
    assert list(cost.stages) == [
        "loading",
        "making variants",
        "teacher",
        "a",
        "b",
        "the rest",
        "report",
    ]
    total = sum(stage.cpu.value for stage in cost.stages.values())
    assert cost.time.cpu.value == pytest.approx(total)
    assert plan.rates[0].enough is False
    console = Console(width=80, record=True)
    for table in (report._rates_table(plan.rates, 0.05), report._cost_table(cost)):
        console.print(table)
    assert max(map(len, console.export_text().splitlines())) <= 80


def test_plan_in_python_and_at_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"func": f"int f{k}(void) {{ return {k}; }}", "target": k % 2} for k in range(12)]
    given = {"task": TASK, "rates": [0.2], "pilot": 8, "relations": "prediction-agreement"}
    found = metacompress.plan("mock:", "mock:?seed=1", rows, **given)
    assert found.cost is not None
    # The pilot's blocks ask every source of theirs, and no variant.
    assert {name: calls.value for name, calls in found.cost.calls.items()} == pytest.approx(
        {"teacher": 12, "student": 12}
    )
    assert run_command(["plan", "--rate", "0.2", "--quiet"]) is None
    assert "fail" in capsys.readouterr().out


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


def test_what_is_the_same_for_any_number_of_sources() -> None:
    found = _alike(np.array([1.0, 2.0, 3.0, 2.0]), 0.95)
    # Student's t with 3 degrees of freedom: 3.182.
    half = 3.182446 * np.sqrt(2 / 3) / 2
    assert (found.low, found.value, found.high) == pytest.approx((2 - half, 2, 2 + half))


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
