from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

import metacompress
from metacompress.data.part import Part
from metacompress.report.check.loss import loss_statement
from metacompress.report.check.slices import about_slices, shown_slices
from metacompress.report.terminal import check as on_terminal
from metacompress.study.check.readings.slicing import Slices, SliceSummary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset
    from metacompress.study.check.summary import CheckSummary


def of_slice(name: str, log_e: float, kind: str = "construct") -> SliceSummary:
    return SliceSummary(
        relation="new-disagreement",
        part=Part.FOLLOW_UPS,
        kind=kind,
        name=name,
        inputs=300,
        sources=90,
        violations=30,
        rate=0.123,
        low=0.1,
        high=0.15,
        elsewhere=0.045,
        share_of_inputs=0.25,
        share_of_violations=0.625,
        log_e=log_e,
    )


def slices(*found: SliceSummary, combinations: tuple[SliceSummary, ...] = ()) -> Slices:
    return Slices(
        false_discovery_rate=0.1,
        tested=60,
        found=list(found),
        combinations_tested=5,
        combinations=list(combinations),
    )


LONGEST = "predicted vulnerable, conditional expressions, not over 12290 characters"
MANY = slices(
    of_slice("loops", 9),
    of_slice("loops", 8),
    *(of_slice(f"slice {k}", 7 - k / 10) for k in range(9)),
    combinations=(of_slice(LONGEST, 8.5, "combination"),),
)


@pytest.fixture
def result(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> metacompress.CheckResult:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(30),
        task="vulnerability-prediction",
        run=tmp_path / "run",
        report=False,
    )
    student = result.students["student"].model_copy(update={"slices": MANY})
    result.summary = result.summary.model_copy(update={"students": {"student": student}})
    return result


def printed(summary: CheckSummary, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written = io.StringIO()

    def console(**_: Any) -> Console:  # a terminal: what is for files means nothing
        return Console(file=written, width=width, force_terminal=True, color_system=None)

    monkeypatch.setattr(on_terminal, "make_console", console)
    on_terminal.print_summary(summary, None)
    return written.getvalue().splitlines()


def test_few_slices_are_shown_each_once_the_clearest_first() -> None:
    shown = [one.name for one in shown_slices(MANY)]
    assert shown == ["loops", LONGEST, *(f"slice {k}" for k in range(6))]
    assert shown_slices(slices()) == []


def test_what_is_said_of_slices() -> None:
    assert about_slices(slices(), None) == "None of 60 slices stands out."
    said = about_slices(MANY, "small")
    assert said.startswith("small: 11 of 60 slices and 1 of 5 combinations stand out")
    assert "10 %" in said


@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_slice_keeps_its_rate_on_any_terminal(
    width: int, result: metacompress.CheckResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = printed(result.summary, width, monkeypatch)
    assert max(map(len, lines)) <= width
    start = lines.index(next(line for line in lines if line.startswith("Where it parts")))
    table = lines[start:]
    assert sum(line.startswith((" loops", " slice ")) for line in table) >= 7
    assert any("12.30" in line and line.startswith(" loops") for line in table)
    if width == 120:
        assert any("62.50" in line and "new-disagreement" in line for line in table)


def test_the_page_and_the_loss_statement_tell_the_clearest_slices(
    result: metacompress.CheckResult,
) -> None:
    page = result.to_html()
    assert "Slices that stand out" in page
    assert LONGEST in page
    assert "slice 8" not in page
    where = {one.title: one.sentences for one in loss_statement(result.students["student"])}
    assert len(where["Where"]) == 3
    assert where["Where"][0].startswith("loops: 12.30 % violate new-disagreement on follow-ups")
