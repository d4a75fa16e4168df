from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import onnx
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedTokenizerFast

from metacompress.data.loading import load_dataset
from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.models.costs.encoder import Shape, encoder_flops, exact_cost, known_shape
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.costed import Costed
from metacompress.models.protocols.filling import FillsBatches
from metacompress.models.runtime.batching import MIN_ROWS
from metacompress.models.runtime.torch_runtime import STEADY_ROWS

if TYPE_CHECKING:
    from pathlib import Path

SINGLE = "vulnerability-prediction"
PAIRS = "clone-detection"


@pytest.mark.parametrize("family", ["bert", "roberta"])
def test_operations_are_those_that_torch_counts(family: str) -> None:
    settings = {
        "vocab_size": 3000, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 48, "max_position_embeddings": 66, "pad_token_id": 1,
    }  # fmt: skip
    model = AutoModelForSequenceClassification.from_config(
        AutoConfig.for_model(family, **settings), attn_implementation="eager"
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(DEMO_MODELS / "teacher" / "tokenizer.json"),
        pad_token="<pad>", unk_token="<unk>", bos_token="<s>", eos_token="</s>",
        model_max_length=29,
    )  # fmt: skip
    classifier = load_classifier((model, tokenizer), PAIRS)
    assert isinstance(classifier, Costed)
    # Longer than the window: 29 tokens, and no padding.
    (example,) = load_dataset("demo", PAIRS, split="test", limit=1)
    with FlopCounterMode(display=False) as counter:
        classifier.predict([example])
    shape = Shape.of(model.config.to_dict())
    head = exact_cost(shape, 29).flops - encoder_flops(shape, 29)
    assert classifier.flops([example]) == [encoder_flops(shape, 29) + head]
    # The head is given whole blocks of rows.
    assert counter.get_total_flops() == encoder_flops(shape, 29) + STEADY_ROWS * head
    assert classifier.weight.parameters == sum(one.numel() for one in model.parameters())
    assert classifier.weight.bytes == 4 * classifier.weight.parameters
    assert classifier.flops([]) == []


def test_an_exported_graph_tells_its_size() -> None:
    classifier = load_classifier("demo:student", PAIRS)
    assert isinstance(classifier, Costed)
    path = DEMO_MODELS / "student" / "model.onnx"
    weights = onnx.load(path).graph.initializer
    held = sum(torch.Size(one.dims).numel() for one in weights if one.data_type == 1)
    assert classifier.weight.bytes == path.stat().st_size
    assert classifier.weight.parameters == pytest.approx(held, rel=0.01)
    examples = load_dataset("demo", PAIRS, split="test", limit=3).examples
    found = classifier.flops(examples)
    assert found is not None
    swapped = [replace(e, programs=(e.programs[0], e.programs[0])) for e in examples]
    assert found != classifier.flops(swapped)
    assert all(flops > 0 for flops in found)


def test_batches_of_few_inputs_are_filled_up() -> None:
    classifier = load_classifier("demo:student", PAIRS)
    assert isinstance(classifier, FillsBatches)
    (example,) = load_dataset("demo", PAIRS, split="test", limit=1)
    one, many = (classifier.count_tokens([example] * n) for n in (1, MIN_ROWS))
    assert (one.waste, many.waste) == (MIN_ROWS, 1)
    assert one.computed == many.computed == many.own
    assert (one + many).own == one.own + many.own
    assert classifier.count_tokens([]).waste == 1


def test_a_shape_that_is_unknown() -> None:
    assert known_shape({}) is None
    assert known_shape({"model_type": "gpt2"}) is None
    assert known_shape({"model_type": "bert"}) is None


def test_a_published_student(shared: Path) -> None:
    place = shared / "models" / "compressor_codebert_vulnerability_prediction"
    classifier = load_classifier(f"codexglue:{place}", SINGLE)
    assert isinstance(classifier, Costed)
    shape = Shape("roberta", 1000, 96, 12, 8, 64, 514)
    # Its pooler is not used, and the head is as large.
    assert classifier.weight.parameters == exact_cost(shape, 400).parameters
    data = load_dataset(shared / "data" / "devign", SINGLE, split="test", limit=1)
    long = [example.with_texts(["int f; " * 900]) for example in data]
    assert classifier.flops(long) == [exact_cost(shape, 400).flops]
