"""Layouts that models of code and data flow come in, against the published steps spelled out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from graph_models import HIDDEN, byte_pairs, roberta, write_clone_model

from metacompress.data.loading import load_dataset
from metacompress.errors import ModelError, UsageError
from metacompress.models.graphcodebert.cache import Reading, read_graph
from metacompress.models.graphcodebert.dataflow.graph import Nodes
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from metacompress.data.example import Example, Program

TASK = "clone-detection"
LENGTH, FLOW = 96, 24


@pytest.fixture(scope="module")
def examples() -> Sequence[Example]:
    return load_dataset("demo", TASK, split="valid", language="java", limit=6).examples


@pytest.fixture(scope="module")
def texts(examples: Sequence[Example]) -> list[str]:
    return [program.text for example in examples for program in example.programs]


def published_vector(
    encoder: object, pieces_of: Callable[[int, str], list[int]], program: Program, free: int
) -> torch.Tensor:
    """The vector of ``<s>``, by the steps of the published programs, one loop after another."""
    graph = read_graph(program, Nodes.CONNECTED, Reading.PUBLISHED)
    pieces = [pieces_of(number, token.text) for number, token in enumerate(graph.tokens)]
    ends = np.cumsum([len(ids) for ids in pieces]).tolist()
    nodes = list(graph.nodes)
    flat = [piece for ids in pieces for piece in ids]
    flat = flat[: LENGTH - free - min(len(nodes), FLOW)]
    ids = [0, *flat, 2]
    code = len(ids)
    nodes = nodes[: LENGTH - code]
    row = {node.token: number for number, node in enumerate(nodes)}
    positions = [*range(2, 2 + code), *[0] * len(nodes)]
    ids += [3] * len(nodes)
    seen = np.zeros((len(ids), len(ids)), dtype=bool)
    seen[:code, :code] = True
    seen[0] = seen[code - 1] = True
    words = encoder.embeddings.word_embeddings(torch.tensor(ids)).clone()  # type: ignore[attr-defined]
    for number, node in enumerate(nodes):
        own = range(ends[node.token] - len(pieces[node.token]) + 1, ends[node.token] + 1)
        at = code + number
        words[at] = 0
        if own.stop < code and len(own):
            seen[at, list(own)] = seen[list(own), at] = True
            words[at] = words[list(own)].mean(dim=0)
        for source in node.sources:
            if source in row:
                seen[at, code + row[source]] = True
    mask = torch.zeros(1, 1, *seen.shape).masked_fill(~torch.from_numpy(seen), -1e9)
    with torch.no_grad():
        return encoder(  # type: ignore[operator]
            inputs_embeds=words[None],
            attention_mask=mask,
            position_ids=torch.tensor([positions]),
        ).last_hidden_state[0, 0]


def _classified(state: dict[str, torch.Tensor], vectors: torch.Tensor) -> NDArray[np.float32]:
    hidden = torch.tanh(vectors @ state["dense.weight"].T + state["dense.bias"])
    logits = hidden @ state["out_proj.weight"].T + state["out_proj.bias"]
    return logits.softmax(dim=-1).detach().numpy()


def test_published_clone_models(
    examples: Sequence[Example], texts: list[str], tmp_path: Path
) -> None:
    tokenizer = byte_pairs(texts, published=True)
    state = write_clone_model(tmp_path / "model", tokenizer)
    head = {k.removeprefix("classifier."): v for k, v in state.items() if k.startswith("classif")}
    encoder = roberta().roberta  # type: ignore[attr-defined]

    def vector(program: Program) -> torch.Tensor:
        return published_vector(encoder, lambda _, text: tokenizer.encode(text).ids, program, 3)

    expected = [
        _classified(head, torch.cat([vector(program) for program in example.programs]))
        for example in examples
    ]
    spec = f"graphcodebert:{tmp_path / 'model'}?heads=4&max_length={LENGTH}&flow_length={FLOW}"
    found = load_classifier(spec, TASK).predict(examples)
    np.testing.assert_allclose(found.probabilities, expected, atol=1e-5)
    assert np.ptp(found.probabilities[:, 0]) > 1e-3
    assert found.truncated.any()


def _write_base(directory: Path, tokenizer: Tokenizer, model: object) -> None:
    """As microsoft/graphcodebert-base is laid out: a configuration, vocabulary and merges."""
    model.config.save_pretrained(directory)  # type: ignore[attr-defined]
    torch.save(model.state_dict(), directory / "pytorch_model.bin")  # type: ignore[attr-defined]
    tokenizer.model.save(str(directory))


def test_fine_tuned_models_in_the_layout_of_graphcodebert_base(
    examples: Sequence[Example], texts: list[str], tmp_path: Path
) -> None:
    tokenizer = byte_pairs(texts, published=False)
    model = roberta(labels=44)
    model.classifier.dense.weight.data.mul_(0.2)  # type: ignore[attr-defined]
    _write_base(tmp_path, tokenizer, model)
    head = {
        name.removeprefix("classifier."): value
        for name, value in model.state_dict().items()  # type: ignore[attr-defined]
        if name.startswith("classifier.")
    }
    single = load_dataset("demo", "demo-problem", split="valid", language="java", limit=6).examples

    def pieces(number: int, text: str) -> list[int]:
        return tokenizer.encode(f" {text}" if number else text).ids

    expected = [
        _classified(head, published_vector(model.roberta, pieces, example.programs[0], 2))  # type: ignore[attr-defined]
        for example in single
    ]
    # Its config.json tells heads and the rest.
    options = f"max_length={LENGTH}&flow_length={FLOW}&nodes=connected"
    found = load_classifier(f"graphcodebert:{tmp_path}?{options}", "demo-problem").predict(single)
    np.testing.assert_allclose(found.probabilities, expected, atol=1e-6)
    assert np.ptp(found.probabilities, axis=0).max() > 1e-3


def test_an_encoder_without_a_head_is_no_classifier(texts: list[str], tmp_path: Path) -> None:
    model = roberta()
    _write_base(tmp_path, byte_pairs(texts, published=False), model)
    bare = {f"roberta.{k}": v for k, v in model.roberta.state_dict().items()}  # type: ignore[attr-defined]
    torch.save(bare, tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelError, match="no head"):
        load_classifier(f"graphcodebert:{tmp_path}", TASK)


@pytest.mark.parametrize("content", ["[]", "{", "\ud800".encode("utf-8", "surrogatepass")])
def test_a_broken_configuration_is_named(
    content: str | bytes, texts: list[str], tmp_path: Path
) -> None:
    write_clone_model(tmp_path / "model", byte_pairs(texts, published=True))
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "model" / "config.json").write_bytes(raw)
    with pytest.raises(ModelError, match=r"config\.json"):
        load_classifier(f"graphcodebert:{tmp_path / 'model'}", TASK)


def test_a_vocabulary_without_its_merges_is_no_tokenizer(texts: list[str], tmp_path: Path) -> None:
    _write_base(tmp_path, byte_pairs(texts, published=False), roberta())
    (tmp_path / "merges.txt").unlink()
    with pytest.raises(ModelError, match=r"vocab\.json: cannot be read as a tokenizer"):
        load_classifier(f"graphcodebert:{tmp_path}", TASK)


def test_padding_and_truncation_of_a_tokenizer_are_not_for_single_tokens(
    examples: Sequence[Example], texts: list[str], tmp_path: Path
) -> None:
    tokenizer = byte_pairs(texts, published=True)
    write_clone_model(tmp_path / "model", tokenizer)
    spec = f"graphcodebert:{tmp_path / 'model'}?heads=4&max_length={LENGTH}&flow_length={FLOW}"
    expected = load_classifier(spec, TASK).predict(examples).probabilities
    tokenizer.enable_padding(length=9, pad_id=1)
    tokenizer.enable_truncation(2)
    tokenizer.save(str(tmp_path / "model" / "BPE_400.json"))
    found = load_classifier(spec, TASK).predict(examples).probabilities
    np.testing.assert_array_equal(found, expected)


def test_a_silly_configuration_is_named(texts: list[str], tmp_path: Path) -> None:
    write_clone_model(tmp_path / "model", byte_pairs(texts, published=True))
    config = {"num_attention_heads": "many", "id2label": {"first": "a"}}
    (tmp_path / "model" / "config.json").write_text(json.dumps(config))
    with pytest.raises(UsageError, match="heads"):
        load_classifier(f"graphcodebert:{tmp_path / 'model'}", TASK)
    # What is given goes before it.
    assert load_classifier(f"graphcodebert:{tmp_path / 'model'}?heads=4&max_length=96", TASK)


def test_damaged_safetensors_are_named(texts: list[str], tmp_path: Path) -> None:
    write_clone_model(tmp_path / "model", byte_pairs(texts, published=True))
    (tmp_path / "model" / "model.bin").unlink()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"\x10" * HIDDEN)
    with pytest.raises(ModelError, match=r"model\.safetensors: damaged"):
        load_classifier(f"graphcodebert:{tmp_path / 'model'}", TASK)
