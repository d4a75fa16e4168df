from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metacompress.errors import RunDirectoryError, UsageError
from metacompress.files import room
from metacompress.files.room import is_full, reporting_full_disk

if TYPE_CHECKING:
    from pathlib import Path


def test_a_full_disk_is_known_by_errno_by_words_and_by_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "not" / "there"
    assert is_full(place, OSError(28, "No space left on device"))
    assert is_full(place, OSError(122, "Disk quota exceeded"))
    assert is_full(place, "SafetensorError: I/O error: No space left on device (os error 28)")
    assert not is_full(place, RuntimeError("iostream error"))
    monkeypatch.setattr(room, "_free", lambda path: 0)
    assert is_full(place, RuntimeError("iostream error"))


def test_only_what_a_full_disk_raised_is_reported_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyError), reporting_full_disk(tmp_path):
        raise KeyError
    monkeypatch.setattr(room, "_free", lambda path: 0)
    with (
        pytest.raises(RunDirectoryError, match=r"No space left.*make room"),
        reporting_full_disk(tmp_path),
    ):
        raise RuntimeError
    with pytest.raises(UsageError), reporting_full_disk(tmp_path):
        raise UsageError("ours")
