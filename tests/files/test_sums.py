from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.files.sums import differing, sums_of

if TYPE_CHECKING:
    from pathlib import Path


def test_files_that_differ_or_are_missing(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (tmp_path / name).write_text(name)
    (tmp_path / "inner").mkdir()
    sums = sums_of(tmp_path, but=("d",))
    assert list(sums) == ["a", "b", "c"]
    assert differing(tmp_path, sums) == []
    (tmp_path / "a").write_text("A")
    (tmp_path / "b").unlink()
    (tmp_path / "d").write_text("D")
    assert differing(tmp_path, sums) == ["a", "b"]
    assert differing(tmp_path / "nowhere", sums) == ["a", "b", "c"]
