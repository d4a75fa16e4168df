from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

import metacompress
from metacompress.report import attacks, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.data.dataset import Dataset


@pytest.fixture
def summary(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> dict[str, Any]:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(30),
        task="vulnerability-prediction",
        transforms=("rename-identifiers",),
        run=tmp_path / "run",
        resamples=100,
    )
    return result.summary


def rendered(summary: dict[str, Any], width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written = io.StringIO()

    def console(**options: Any) -> Console:
        return Console(file=written, width=width, force_terminal=True, color_system=None, **options)

    monkeypatch.setattr(terminal, "make_console", console)
    terminal.print_summary(summary, Path("run"))
    return written.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_every_row_ends_with_its_verdict(
    width: int, summary: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Counts of a large study need room.
    for found in summary["relations"].values():
        for part in ("sources", "follow_ups"):
            if found[part] and width > 60:
                found[part] |= {"violations": 12_345, "n": 27_318}
    lines = rendered(summary, width, monkeypatch)
    assert max(map(len, lines)) <= width
    assert "…" not in "".join(lines)
    verdicts = ("pass", "fail", "undecided")
    rows = [line for line in lines if line.rstrip().endswith(verdicts)]
    expected = [
        found[part]["verdict"]
        for found in summary["relations"].values()
        for part in ("sources", "follow_ups")
        if found[part]
    ]
    assert [row.split()[-1] for row in rows] == expected
    assert all("source" in row or "follow-up" in row for row in rows)
    if width >= 80:
        assert all("≤" in row for row in rows)


@pytest.mark.parametrize("width", [80, 100, 200])
def test_tables_of_attacks_fit_their_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    interval = [0.1234, 0.2345]
    victim = {
        "attacked": 2732,
        "valid_success_rate": 0.501,
        "valid_success_interval": interval,
        "control": {"valid_success_rate": 0.1},
        "cpu_seconds": 99.0,
        **dict.fromkeys(("accuracy", "adversarial_accuracy", "f1", "adversarial_f1"), 0.9015),
        **dict.fromkeys(("queries_mean", "queries_median", "queries_p95"), 1234.5),
        **dict.fromkeys(("distinct_mean", "identifiers_changed_mean"), 12.5),
        **dict.fromkeys(("tokens_changed_mean", "edit_distance_mean"), 123.4),
    }
    drop: dict[str, Any] = {"teacher": 0.1, "student": 0.2, "greater_drop_percent": 630.5}
    drop |= {"difference_interval": [-0.336, 0.218]}
    drops = {"accuracy_drop": drop, "f1_drop": drop}
    fooled = {role: {"rate": 1.0, "fooled": 100, "n": 100} for role in ("teacher", "student")}
    found = {"violations": 1068, "n": 10264, "rate": 0.104, "low": 0.0963, "high": 0.1115}
    attack = {
        "victims": {"teacher": victim, "student": victim},
        "paired": drops,
        "transfer": {"teacher": fooled, "student": fooled},
        "relations": {"teacher-crafted, successful": {"distribution-similarity": found}},
    }
    written = io.StringIO()
    console = Console(file=written, width=width, force_terminal=True, color_system=None)
    monkeypatch.setattr(attacks, "make_console", lambda: console)
    summary = {"warnings": [], "attacks": {"wir-random": attack}}
    attacks.print_attacks(summary, Path("runs/attack"))
    lines = written.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    text = "\n".join(lines)
    assert "…" not in text
    assert all(name in text for name in ("lost %", "interval", "queries", "rate %"))
    assert ("characters" in text) == (width > 80)


def test_eighty_columns_show_the_rate(
    summary: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(rendered(summary, 80, monkeypatch))
    assert all(name in text for name in ("rate %", "interval", "limit", "verdict"))
