from __future__ import annotations

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import AutoConfig, AutoModelForSequenceClassification

from metacompress.compression.search.cost import count, published_cost
from metacompress.data.task import CLONE_DETECTION, VULNERABILITY_PREDICTION
from metacompress.errors import UsageError
from metacompress.models.costs.encoder import Shape, exact_cost
from metacompress.training.configuration import model_configuration
from metacompress.training.settings import Architecture

CODEBERT = Shape("roberta", 50265, 768, 12, 12, 3072, 514)
PUBLISHED_STUDENT = Shape("roberta", 1000, 96, 12, 8, 64, 514)


def test_the_published_formulas_give_the_published_figures() -> None:
    teacher, student = published_cost(CODEBERT), published_cost(PUBLISHED_STUDENT)
    assert f"{teacher.parameters / 1e6:.2f}" == "125.24"
    assert f"{teacher.megabytes:.2f}" == "500.95"
    assert f"{teacher.gflops:.1f}" == "138.4"
    assert student.parameters == 765_410
    assert f"{student.gflops:.2f}" == "2.25"


@pytest.mark.parametrize("task", [VULNERABILITY_PREDICTION, CLONE_DETECTION], ids=str)
@pytest.mark.parametrize(
    "shape",
    [
        {"layers": 1, "hidden": 16, "heads": 4, "feed_forward": 24, "vocabulary": 300},
        {"layers": 3, "hidden": 48, "heads": 3, "feed_forward": 96, "vocabulary": 1000},
    ],
    ids=["small", "larger"],
)
@pytest.mark.parametrize("family", ["bert", "roberta"])
def test_exact_costs_are_those_of_the_model(task: object, shape: dict, family: str) -> None:
    architecture = Architecture(family=family, max_length=40, **shape)
    config = model_configuration(architecture, task)
    model = AutoModelForSequenceClassification.from_config(
        AutoConfig.for_model(**config), attn_implementation="eager"
    ).eval()
    length = 29
    ids = torch.full((1, length), 7)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        model(input_ids=ids, attention_mask=torch.ones_like(ids))
    cost = exact_cost(Shape.of(config), length)
    assert cost.parameters == sum(weights.numel() for weights in model.parameters())
    assert cost.flops == counter.get_total_flops()


def test_costs_of_what_is_unknown_are_refused() -> None:
    with pytest.raises(UsageError, match="gpt2"):
        Shape.of({"model_type": "gpt2"})
    with pytest.raises(UsageError, match="guessed"):
        count("guessed", CODEBERT, 10)
