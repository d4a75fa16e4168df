"""Which output is which class: recorded columns, heads, ONNX outputs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import metacompress.models.backends.demo as demo
from metacompress.data.example import Example, Program
from metacompress.data.loading import load_dataset
from metacompress.data.task import Task
from metacompress.errors import LabelMismatchError, ModelError, PredictionError
from metacompress.lang.language import Language
from metacompress.models.backends.onnx import OnnxClassifier
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from collections.abc import Callable

CLONES, VULNERABILITY = "clone-detection", "vulnerability-prediction"
SAFE = [0.75, 0.25]


def example(name: str) -> Example:
    return Example(name, (Program("int f;", Language.C),), 0, name, (name,))


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("prob_0,prob_1", "0.75,0.25"),
        ("prob_1,prob_0", "0.25,0.75"),
        ("Prob 1,prob-0", "0.25,0.75"),
        ("probability_vulnerable,probability_safe", "0.25,0.75"),
        ("prob(vulnerable),prob(SAFE)", "0.25,0.75"),
        ("prob_label_1,prob_label_0", "0.25,0.75"),
        ("prob_class1,prob_class0", "0.25,0.75"),
        ("probs.1,problem,probs.0", "0.25,3,0.75"),
        ("prob1,prob0", "0.25,0.75"),
        ("logits_vulnerable,logits_safe", "0,1.0986122886681098"),
    ],
)
def test_recorded_columns_go_by_what_they_are_called(
    tmp_path: Path, header: str, values: str
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"id,{header}\na,{values}\n")
    found = load_classifier(f"recorded:{path}", VULNERABILITY).predict([example("a")])
    np.testing.assert_allclose(found.probabilities[0], SAFE)


def test_labels_that_are_numbers_name_columns(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("id,prob_3,prob_1,prob_2\na,0.2,0.5,0.3\n")
    task = Task("stars", 1, ("1", "2", "3"), 0, "")
    found = load_classifier(f"recorded:{path}", task).predict([example("a")])
    np.testing.assert_allclose(found.probabilities[0], [0.5, 0.3, 0.2])


@pytest.mark.parametrize(
    "header",
    [
        "prob_a,prob_b",
        "prob_safe,prob_1",
        "prob_1,prob_2",
        "prob_0,prob_0",
        "prob_0,PROB_0",
        "prob_0,prob_1,prob_2",
        "prob_0,prob_1,prob_margin",
        "prob_safe,prob_vulnerable,prob_other",
        "prob,prob_1",
        "prob_0",
        "prob_yes,prob_no",
        "prob_distinct,prob_clone",
    ],
)
def test_recorded_columns_that_do_not_say_it_are_refused(tmp_path: Path, header: str) -> None:
    path = tmp_path / "r.csv"
    count = header.count(",") + 1
    path.write_text(f"id,{header}\na,{','.join([str(1 / count)] * count)}\n")
    with pytest.raises(LabelMismatchError, match=r"do not tell the classes.*prob_0 to prob_1"):
        load_classifier(f"recorded:{path}", VULNERABILITY)


def test_columns_named_by_a_label_with_a_dash(tmp_path: Path) -> None:
    task = "demo-problem"
    dataset = load_dataset("demo", task, split="valid", language="c", limit=1)
    labels = dataset.task.labels
    order = np.random.default_rng(0).permutation(len(labels))
    p = np.arange(1, len(labels) + 1) / sum(range(1, len(labels) + 1))
    row = {"id": "a", **{f"prob_{labels[k].upper()}": p[k] for k in order}}
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps(row) + "\n")
    model = load_classifier(f"recorded:{path}", task)
    np.testing.assert_allclose(model.predict([example("a")]).probabilities[0], p)


def test_a_recording_is_known_by_all_that_it_reads(tmp_path: Path) -> None:
    np.save(tmp_path / "p.npy", [[0.25, 0.75], [1.0, 0.0]])
    ids = tmp_path / "ids.txt"

    def loaded(text: str | None) -> str:
        if text is not None:
            ids.write_text(text)
        option = "" if text is None else f"?ids={ids}"
        return load_classifier(f"recorded:{tmp_path}/p.npy{option}", VULNERABILITY).fingerprint

    assert len({loaded("x\ny\n"), loaded("y\nx\n"), loaded(None)}) == 3
    assert loaded("x\ny\n") == loaded("x\ny\n")


@pytest.fixture
def student(tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo.DEMO_MODELS / "student", tmp_path / "student"))


def _change(directory: Path, change: Callable[[Any], None], **saving: Any) -> None:
    onnx = pytest.importorskip("onnx")
    graph = onnx.load(directory / "model.onnx")
    change(graph)
    onnx.save(graph, directory / "model.onnx", **saving)


def test_external_weights_of_onnx_count(student: Path) -> None:
    before = load_classifier(f"onnx:{student}", CLONES)
    (student / "weights").mkdir()
    _change(
        student,
        lambda graph: None,
        save_as_external_data=True,
        location="weights/model.bin",
        size_threshold=1024,
    )
    outside = load_classifier(f"onnx:{student}", CLONES)
    again = load_classifier(f"onnx:{student}", CLONES)
    assert before.fingerprint != outside.fingerprint == again.fingerprint
    weights = student / "weights" / "model.bin"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 400] = bytes(400)
    weights.write_bytes(content)
    assert load_classifier(f"onnx:{student}", CLONES).fingerprint != outside.fingerprint


def _output(
    name: str, operator: str, shape: list[Any], times: int = 1, **attributes: Any
) -> Callable[..., None]:
    """Puts an operator behind the output of a graph."""

    def change(model: Any) -> None:
        from onnx import TensorProto, helper

        last = model.graph.output[0].name
        inputs = [last] * times
        if operator == "Gather":
            tensor = helper.make_tensor("chosen", TensorProto.INT64, [1], [1])
            model.graph.initializer.append(tensor)
            inputs.append("chosen")
        model.graph.node.append(helper.make_node(operator, inputs, [name], **attributes))
        del model.graph.output[:]
        model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    return change


@pytest.mark.parametrize(
    ("operator", "shape", "attributes", "message"),
    [
        ("Gather", ["n", 1], {"axis": 1}, "names 2 classes .*output has 1 columns"),
        ("Concat", ["n", 4], {"axis": 1, "times": 2}, "names 2 classes .*output has 4 columns"),
        ("Flatten", [1, "m"], {"axis": 0}, r"returned shape \(1, \d+\).*expected \(\d+, 2\)"),
        ("Concat", ["m", 2], {"axis": 0, "times": 2}, r"returned shape \(\d+, 2\) for"),
        ("Softmax", ["n", 2], {"axis": 1}, None),
    ],
)
def test_onnx_outputs_of_another_shape_are_refused(
    student: Path, operator: str, shape: list[Any], attributes: dict[str, Any], message: str | None
) -> None:
    _change(student, _output("changed", operator, shape, **attributes))
    examples = load_dataset("demo", CLONES, split="test", limit=3).examples

    if message is None:
        found = load_classifier(f"onnx:{student}", CLONES).predict(examples)
        assert found.probabilities.shape == (3, 2)
        return
    with pytest.raises(ModelError, match=message):
        load_classifier(f"onnx:{student}", CLONES).predict(examples)


@pytest.mark.parametrize("shape", [(8, 1), (1, 2), (8,), (8, 3), (2,), (8, 2, 1)], ids=str)
def test_no_output_is_stretched_to_fit(shape: tuple[int, ...]) -> None:
    class Odd(OnnxClassifier):
        def _forward(self, tensors: Any) -> Any:
            return np.zeros(shape)

    model = load_classifier("demo:student", CLONES)
    model.__class__ = Odd
    examples = load_dataset("demo", CLONES, split="test", limit=3).examples
    with pytest.raises(PredictionError, match=r"demo:student: returned shape"):
        model.predict(examples)


def test_a_head_of_more_classes_than_the_task_is_refused(student: Path, tmp_path: Path) -> None:
    config = json.loads((student / "config.json").read_text())
    labels = {"0": "distinct", "1": "clone", "2": "other"}
    (student / "config.json").write_text(json.dumps(config | {"id2label": labels}))
    with pytest.raises(LabelMismatchError, match=r"names 3 classes .*output has 2 columns"):
        load_classifier(f"onnx:{student}", CLONES)


@pytest.mark.parametrize("kind", ["codexglue", "graphcodebert"])
def test_a_published_head_of_three_classes_is_refused(kind: str, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer
    from tokenizers.models import BPE
    from transformers import RobertaConfig, RobertaForSequenceClassification

    config = RobertaConfig(
        vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=8,
        intermediate_size=8, max_position_embeddings=600, num_labels=3,
    )  # fmt: skip
    state = RobertaForSequenceClassification(config).state_dict()
    torch.save({f"encoder.{name}": value for name, value in state.items()}, tmp_path / "model.bin")
    words = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "a": 4}
    Tokenizer(BPE(words, [], unk_token="<unk>")).save(str(tmp_path / "tokenizer.json"))
    with pytest.raises(LabelMismatchError, match=r"has 3 classes, .* needs 2"):
        load_classifier(f"{kind}:{tmp_path}", VULNERABILITY)
    with pytest.raises(LabelMismatchError, match="3 classes"):
        load_classifier(f"{kind}:{tmp_path}?labels=safe,vulnerable,unknown", VULNERABILITY)


def test_a_hugging_face_head_of_three_classes_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = {name: k for k, name in enumerate(["[PAD]", "[UNK]", "int", "a", "b", "return", ";"])}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    )
    fast.save_pretrained(tmp_path)
    shape = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(vocab_size=8, intermediate_size=8, **shape)

    def saved(labels: int) -> None:
        config.num_labels = labels
        BertForSequenceClassification(config).save_pretrained(tmp_path)

    saved(3)
    with pytest.raises(LabelMismatchError, match="has 3 classes"):
        load_classifier(str(tmp_path), VULNERABILITY)
    saved(2)
    before = load_classifier(str(tmp_path), VULNERABILITY)
    (tmp_path / "card.json").write_text("{}")
    assert load_classifier(str(tmp_path), VULNERABILITY).fingerprint == before.fingerprint
    (tmp_path / "spiece.odd").write_text("a tokenizer's file")
    assert load_classifier(str(tmp_path), VULNERABILITY).fingerprint != before.fingerprint
