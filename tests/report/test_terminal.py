from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

import metacompress
from metacompress.report import terminal

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

    monkeypatch.setattr(terminal, "Console", console)
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
