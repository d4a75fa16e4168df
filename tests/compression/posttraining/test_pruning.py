from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from transformers import (
    AutoModelForSequenceClassification,
    DistilBertConfig,
    DistilBertForSequenceClassification,
)

from metacompress.compression.posttraining.pruning import prune
from metacompress.compression.posttraining.quantization import quantize
from metacompress.data.loading import load_dataset
from metacompress.errors import ModelError, UsageError
from metacompress.models.loading import load_classifier
from metacompress.settings.validation import validated
from metacompress.training.settings import (
    DistillationSettings,
    TrainingSettings,
)
from metacompress.training.training import train

if TYPE_CHECKING:
    from pathlib import Path

LAYERS, HIDDEN, HEADS, INNER = 2, 32, 4, 40
WIDTH = HIDDEN // HEADS
PROBLEMS = "demo-problem"


def settings(out: Path, **changed: object) -> dict:
    return {
        "task": PROBLEMS,
        "data": {"path": "demo", "split": "train", "language": "c"},
        "valid_split": "valid",
        "epochs": 1,
        "batch_size": 64,
        "out": str(out),
        **changed,
    }


@pytest.fixture(scope="module", params=["bert", "roberta"])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / request.param
    architecture = {
        "family": request.param,
        "layers": LAYERS,
        "hidden": HIDDEN,
        "heads": HEADS,
        "feed_forward": INNER,
        "vocabulary": 400,
        "max_length": 64,
    }
    given = settings(out, architecture=architecture, epochs=2)
    train(validated(TrainingSettings, given))
    return out


def network(directory: Path) -> torch.nn.Module:
    return AutoModelForSequenceClassification.from_pretrained(directory).eval()


def layers(of: torch.nn.Module) -> list:
    return list(of.base_model.encoder.layer)


def probabilities(model: object) -> np.ndarray:
    examples = load_dataset("demo", PROBLEMS, split="test", language="c").examples
    return load_classifier(str(model), PROBLEMS).predict(examples).probabilities


def encoder_matrices(of: torch.nn.Module) -> list[torch.Tensor]:
    return [
        weights.detach()
        for name, weights in of.named_parameters()
        if ".encoder.layer." in name and name.endswith("weight") and "LayerNorm" not in name
    ]


def logits(of: torch.nn.Module) -> torch.Tensor:
    ids = torch.randint(5, 300, (6, 40), generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        return of(input_ids=ids, attention_mask=torch.ones_like(ids)).logits


def test_neurons_that_say_nothing_can_go(model: Path, tmp_path: Path) -> None:
    idle = [range(0, INNER, 4), range(1, INNER, 4)]
    changed = network(model)
    with torch.no_grad():
        for layer, neurons in zip(layers(changed), idle, strict=True):
            layer.output.dense.weight[:, list(neurons)] = 0
    shutil.copytree(model, tmp_path / "idle")
    changed.save_pretrained(tmp_path / "idle")
    made = prune(str(tmp_path / "idle"), tmp_path / "pruned", feed_forward=0.25)
    assert made.feed_forward == INNER // 4
    smaller = network(made.out)
    assert smaller.config.intermediate_size == INNER - made.feed_forward
    for before, after, gone in zip(layers(changed), layers(smaller), idle, strict=True):
        kept = [neuron for neuron in range(INNER) if neuron not in gone]
        assert torch.equal(after.intermediate.dense.weight, before.intermediate.dense.weight[kept])
    np.testing.assert_allclose(probabilities(made.out), probabilities(tmp_path / "idle"), atol=1e-6)
    assert (made.out / "model.safetensors").stat().st_size < (
        model / "model.safetensors"
    ).stat().st_size


def test_the_least_important_neurons_go(model: Path, tmp_path: Path) -> None:
    made = prune(str(model), tmp_path / "pruned", feed_forward=0.3)
    for before, after in zip(layers(network(model)), layers(network(made.out)), strict=True):
        rows = before.intermediate.dense.weight.detach().numpy()
        biases = before.intermediate.dense.bias.detach().numpy()
        columns = before.output.dense.weight.detach().numpy()
        importance = [
            np.sqrt((rows[k] ** 2).sum() + biases[k] ** 2) * np.sqrt((columns[:, k] ** 2).sum())
            for k in range(INNER)
        ]
        kept = sorted(np.argsort(importance)[12:])
        np.testing.assert_array_equal(after.intermediate.dense.weight.detach(), rows[kept])
        np.testing.assert_array_equal(after.intermediate.dense.bias.detach(), biases[kept])
        np.testing.assert_array_equal(after.output.dense.weight.detach(), columns[:, kept])


def test_a_pruned_head_is_one_that_is_not_there(model: Path, tmp_path: Path) -> None:
    made = prune(str(model), tmp_path / "pruned", heads=0.5)
    assert made.heads == HEADS // 2
    masked, pruned = network(model), network(made.out)
    for before, after in zip(layers(masked), layers(pruned), strict=True):
        values = before.attention.self.value.weight.detach().numpy()
        biases = before.attention.self.value.bias.detach().numpy()
        columns = before.attention.output.dense.weight.detach().numpy()
        places = [range(head * WIDTH, (head + 1) * WIDTH) for head in range(HEADS)]
        importance = [
            np.sqrt((values[own] ** 2).sum() + (biases[own] ** 2).sum())
            * np.sqrt((columns[:, own] ** 2).sum())
            for own in map(list, places)
        ]
        gone = [k for head in np.argsort(importance)[:2] for k in places[head]]
        kept = [k for k in range(HIDDEN) if k not in gone]
        linears = [getattr(after.attention.self, name) for name in ("query", "key", "value")]
        for linear in linears:
            assert not linear.weight[gone].any()
            assert not linear.bias[gone].any()
            assert linear.weight[kept].all()

        # What the heads hand over, without that of the pruned ones.
        def without(_: object, given: tuple, gone: list[int] = gone) -> tuple:
            (context,) = given
            context = context.clone()
            context[..., gone] = 0
            return (context,)

        before.attention.output.dense.register_forward_pre_hook(without)
    torch.testing.assert_close(logits(pruned), logits(masked), atol=1e-6, rtol=0)
    assert not torch.allclose(logits(pruned), logits(network(model)), atol=1e-4)


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_just_the_share_of_the_smallest_weights_becomes_zero(
    model: Path, tmp_path: Path, share: float
) -> None:
    made = prune(str(model), tmp_path / "pruned", magnitude=share)
    before = torch.cat([w.flatten() for w in encoder_matrices(network(model))])
    after = torch.cat([w.flatten() for w in encoder_matrices(network(made.out))])
    assert len(before) == LAYERS * (4 * HIDDEN**2 + 2 * HIDDEN * INNER)
    assert int((after == 0).sum()) == made.weights == round(share * len(before))
    assert before[after == 0].abs().max() <= before[after != 0].abs().min()
    assert torch.equal(before[after != 0], after[after != 0])


def test_zeros_of_pruned_heads_count_as_smallest_weights(model: Path, tmp_path: Path) -> None:
    heads = prune(str(model), tmp_path / "heads", heads=0.75)
    both = prune(str(model), tmp_path / "both", heads=0.75, magnitude=0.2)
    total = sum(w.numel() for w in encoder_matrices(network(heads.out)))
    zeros = sum(int((w == 0).sum()) for w in encoder_matrices(network(heads.out)))
    assert zeros > round(0.2 * total)
    assert (both.zeros, both.weights) == (heads.zeros, round(0.2 * total))


def test_one_head_and_one_neuron_stay(model: Path, tmp_path: Path) -> None:
    made = prune(str(model), tmp_path / "pruned", heads=0.99, feed_forward=0.999)
    assert (made.heads, made.feed_forward) == (HEADS - 1, INNER - 1)
    pruned = network(made.out)
    assert pruned.config.intermediate_size == 1
    for layer in layers(pruned):
        rows = layer.attention.self.value.weight.view(HEADS, -1)
        assert int(rows.any(dim=1).sum()) == 1
    assert np.isfinite(probabilities(made.out)).all()


def test_a_pruned_model_can_be_trained_further(model: Path, tmp_path: Path) -> None:
    made = prune(str(model), tmp_path / "pruned", heads=0.5, feed_forward=0.5)
    given = settings(tmp_path / "student", model=str(made.out), teacher=str(model))
    trained = train(validated(DistillationSettings, given))
    assert trained.parameters == made.parameters
    (step,) = trained.started_from.compression
    assert step.content()["heads"] == made.heads
    before, after = network(made.out), network(tmp_path / "student")
    assert after.config.intermediate_size == INNER // 2
    for old, new in zip(layers(before), layers(after), strict=True):
        gone = old.attention.self.value.weight == 0
        assert int(gone.sum()) == HIDDEN**2 // 2
        # No gradient reaches a head that is zero on both sides.
        assert not new.attention.self.value.weight[gone].any()
        assert not torch.equal(new.attention.self.value.weight, old.attention.self.value.weight)


def test_the_card_says_what_was_done(model: Path, tmp_path: Path) -> None:
    made = prune(str(model), tmp_path / "pruned", heads=0.25, feed_forward=0.5, magnitude=0.1)
    before = json.loads((model / "card.json").read_text())
    after = json.loads((made.out / "card.json").read_text())
    (step,) = after["compression"]
    assert after | {"compression": []} == before
    assert step["shares"] == {"heads": 0.25, "feed_forward": 0.5, "magnitude": 0.1}
    assert step["parameters_before"] == before["parameters"] == made.parameters_before
    gone = LAYERS * (INNER // 2) * (2 * HIDDEN + 1)
    assert step["parameters"] == made.parameters == before["parameters"] - gone
    parameters = list(network(made.out).parameters())
    assert step["zeros"] == made.zeros == sum(int((w == 0).sum()) for w in parameters)
    readme = (made.out / "README.md").read_text()
    assert "1. Pruned: 50% of the inner neurons, 25% of the attention heads, 10%" in readme


def test_techniques_follow_each_other_on_the_card(model: Path, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    for path in model.iterdir():
        if path.is_file() and path.name != "card.json":
            shutil.copy(path, tmp_path / "bare")
    for source in (model, tmp_path / "bare"):
        pruned = prune(str(source), tmp_path / f"{source.name}-pruned", feed_forward=0.5)
        made = quantize(str(pruned.out), tmp_path / f"{source.name}-int8")
        steps = json.loads((made.out / "card.json").read_text())["compression"]
        assert [step["technique"] for step in steps] == ["pruning", "quantization"]
        readme = (made.out / "README.md").read_text()
        assert readme.index("1. Pruned") < readme.index("2. Quantised")


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({}, "nothing to prune: give --heads, --feed-forward or --magnitude"),
        ({"heads": 1.0}, "--heads 1 is outside"),
        ({"feed_forward": -0.1}, "--feed-forward -0.1 is outside"),
        ({"magnitude": float("nan")}, "--magnitude nan is outside"),
        ({"heads": 0.1}, "--heads 0.1 takes none of 4 away"),
        ({"feed_forward": 0.001}, "--feed-forward 0.001 takes none of 40 away"),
    ],
    ids=["none", "all", "negative", "nan", "no-head", "no-neuron"],
)
def test_wrong_shares_are_named(
    model: Path, tmp_path: Path, shares: dict[str, float], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        prune(str(model), tmp_path / "pruned", **shares)
    assert list(tmp_path.iterdir()) == []


def test_a_used_directory_is_refused_and_kept(model: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("notes")
    with pytest.raises(UsageError, match="there is something already"):
        prune(str(model), tmp_path, heads=0.5)
    assert (tmp_path / "mine").read_text() == "notes"
    with pytest.raises(UsageError, match="cannot be written"):
        prune(str(model), tmp_path / "mine" / "below", heads=0.5)


def test_other_models_are_named(model: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kind onnx cannot be pruned"):
        prune(f"onnx:{model}", tmp_path / "pruned", heads=0.5)
    shutil.copytree(model, tmp_path / "other")
    config = DistilBertConfig(vocab_size=400, dim=16, n_heads=2, n_layers=1, hidden_dim=16)
    DistilBertForSequenceClassification(config).save_pretrained(tmp_path / "other")
    with pytest.raises(ModelError, match=r"only BERT and RoBERTa can be pruned.*distilbert"):
        prune(str(tmp_path / "other"), tmp_path / "pruned", heads=0.5)
    assert not (tmp_path / "pruned").exists()
