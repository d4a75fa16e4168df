"""Models as people have them: decoders, T5, one logit, adapters, code of their own, exports."""

from __future__ import annotations

import json
import logging
import shutil
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tiny_models import WORDS, examples, write_model, write_tokenizer

from metacompress.errors import MetaCompressError, MissingDependencyError, ModelError
from metacompress.models.loading import load_classifier

torch = pytest.importorskip("torch")

if TYPE_CHECKING:
    from numpy.typing import NDArray

TASK = "vulnerability-prediction"


def p_of(model: object) -> NDArray[np.float64]:
    return load_classifier(model, TASK).predict(examples()).probabilities


def change(directory: Path, file: str = "config.json", **values: Any) -> None:
    path = directory / file
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def alone(directory: Path) -> NDArray[np.float64]:
    """What transformers says, input by input and without padding."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(directory).eval()
    tokenizer = AutoTokenizer.from_pretrained(directory)
    rows = []
    for one in examples():
        ids = torch.tensor([tokenizer(one.programs[0].text)["input_ids"]])
        with torch.inference_mode():
            rows.append(torch.softmax(model(input_ids=ids).logits.double(), dim=-1)[0].numpy())
    return np.array(rows)


@pytest.mark.parametrize("pad", [None, 1])
def test_a_decoder_is_read_at_its_last_token(tmp_path: Path, pad: int | None) -> None:
    write_model(tmp_path, "gpt2", pad_token_id=pad, bos_token_id=0, eos_token_id=2)
    expected = alone(tmp_path)
    assert np.ptp(expected[:, 0]) > 0.01
    np.testing.assert_allclose(p_of(tmp_path), expected, atol=1e-5)


def test_t5_loads_and_exports(tmp_path: Path) -> None:
    from metacompress.training.export import export

    model = write_model(tmp_path / "t5", "t5")
    expected = alone(model)
    np.testing.assert_allclose(p_of(model), expected, atol=1e-5)
    export(str(model), tmp_path / "onnx")
    np.testing.assert_allclose(p_of(f"onnx:{tmp_path}/onnx"), expected, atol=1e-4)


def test_an_export_says_what_its_columns_are_called(tmp_path: Path) -> None:
    from metacompress.compression.posttraining.quantization import quantize
    from metacompress.training.export import export

    model = write_model(tmp_path / "bert")
    expected = p_of(model)
    export(str(model), tmp_path / "onnx")
    names = json.loads((tmp_path / "onnx/config.json").read_text())["id2label"]
    assert names == {"0": "LABEL_0", "1": "LABEL_1"}
    np.testing.assert_allclose(p_of(f"onnx:{tmp_path}/onnx"), expected, atol=1e-5)
    # As an earlier version wrote it.
    config = json.loads((tmp_path / "onnx/config.json").read_text())
    del config["id2label"]
    (tmp_path / "onnx/config.json").write_text(json.dumps(config))
    np.testing.assert_allclose(p_of(f"onnx:{tmp_path}/onnx"), expected, atol=1e-5)
    quantize(f"onnx:{tmp_path}/onnx", tmp_path / "int8")
    assert np.abs(p_of(f"onnx:{tmp_path}/int8") - expected).max() < 0.1
    assert p_of(f"onnx:{tmp_path}/onnx?labels=vulnerable,safe")[0] == pytest.approx(
        expected[0, ::-1], abs=1e-5
    )
    optimum = tmp_path / "optimum"
    shutil.copytree(tmp_path / "onnx", optimum)
    (optimum / "onnx").mkdir()
    (optimum / "model.onnx").rename(optimum / "onnx/model.onnx")
    np.testing.assert_allclose(p_of(f"onnx:{optimum}"), expected, atol=1e-5)
    (optimum / "onnx/model.onnx").rename(optimum / "model_quantized.onnx")
    np.testing.assert_allclose(p_of(f"onnx:{optimum}"), expected, atol=1e-5)
    shutil.copy(optimum / "model_quantized.onnx", optimum / "model_a.onnx")
    (optimum / "model_quantized.onnx").rename(optimum / "model_b.onnx")
    with pytest.raises(ModelError, match=r"several graphs \(model_a.onnx, model_b.onnx\)"):
        p_of(f"onnx:{optimum}")
    np.testing.assert_allclose(p_of(f"onnx:{optimum}/model_b.onnx"), expected, atol=1e-5)


def test_one_logit_and_other_names(tmp_path: Path) -> None:
    one = write_model(tmp_path / "one", num_labels=1)
    with pytest.raises(ModelError, match=r"one logit.*\?labels=vulnerable"):
        p_of(one)
    found = p_of(f"{one}?positive=vulnerable")
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(one).eval()
    with torch.inference_mode():
        z = model(input_ids=torch.tensor([[0, 4, 5, 8, 2]])).logits[0, 0].item()
    assert found[0, 1] == pytest.approx(1 / (1 + np.exp(-z)), abs=1e-5)
    np.testing.assert_allclose(p_of(f"{one}?labels=safe"), found[:, ::-1])
    change(one, id2label={"0": "vulnerable"})
    np.testing.assert_allclose(p_of(one), found)
    gradients = load_classifier(one, TASK)
    (first,) = gradients.gradients(examples("int a ;"), [1], 0)  # type: ignore[attr-defined]
    (other,) = gradients.gradients(examples("int a ;"), [0], 0)  # type: ignore[attr-defined]
    assert np.abs(first.gradients).max() > 0
    assert not np.allclose(first.gradients, other.gradients)


def remote(directory: Path) -> Path:
    write_model(directory)
    (directory / "own.py").write_text(
        "from pathlib import Path\n"
        "from transformers import BertConfig, BertForSequenceClassification\n"
        f"Path({str(directory / 'ran')!r}).touch()\n"
        "class OwnConfig(BertConfig):\n    model_type = 'own-for-test'\n"
        "class Own(BertForSequenceClassification):\n    config_class = OwnConfig\n"
    )
    names = {"AutoConfig": "own.OwnConfig", "AutoModelForSequenceClassification": "own.Own"}
    change(directory, model_type="own-for-test", auto_map=names)
    return directory


def test_code_of_a_model_runs_only_if_it_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    model = remote(tmp_path / "own")
    monkeypatch.setattr("builtins.input", lambda *prompt: "yes")
    monkeypatch.setenv("HF_MODULES_CACHE", str(tmp_path / "modules"))
    from metacompress.data.task import TASKS
    from metacompress.training.architecture import existing_model

    for load in (
        lambda: p_of(model),
        lambda: existing_model(str(model), TASKS.get(TASK), 0),
    ):
        with pytest.raises(ModelError, match=r"would run Python code.*\?trust_remote_code=true"):
            load()
    # The tokenizer's own code is no better.
    plain = write_model(tmp_path / "plain")
    change(plain, "tokenizer_config.json", tokenizer_class="Own", auto_map={
        "AutoTokenizer": ["own.Own", None]
    })  # fmt: skip
    shutil.copy(model / "own.py", plain)
    with suppress(ModelError):
        p_of(plain)
    assert not (model / "ran").exists()
    with caplog.at_level(logging.WARNING, logger="metacompress"):
        p_of(f"{model}?trust_remote_code=true")
    assert (model / "ran").exists()
    assert "Python code of the model" in caplog.text


def adapter(directory: Path, base: Path) -> Path:
    directory.mkdir()
    settings = {"peft_type": "LORA", "base_model_name_or_path": str(base), "task_type": "SEQ_CLS"}
    (directory / "adapter_config.json").write_text(json.dumps(settings))
    return directory


def test_an_adapter_is_named_where_peft_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "peft", None)
    model = adapter(tmp_path / "lora", tmp_path / "base")
    with pytest.raises(MissingDependencyError, match=r"PEFT adapter \(LORA\) of .*base; pip inst"):
        load_classifier(model, TASK)


def test_an_adapter_is_merged_into_its_base(tmp_path: Path) -> None:
    peft = pytest.importorskip("peft")
    from transformers import AutoModelForSequenceClassification

    base = write_model(tmp_path / "base")
    model = AutoModelForSequenceClassification.from_pretrained(base)
    settings = peft.LoraConfig(
        task_type="SEQ_CLS", r=2, target_modules=["query"], init_lora_weights=False
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # peft asks for what transformers is about to rename
        adapted = peft.get_peft_model(model, settings).eval()
    with torch.no_grad():
        for name, weights in adapted.named_parameters():
            if "lora" in name or "modules_to_save" in name:
                weights.mul_(5)
    adapted.save_pretrained(tmp_path / "lora")
    with torch.inference_mode():
        logits = adapted(input_ids=torch.tensor([[0, 4, 5, 8, 2]])).logits
    expected = torch.softmax(logits.double(), dim=-1)[0].numpy()
    np.testing.assert_allclose(p_of(tmp_path / "lora")[0], expected, atol=1e-5)
    assert np.abs(p_of(base)[0] - expected).max() > 1e-3
    before = load_classifier(tmp_path / "lora", TASK).fingerprint
    change(base, layer_norm_eps=1e-3)
    assert load_classifier(tmp_path / "lora", TASK).fingerprint != before


def test_ids_beyond_the_embedding(tmp_path: Path) -> None:
    model = write_model(tmp_path / "m", vocab_size=len(WORDS) - 2)
    with pytest.raises(ModelError, match=r"token id 11 of example '2'.* embeds 10 tokens"):
        p_of(model)
    assert load_classifier(model, TASK).predict(examples("int a ;")).probabilities.shape == (1, 2)


@pytest.mark.parametrize("length", [0, -1, "many", True])
def test_lengths_that_are_none(tmp_path: Path, length: object) -> None:
    model = write_model(tmp_path)
    change(model, "tokenizer_config.json", model_max_length=length)
    with pytest.raises(MetaCompressError) as caught:
        p_of(model)
    assert "\n" not in str(caught.value)


def test_a_pickle_that_runs_code_is_refused(tmp_path: Path) -> None:
    import pickle

    class Exploit:
        def __reduce__(self) -> tuple[Any, tuple[str]]:
            return (Path.touch, (tmp_path / "ran",))  # type: ignore[return-value]

    model = write_model(tmp_path / "m")
    (model / "model.safetensors").unlink()
    (model / "pytorch_model.bin").write_bytes(pickle.dumps({"weight": Exploit()}))
    with pytest.raises(ModelError):
        p_of(model)
    assert not (tmp_path / "ran").exists()


def test_silly_sizes_cost_nothing(tmp_path: Path) -> None:
    model = write_model(tmp_path)
    change(model, num_hidden_layers=10**9)
    with pytest.raises(ModelError, match="num_hidden_layers is 1000000000"):
        p_of(model)


def test_a_model_without_tokenizer(tmp_path: Path) -> None:
    model = write_model(tmp_path)
    for path in model.glob("tokenizer*"):
        path.unlink()
    with pytest.raises(ModelError):
        p_of(model)
    write_tokenizer(model)
    p_of(model)
