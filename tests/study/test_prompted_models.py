"""Prompted decoders in a check and in an attack, as any other models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tiny_decoders import write_decoder

from metacompress.study.attack.config import AttackConfig
from metacompress.study.attack.costs import read_attacks
from metacompress.study.attack.study import run_attacks
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.study import run_check
from metacompress.study.check.summary import read_check

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("models")
    prompt = folder / "prompt.txt"
    prompt.write_text("{program}\nIs it safe? Answer:")
    options = f"template={prompt}&labels=no,yes&correction=content-free"
    return {
        "teacher": f"causal:{write_decoder(folder / 'teacher')}?{options}",
        "student": f"causal:{write_decoder(folder / 'student', num_hidden_layers=1)}?{options}",
    }


def test_a_check_tells_what_they_cost(pair, devign_file: Path, tmp_path: Path) -> None:
    settings = {
        **pair,
        "task": "vulnerability-prediction",
        "data": {"path": str(devign_file), "limit": 12},
        "transforms": ["rename-identifiers"],
        "run": str(tmp_path / "run"),
    }
    summary = read_check(run_check(CheckConfig.model_validate(settings)))
    relations = summary.students["student"].relations
    assert relations.keys() >= {"prediction-agreement", "invariance-inheritance"}
    assert summary.variants.made > 0
    gflops = {name: model.cost.gflops for name, model in summary.models.items()}
    assert gflops["teacher"] > gflops["student"] > 0


def test_a_white_box_attack_reads_their_gradients(pair, devign_file: Path, tmp_path: Path) -> None:
    settings = {
        **pair,
        "task": "vulnerability-prediction",
        "data": {"path": str(devign_file), "limit": 4},
        "attacks": ["guided"],
        "max_queries": 30,
        "run": str(tmp_path / "run"),
    }
    summary = read_attacks(run_attacks(AttackConfig.model_validate(settings)))
    assert summary.task == "vulnerability-prediction"
    assert summary.attacks["guided"]
