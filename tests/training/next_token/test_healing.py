"""Language models that are healed: nearer to their teacher, with the zeros that pruning left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from tiny_decoders import write_decoder
from tiny_models import write_model

import metacompress
from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import DataError, MetaCompressError, ModelError, UsageError
from metacompress.models.runtime.linear_layers import linear_weights
from metacompress.report.terminal.making import print_training
from metacompress.runs.progress import NoProgress
from metacompress.training.card import command
from metacompress.training.summary import TrainSummary

if TYPE_CHECKING:
    from pathlib import Path

WINDOW = 64


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_decoder(tmp_path_factory.mktemp("teacher") / "model")


@pytest.fixture(scope="module")
def pruned(teacher: Path) -> Path:
    out = teacher.parent / "pruned"
    metacompress.prune(teacher, out, heads=0.25, magnitude=0.4)
    return out


def heal(teacher: object, model: Path, out: Path, **changed: Any) -> TrainSummary:
    given = {
        "task": "next-token",
        "split": "train",
        "valid_split": "valid",
        "language": "c",
        "limit": 48,
        "epochs": 3,
        "batch_size": 8,
        "learning_rate": 2e-3,
        "max_length": WINDOW,
        "device": "cpu",
        "data": "demo",
        **changed,
    }
    return metacompress.distill(teacher, model=model, out=out, **given)


@pytest.fixture(scope="module")
def healed(teacher: Path, pruned: Path) -> TrainSummary:
    return heal(teacher, pruned, teacher.parent / "healed")


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    return load_file(path / "model.safetensors")


def matrices(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: one for name, one in weights.items() if name.endswith("_proj.weight")}


def test_a_pruned_model_gets_nearer_to_its_teacher(healed: TrainSummary) -> None:
    before, after = healed.start_scores["valid"], healed.scores["valid"]
    assert after.kl < 0.7 * before.kl
    assert after.agreement > before.agreement
    assert before.teacher_perplexity == after.teacher_perplexity
    # At temperature 1 without a weight on the tokens, the loss is that divergence.
    assert after.loss == pytest.approx(after.kl, rel=1e-4)
    assert TrainSummary.model_validate(healed.content()) == healed


def test_a_model_that_has_become_worse_is_named_so(
    healed: TrainSummary, capsys: pytest.CaptureFixture[str]
) -> None:
    print_training(healed)
    assert "farther" not in capsys.readouterr().out
    scores = {"scores": healed.start_scores, "start_scores": healed.scores}
    print_training(healed.model_copy(update=scores))
    assert "On valid, it is farther from its teacher" in capsys.readouterr().out


def test_scores_are_those_that_fidelity_measures(
    teacher: Path, pruned: Path, healed: TrainSummary, tmp_path: Path
) -> None:
    models = {
        name: f"causal:{path}?max_length={WINDOW}"
        for name, path in {"teacher": teacher, "before": pruned, "after": healed.out}.items()
    }
    found = metacompress.fidelity(
        models.pop("teacher"), models, "demo", split="valid", language="c", report=False,
        run=tmp_path / "run",
    )  # fmt: skip
    for name, scores in {"before": healed.start_scores, "after": healed.scores}.items():
        figures, own = found.students[name].sources.figures, scores["valid"]
        assert own.kl == pytest.approx(figures.kl.mean.value, rel=1e-6)
        assert own.agreement == pytest.approx(figures.same_top.value, rel=1e-6)
    assert healed.read is not None
    assert healed.read.predicted["valid"] == len(found.tokens)


def test_zeros_stay_zero_and_the_output_matrix_tied(
    teacher: Path, pruned: Path, healed: TrainSummary
) -> None:
    before, after = weights_of(pruned), weights_of(healed.out)
    zeros = 0
    for name, weights in matrices(before).items():
        assert torch.equal(after[name] == 0, weights == 0), name
        zeros += int((weights == 0).sum())
    assert healed.kept_zeros == zeros > 0
    assert "lm_head.weight" not in after
    assert not torch.equal(after["model.embed_tokens.weight"], before["model.embed_tokens.weight"])


def test_the_card_tells_how_it_was_made(pruned: Path, healed: TrainSummary) -> None:
    assert [step.technique for step in healed.start_compression] == ["pruning"]
    assert healed.started_from is None
    readme = (healed.out / "README.md").read_text()
    assert "pipeline_tag: text-generation" in readme
    assert f"{healed.kept_zeros:,} of them zero" in readme
    assert "| valid | before |" in readme
    assert "--max-length 64" in command(healed.settings)
    assert json.loads((healed.out / "card.json").read_text())["task"] == "next-token"


class _Interrupting(NoProgress):
    """Stops a training at its second evaluation."""

    def __init__(self) -> None:
        self.evaluations = 0

    def note(self, text: str) -> None:
        self.evaluations += text.startswith("epoch")
        if self.evaluations == 2:
            raise KeyboardInterrupt


def test_an_interrupted_training_ends_where_it_would_have(
    teacher: Path, pruned: Path, healed: TrainSummary, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        heal(teacher, pruned, out, progress=_Interrupting())
    again = heal(teacher, pruned, out)
    name = "model.safetensors"
    assert (out / name).read_bytes() == (healed.out / name).read_bytes()
    assert (again.scores, again.start_scores) == (healed.scores, healed.start_scores)
    with pytest.raises(
        MetaCompressError, match=r"another training \(different: .*model_fingerprint"
    ):
        heal(teacher, write_decoder(tmp_path / "other", seed=1), out)


def test_the_control_learns_the_programs_alone(teacher: Path, pruned: Path, tmp_path: Path) -> None:
    made = heal(
        teacher, pruned, tmp_path / "out", control="hard-labels", keep="last", task=NEXT_TOKEN,
        precision="bf16",
    )  # fmt: skip
    before, after = made.start_scores["valid"], made.scores["valid"]
    assert after.perplexity < before.perplexity
    assert after.loss == pytest.approx(np.log(after.perplexity), rel=1e-4)


def test_a_rounded_model_becomes_floats_again(teacher: Path, tmp_path: Path) -> None:
    metacompress.quantize(teacher, tmp_path / "int4", bits=4, group_size=8)
    made = heal(teacher, tmp_path / "int4", tmp_path / "out", keep_zeros=False)
    assert made.scores["valid"].kl < made.start_scores["valid"].kl
    assert made.kept_zeros == 0
    zeros = [
        sum(int((one == 0).sum()) for one in matrices(weights_of(path)).values())
        for path in (tmp_path / "int4", made.out)
    ]
    assert zeros[1] == 0 < zeros[0]
    levels = [
        len(weights_of(path)["model.layers.0.mlp.up_proj.weight"][0, :8].unique())
        for path in (tmp_path / "int4", made.out)
    ]
    assert levels[1] == 8 >= levels[0]


UNFIT: dict[str, tuple[dict[str, Any], str]] = {
    "no student": ({"model": None}, "name it with --model"),
    "architecture": ({"layers": 2}, "keeps its architecture"),
    "smoothing": ({"label_smoothing": 0.1}, "leave --label-smoothing out"),
    "dropout": ({"token_dropout": 0.1}, "leave --token-dropout out"),
    "quirks": ({"faithful": "frozen-biases"}, "leave --faithful out"),
    "morph": ({"soft_loss": "cross-entropy-cosine"}, "leave --soft-loss out"),
    "random": ({"control": "random-teacher"}, "use --control hard-labels"),
    "missing": ({"missing": "skip"}, "leave --missing out"),
    "classes": ({"labels": "a,b"}, "leave --labels out"),
    "average": ({"average": 0.5}, "add --keep last"),
    "recorded": ({"teacher": "recorded:answers.csv"}, "unknown kind of model 'recorded'"),
    "states": ({"teacher": "states:."}, "name the model itself"),
    "object": ({"teacher": len}, "save it, and name its directory"),
}


@pytest.mark.parametrize(("changed", "message"), UNFIT.values(), ids=UNFIT)
def test_settings_without_a_meaning_are_refused(
    changed: dict[str, Any], message: str, tmp_path: Path
) -> None:
    given = {"teacher": str(tmp_path), "model": tmp_path, **changed}
    with pytest.raises(UsageError, match=message):
        heal(given.pop("teacher"), given.pop("model"), tmp_path / "out", **given)
    assert not (tmp_path / "out").exists()


def test_unfit_models_are_refused(teacher: Path, pruned: Path, tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    classifier = write_model(tmp_path / "classifier")
    for first, second in ((teacher, classifier), (classifier, pruned)):
        with pytest.raises(ModelError, match="not a causal language model"):
            heal(first, second, tmp_path / "out")
    with pytest.raises(ModelError, match="holds the weights of the teacher"):
        heal(teacher, teacher, tmp_path / "out")
    with pytest.raises(UsageError, match="is trained in float32"):
        heal(teacher, f"causal:{pruned}?dtype=bfloat16", tmp_path / "out")  # type: ignore[arg-type]
    gpt2 = write_decoder(tmp_path / "gpt2", "gpt2")
    with pytest.raises(ModelError, match=r"other tokens than the teacher.*made of as --teacher"):
        heal(teacher, gpt2, tmp_path / "special")
    tokenizer = AutoTokenizer.from_pretrained(gpt2)
    tokenizer.add_tokens(["more"])
    tokenizer.save_pretrained(gpt2)
    with pytest.raises(ModelError, match=r"tokenizer is not the teacher's.*made of as --teacher"):
        heal(teacher, gpt2, tmp_path / "out")
    with pytest.raises(UsageError, match="metacompress distill --task next-token"):
        metacompress.train("demo", task="next-token", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_data_without_tokens_are_refused(teacher: Path, pruned: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    given = {"data": data, "split": None, "valid_split": None, "limit": None}
    data.write_text("")
    with pytest.raises(DataError, match="no usable example"):
        heal(teacher, pruned, tmp_path / "out", **given)
    # A GPT-2 reads them as one token, and the first token of a text is not predicted.
    gpt2 = write_decoder(tmp_path / "gpt2", "gpt2")
    student = write_decoder(tmp_path / "student", "gpt2", seed=1)
    rows = [{"id": str(row), "code": letter, "language": "c"} for row, letter in enumerate("abcd")]
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(DataError, match="no program of the part train has a token to predict"):
        heal(gpt2, student, tmp_path / "out", **given)


def test_a_rate_that_ruins_the_model_is_told(teacher: Path, pruned: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no longer finite after step \d+; lower --learning-rate"):
        heal(teacher, pruned, tmp_path / "out", learning_rate=1e30, epochs=1)


def test_classifiers_keep_their_zeros_too(tmp_path: Path) -> None:
    from transformers import AutoModelForSequenceClassification

    model = write_model(tmp_path / "model")
    metacompress.prune(model, tmp_path / "pruned", magnitude=0.5)
    made = metacompress.train(
        "demo", task="demo-problem", model=tmp_path / "pruned", split="train",
        limit=16, epochs=1, batch_size=4, learning_rate=1e-2, keep="last", out=tmp_path / "out",
        device="cpu",
    )  # fmt: skip
    before, after = (
        {
            name: weights
            for name, weights, _ in linear_weights(
                AutoModelForSequenceClassification.from_pretrained(path).base_model
            )
        }
        for path in (tmp_path / "pruned", made.out)
    )
    zeros = {name: one == 0 for name, one in before.items()}
    assert made.kept_zeros == sum(int(one.sum()) for one in zeros.values()) > 0
    assert all((after[name][gone] == 0).all() for name, gone in zeros.items())
    assert any((after[name] != one).any() for name, one in before.items())
