"""A Python object in a file: ``python:path/to/file.py:name``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.tiny_models import examples

from metacompress.errors import ModelError, UsageError
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "def even(texts):\n    return [[0.5, 0.5] for _ in texts]\n"
TASK = "vulnerability-prediction"


@pytest.fixture(autouse=True)
def _imports_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))


def test_a_file_is_imported_from_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "its:place"
    directory.mkdir()
    (directory / "own_even.py").write_text(SOURCE)
    monkeypatch.chdir(tmp_path)
    for place in ("its:place/own_even.py", str(directory / "own_even.py")):
        model = load_classifier(f"python:{place}:even", TASK)
        assert model.predict(examples()).probabilities[0, 0] == 0.5


@pytest.mark.parametrize(
    ("place", "error", "reason"),
    [
        ("no_such_file.py:even", ModelError, "no such file"),
        ("json.py:even", UsageError, "rename the file"),
        ("own_broken.py:even", ModelError, "raised ZeroDivisionError"),
        ("own_even.py:odd", UsageError, "has no 'odd'"),
        ("own_even.py", UsageError, "FILE.py:ATTRIBUTE"),
    ],
)
def test_what_cannot_be_imported_is_refused(
    place: str,
    error: type[Exception],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("json.py", "own_even.py"):
        (tmp_path / name).write_text(SOURCE)
    (tmp_path / "own_broken.py").write_text("1 / 0\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=reason):
        load_classifier(f"python:{place}", TASK)
