"""Outcomes of the trainings of a compression: damaged ones count for nothing."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from metacompress.compression import trainings, worker
from metacompress.compression.trainings import OUTCOME, Training, Trainings
from metacompress.errors import RunDirectoryError
from metacompress.runs.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path


def test_a_flipped_bit_in_an_outcome_is_found(tmp_path: Path) -> None:
    path = tmp_path / OUTCOME
    assert worker.read_outcome(path) is None
    found = {"accuracy": 0.5, "agreement": 0.25}
    path.write_text(worker._sealed(found))
    assert worker.read_outcome(path) == found
    whole = path.read_bytes()
    for offset in range(len(whole)):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
        assert worker.read_outcome(path) is None


def test_a_disk_that_fills_up_is_no_failed_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another trial would be the best one in its place, and nobody would know."""
    training = Training(tmp_path / "000", {"seed": 0}, "trial")

    class Full:
        stdin = io.BytesIO()

        def __init__(self, command: list[str], **_: object) -> None:
            (tmp_path / "000" / OUTCOME).write_text(
                worker._sealed({"failure": "SafetensorError: No space left on device"})
            )

        def wait(self, seconds: float) -> int:
            return 0

    monkeypatch.setattr(trainings.subprocess, "Popen", Full)
    with pytest.raises(RunDirectoryError, match="make room"):
        Trainings(1, None, NoProgress()).run([training], "trials")
    assert json.loads((tmp_path / "000" / "job.json").read_text())["settings"]["seed"] == 0
