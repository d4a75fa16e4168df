"""What a compression made, in words, on the terminal, the page and the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from compressions import compress_summary

from metacompress.compression.result import _sentence
from metacompress.report.pages.compression import compression_page
from metacompress.report.tables.compression import about_student
from metacompress.report.terminal.making import print_compression
from metacompress.runs.run_directory import RunDirectory

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {"accuracy": 0.61, "agreement": 0.9}
FAILED = {"failure": "out of memory"}


def students(*found: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"seed": seed, "model": f"students/{seed}", **one} for seed, one in enumerate(found)]


@pytest.mark.parametrize(
    ("found", "words", "seeds"),
    [
        ([GOOD], "the only one", None),
        ([GOOD, GOOD, GOOD], "the median of 3 seeds", 3),
        ([GOOD, FAILED, GOOD], "the median of 2 seeds; 1 other training failed", 2),
        ([FAILED, FAILED, GOOD], "the only one; 2 other trainings failed", None),
    ],
)
def test_the_median_is_of_the_students_that_were_trained(
    found: list[dict[str, Any]],
    words: str,
    seeds: int | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    summary = compress_summary(students=students(*found))
    assert about_student(summary) == words
    print_compression(summary)
    shown = capsys.readouterr().out
    assert f"of seed 0: {words}\n" in shown
    assert shown.count(" failed: out of memory\n") == found.count(FAILED)
    page = compression_page(RunDirectory(tmp_path), summary)
    assert f"of seed 0: {words}<" in page
    assert ("Median and range" in page) is (seeds is not None)
    assert (f"Of {seeds} seeds" in _sentence(summary)) is (seeds is not None)


def test_objectives_have_units(tmp_path: Path) -> None:
    front = {"megabytes": 2.5, "gflops": 0.125, "accuracy": 0.5, "flips": 0.015}
    summary = compress_summary(front=[{"configuration": {"hidden": 64}, "objectives": front}])
    page = compression_page(RunDirectory(tmp_path), summary)
    for text in (">MB</th>", ">GFLOPs</th>", ">2.5</td>", ">50.00 %</td>", ">1.50 %</td>"):
        assert text in page
    assert "1 configuration<" in page
