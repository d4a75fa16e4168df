from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.files.ownership import remove_ours
from metacompress.training.run_files import TRAINING_FILES

if TYPE_CHECKING:
    from pathlib import Path


def test_what_a_killed_save_left_is_removed_with_its_directory(tmp_path: Path) -> None:
    for place in ("model", "checkpoints/checkpoint-3"):
        (tmp_path / place).mkdir(parents=True)
        for name in ("config.json", ".tmp0hAxLh"):
            (tmp_path / place / name).write_text("half")
    assert remove_ours(tmp_path, TRAINING_FILES) == []
    assert list(tmp_path.iterdir()) == []
