"""A teacher, two students, and a finished study of them, once for all tests here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fidelity_studies import settings, write_programs
from tiny_decoders import write_decoder

from metacompress.study.fidelity.study import run_fidelity

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


@pytest.fixture(scope="session")
def decoders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A teacher, the same weights a little off, and others."""
    import torch
    from transformers import AutoModelForCausalLM

    directory = tmp_path_factory.mktemp("decoders")
    found = {
        name: write_decoder(directory / name, seed=seed)
        for name, seed in (("teacher", 0), ("near", 0), ("other", 1))
    }
    model = AutoModelForCausalLM.from_pretrained(found["near"])
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weights in model.parameters():
            weights.mul_(1 + 1e-4 * torch.randn(weights.shape, generator=generator))
    model.save_pretrained(found["near"])
    return found


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_programs(tmp_path_factory.mktemp("programs") / "programs.jsonl")


@pytest.fixture(scope="session")
def finished(
    decoders: dict[str, Path], programs: Path, tmp_path_factory: pytest.TempPathFactory
) -> RunDirectory:
    run = tmp_path_factory.mktemp("runs") / "run"
    return run_fidelity(settings(decoders, programs, run=str(run)))
