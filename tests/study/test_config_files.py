"""Configuration files that were made to take memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metacompress.errors import UsageError
from metacompress.settings.toml import read_config

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (".".join(["a"] * 20_000) + " = 1", "line 1 has more than 100 dots"),
        ("\n[" + ".".join(["a"] * 200) + "]\n", "line 2 has more than 100 dots"),
        ("#" * (2 << 20), "more than 1024 kB"),
    ],
)
def test_files_that_are_no_settings(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(content)
    with pytest.raises(UsageError, match=message):
        read_config(path)


def test_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('task = "a.b"\n[data]\npath = "../../d.jsonl"\n')
    assert read_config(path) == {"task": "a.b", "data": {"path": "../../d.jsonl"}}
