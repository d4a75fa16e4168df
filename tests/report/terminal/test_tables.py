from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

import metacompress
from metacompress.data.part import Part
from metacompress.models.naming.role import Role
from metacompress.report.terminal import attacks
from metacompress.report.terminal import check as on_terminal
from metacompress.stats.verdict import Verdict
from metacompress.study.attack.summary import (
    AttackedData,
    AttackMeasures,
    AttackSummary,
    ControlSummary,
    DropSummary,
    PairedSummary,
    TransferSummary,
    VictimSummary,
)
from metacompress.study.check.summary import CheckSummary
from metacompress.study.judged import JudgedPart

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.data.dataset import Dataset


@pytest.fixture
def summary(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> CheckSummary:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(30),
        task="vulnerability-prediction",
        transforms=("rename-identifiers",),
        run=tmp_path / "run",
        report=False,
    )
    return result.summary


def rendered(summary: CheckSummary, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written = io.StringIO()

    def console(**_: Any) -> Console:  # a terminal: what is for files means nothing
        return Console(file=written, width=width, force_terminal=True, color_system=None)

    monkeypatch.setattr(on_terminal, "make_console", console)
    on_terminal.print_summary(summary, Path("run/report.html"))
    return written.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_every_row_ends_with_its_verdict(
    width: int, summary: CheckSummary, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Counts of a large study need room.
    content = summary.content()
    for found in content["students"]["student"]["relations"].values():
        for part in Part:
            if found[part] and width > 60:
                found[part] |= {"violations": 12_345, "inputs": 27_318}
    summary = CheckSummary.model_validate(content)
    lines = rendered(summary, width, monkeypatch)
    assert max(map(len, lines)) <= width
    assert "…" not in "".join(lines)
    verdicts = ("pass", "fail", "undecided", "–")
    rows = [
        line
        for line in lines
        if line.rstrip().endswith(verdicts) and ("source" in line or "follow-up" in line)
    ]
    expected = [
        judged.verdict or "–" for found in summary.relations.values() for _, judged in found.parts()
    ]
    assert [row.split()[-1] for row in rows] == expected
    assert all("source" in row or "follow-up" in row for row in rows)
    if width >= 80:
        assert all("≤" in row or "±" in row for row in rows)


@pytest.mark.parametrize("width", [80, 100, 200])
def test_tables_of_attacks_fit_their_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = VictimSummary(
        n=2732,
        attacked=2732,
        succeeded=1369,
        success_rate=0.501,
        valid_success_rate=0.501,
        valid_success_interval=(0.1234, 0.2345),
        refused_flips=0,
        stopped={"finished": 2732},
        control=ControlSummary(
            succeeded=273, valid_success_rate=0.1, only_attack=1, only_control=1
        ),
        cpu_seconds=99.0,
        **dict.fromkeys(("accuracy", "adversarial_accuracy", "accuracy_drop"), 0.9015),
        **dict.fromkeys(("f1", "adversarial_f1", "f1_drop"), 0.9015),
        **dict.fromkeys(("queries_mean", "queries_median", "queries_p95"), 1234.5),
        **dict.fromkeys(("distinct_mean", "gradients_mean", "identifiers_changed_mean"), 12.5),
        **dict.fromkeys(("tokens_changed_mean", "edit_distance_mean"), 123.4),
    )
    drop = DropSummary(
        teacher=0.1,
        student=0.2,
        difference=0.1,
        difference_interval=(-0.336, 0.218),
        greater_drop_interval=(-12.5, 1240.5),
        greater_drop_percent=630.5,
    )
    tried = dict.fromkeys(Role, TransferSummary(n=100, fooled=100, rate=1.0))
    judged = JudgedPart(
        value=0.104,
        low=0.0963,
        high=0.1115,
        least=None,
        most=0.05,
        unit="share of inputs",
        is_rate=True,
        verdict=Verdict.FAIL,
        p_pass=1.0,
        p_fail=1e-9,
        confidence=0.95,
        violations=1068,
        inputs=10264,
        magnitude_mean=0.01,
        magnitude_p95=0.2,
        sources=2732,
        clusters=2732,
        effective=6012.5,
        decided_below=0.04,
        decided_above=0.06,
    )
    attack = AttackMeasures(
        name="wir-random",
        constants={},
        victims=dict.fromkeys(Role, victim),
        paired=PairedSummary(accuracy_drop=drop, f1_drop=drop, success_rate=None),
        transfer=dict.fromkeys(Role, tried),
        relations={"teacher-crafted, successful": {"distribution-similarity": judged}},
    )
    data = AttackedData(
        source="memory", examples=2732, labelled=2732, groups=2732, quarantined=0, skipped=0
    )
    summary = AttackSummary(
        warnings=[],
        task="vulnerability-prediction",
        attacks={"wir-random": attack},
        data=data,
        config={},
        run=Path("runs/attack"),
    )
    written = io.StringIO()
    console = Console(file=written, width=width, force_terminal=True, color_system=None)
    monkeypatch.setattr(attacks, "make_console", lambda **_: console)
    attacks.print_attacks(summary)
    lines = written.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    text = "\n".join(lines)
    assert "…" not in text
    assert all(name in text for name in ("lost %", "interval", "queries", "value %"))
    assert ("characters" in text) == (width > 80)


def test_eighty_columns_show_the_rate(
    summary: CheckSummary, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(rendered(summary, 80, monkeypatch))
    assert all(name in text for name in ("value %", "interval", "limit %", "verdict"))
