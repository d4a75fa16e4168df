"""What a model takes of the memory decides how many workers there are by default."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from metacompress.models.loading import memory_of_models
from metacompress.settings.workers import FEW_EXAMPLES, WorkerSettings
from metacompress.workers.in_process import InProcess

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SIZE = 3 << 30


def sparse(path: Path, size: int = SIZE) -> Path:
    """A file of that size that takes no room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.truncate(path, size)
    return path


def test_the_files_tell(tmp_path: Path) -> None:
    sparse(tmp_path / "model/model.safetensors")
    sparse(tmp_path / "model/pytorch_model.bin", SIZE // 2)
    sparse(tmp_path / "model/tokenizer.json", 1 << 40)
    file = sparse(tmp_path / "model.gguf")
    assert memory_of_models([tmp_path / "model"]) == 2 * SIZE
    assert memory_of_models([f"transformers:{tmp_path}/model?max_length=8"]) == 2 * SIZE
    assert memory_of_models([str(file)]) == 8 * SIZE
    assert memory_of_models([str(file), f"{tmp_path}/model", f"{tmp_path}/model"]) == 10 * SIZE


def test_an_adapter_takes_its_base_too(tmp_path: Path) -> None:
    sparse(tmp_path / "base/model.safetensors")
    sparse(tmp_path / "adapter/adapter_model.safetensors", 1000)
    config = json.dumps({"base_model_name_or_path": str(tmp_path / "base")})
    (tmp_path / "adapter/adapter_config.json").write_text(config)
    assert memory_of_models([tmp_path / "adapter"]) == 2 * (SIZE + 1000)


def test_what_has_no_files_takes_none(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    given = [
        "demo:teacher",
        "mock:",
        "owner/never-fetched",
        "no--name",
        tmp_path / "closed",
        len,
        "x" * 5000,
    ]
    assert memory_of_models(given) == 0


def test_a_model_of_the_hub_is_found_in_its_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    model = tmp_path / "models--owner--name"
    snapshot = model / "snapshots/abc"
    sparse(snapshot / "config.json", 2)
    (snapshot / "model.safetensors").symlink_to(sparse(model / "blobs/weights"))
    (model / "refs").mkdir()
    (model / "refs/main").write_text("abc")
    assert memory_of_models(["owner/name"]) == 2 * SIZE


def test_no_more_workers_than_there_is_memory_for() -> None:
    many = FEW_EXAMPLES + 1
    with WorkerSettings().open_executor(many, memory=1 << 60) as executor:
        assert isinstance(executor, InProcess)
    with WorkerSettings(workers=2).open_executor(many, memory=1 << 60) as executor:
        assert executor.workers == 2
