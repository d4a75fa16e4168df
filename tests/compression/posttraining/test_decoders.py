"""Language models of fewer bits, and without some of their parts, against computations by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_decoders import write_decoder, write_gguf
from transformers import AutoModelForCausalLM, AutoTokenizer

import metacompress
from metacompress.compression.posttraining.decoder_layers import layers_of
from metacompress.compression.posttraining.rounding import round_to_nearest
from metacompress.errors import ModelError, UsageError
from metacompress.models.next_token.loading import language_model_spec, load_language_model

if TYPE_CHECKING:
    from pathlib import Path


def loaded(path: Path) -> torch.nn.Module:
    return AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32)


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_decoder(tmp_path_factory.mktemp("teacher") / "model", num_hidden_layers=4)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(1, 4),
    width=st.integers(1, 70),
    bits=st.sampled_from([4, 8]),
    group=st.sampled_from([None, 1, 8, 32]),
    seed=st.integers(0, 9),
)
def test_rounding_is_that_of_each_group(
    rows: int, width: int, bits: int, group: int | None, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=(rows, width)).astype(np.float32)
    weights[0, : width // 3] = 0
    found = round_to_nearest(torch.from_numpy(weights), bits, group)
    levels, size, taken = 2 ** (bits - 1) - 1, group or width, 0
    for row in range(rows):
        for start in range(0, width, size):
            piece = weights[row, start : start + size]
            scale = np.float32(np.float16(np.abs(piece).max() / np.float32(levels)))
            made = found.weights[row, start : start + size].numpy()
            taken += bits * len(piece) + 16
            if scale == 0:
                assert (made == 0).all()
                continue
            numbers = made / scale
            assert np.abs(numbers - np.rint(numbers)).max() < 1e-3
            assert np.abs(numbers).max() <= levels + 1e-3
            # The nearest one, but for what the scale's own rounding cuts off at the ends.
            assert np.abs(made - piece).max() <= scale * (0.5 + levels * 2**-11) + 1e-7
    assert found.bits == taken


def test_not_finite_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        round_to_nearest(torch.tensor([[1.0, float("nan")]]), 8, None)
    with pytest.raises(ValueError, match="too large"):
        round_to_nearest(torch.tensor([[1e9, 0.0]]), 8, None)


@pytest.mark.parametrize(("bits", "group", "stated"), [(8, None, None), (4, None, 128), (4, 8, 8)])
def test_a_language_model_is_quantised(
    teacher: Path, tmp_path: Path, bits: int, group: int | None, stated: int | None
) -> None:
    made = metacompress.quantize(teacher, tmp_path / "out", bits=bits, group_size=group)
    assert (made.bits, made.group_size) == (bits, stated)
    before, after = (dict(loaded(path).named_parameters()) for path in (teacher, tmp_path / "out"))
    rounded = bits_taken = 0
    for name, weights in before.items():
        if "proj" not in name:
            assert torch.equal(after[name], weights), name
            continue
        found = round_to_nearest(weights.detach(), bits, stated)
        assert torch.equal(after[name], found.weights), name
        rounded += weights.numel()
        bits_taken += found.bits
    total = sum(one.numel() for one in before.values())
    assert (made.rounded, made.parameters) == (rounded, total)
    assert made.bytes_before == 2 * total
    assert made.bytes == -(-bits_taken // 8) + 2 * (total - rounded)
    assert 0 < made.largest_difference <= 1
    card = json.loads((tmp_path / "out" / "card.json").read_text())
    assert card["compression"][0]["technique"] == "weight-only quantization"
    assert "dequantised" in (tmp_path / "out" / "README.md").read_text()
    assert load_language_model(language_model_spec(tmp_path / "out")).max_length == 256


@pytest.mark.parametrize(
    ("make", "changed"), [(metacompress.quantize, {"bits": 4}), (metacompress.prune, {"layers": 1})]
)
def test_a_gguf_file_is_compressed(
    teacher: Path, tmp_path: Path, make: Any, changed: dict[str, int]
) -> None:
    pytest.importorskip("gguf")
    path = tmp_path / "model.gguf"
    write_gguf(loaded(teacher), AutoTokenizer.from_pretrained(teacher), path)
    make(model=str(path), out=tmp_path / "of-file", **changed)
    make(model=str(teacher), out=tmp_path / "of-directory", **changed)
    ids = torch.arange(20)[None]
    found, expected = (
        loaded(tmp_path / name)(input_ids=ids).logits for name in ("of-file", "of-directory")
    )
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-5)


def test_fewer_bits_are_further_off(teacher: Path, tmp_path: Path) -> None:
    """And finer groups of as many bits are nearer."""
    schemes = [(8, None), (4, 8), (4, 128)]
    off = []
    model = loaded(teacher)
    for bits, group in schemes:
        out = tmp_path / f"{bits}-{group}"
        metacompress.quantize(f"causal:{teacher}", out, bits=bits, group_size=group)
        pairs = zip(model.parameters(), loaded(out).parameters(), strict=True)
        off.append(sum(((a - b).detach() ** 2).sum().item() for a, b in pairs))
    assert 0 < off[0] < off[1] < off[2]


def test_gpt2_has_its_inputs_in_rows(tmp_path: Path) -> None:
    teacher = write_decoder(tmp_path / "teacher", "gpt2")
    metacompress.quantize(teacher, tmp_path / "out", bits=4, group_size=8)
    name = "transformer.h.0.mlp.c_fc.weight"
    before, after = (loaded(path).get_parameter(name) for path in (teacher, tmp_path / "out"))
    assert torch.equal(after, round_to_nearest(before.detach().T, 4, 8).weights.T)


# Llama 4 has the inputs of its experts in rows, Qwen their outputs.
@pytest.mark.parametrize(("family", "in_rows"), [("qwen2_moe", False), ("llama4_text", True)])
def test_the_weights_of_experts_are_rounded_and_pruned(
    family: str, in_rows: bool, tmp_path: Path
) -> None:
    teacher = write_decoder(tmp_path / "teacher", family)
    metacompress.quantize(teacher, tmp_path / "int4", bits=4, group_size=8)
    made = metacompress.prune(teacher, tmp_path / "sparse", magnitude=0.5)
    before, rounded, sparse = (
        {name: one.detach() for name, one in loaded(path).named_parameters() if "experts" in name}
        for path in (teacher, tmp_path / "int4", tmp_path / "sparse")
    )
    experts = {name: one for name, one in before.items() if one.dim() == 3}
    assert experts
    for name, weights in experts.items():
        for number, matrix in enumerate(weights):
            given, found = (one.T if in_rows else one for one in (matrix, rounded[name][number]))
            assert torch.equal(found, round_to_nearest(given, 4, 8).weights), name
        assert 0.3 < float((sparse[name] == 0).float().mean()) < 0.7
    assert made.weights > sum(one.numel() for one in experts.values()) / 3


def test_layers_that_change_little_are_removed(teacher: Path, tmp_path: Path) -> None:
    """Two layers are made to change next to nothing: these go, and what stays answers alike."""
    model, idle = loaded(teacher), tmp_path / "idle"
    with torch.no_grad():
        for number in (1, 2):
            layer = model.base_model.layers[number]
            layer.self_attn.o_proj.weight.mul_(1e-6)
            layer.mlp.down_proj.weight.mul_(1e-6)
    model.save_pretrained(idle)
    AutoTokenizer.from_pretrained(teacher).save_pretrained(idle)
    made = metacompress.prune(idle, tmp_path / "out", layers=2)
    assert made.layers == [1, 2]
    pruned = loaded(tmp_path / "out")
    assert pruned.config.num_hidden_layers == 2
    assert made.parameters == sum(one.numel() for one in pruned.parameters())
    assert made.parameters < made.parameters_before
    ids = torch.tensor([[5, 9, 33, 60]])
    with torch.inference_mode():
        expected, found = (one(input_ids=ids).logits for one in (model, pruned))
        again = pruned.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=3)
    assert torch.allclose(expected, found, atol=1e-3)
    assert again.shape == (1, 7)
    with pytest.raises(UsageError, match="one has to stay"):
        metacompress.prune(idle, tmp_path / "none", layers=4)


@pytest.mark.parametrize("family", ["qwen2_moe", "deepseek_v3", "llama4_text"])
def test_settings_about_layers_change_with_them(family: str, tmp_path: Path) -> None:
    """Their layers are of two kinds, and the settings say by numbers which is which."""
    path = write_decoder(tmp_path / "model", family, num_hidden_layers=4)
    model = loaded(path)
    with torch.no_grad():
        for weights in layers_of(model, family)[0].parameters():
            weights.mul_(1e-6)
    model.save_pretrained(path)
    assert metacompress.prune(path, tmp_path / "out", layers=1).layers == [0]
    pruned, ids = loaded(tmp_path / "out"), torch.tensor([[5, 9, 33, 60]])
    with torch.inference_mode():
        expected, found = (one(input_ids=ids, use_cache=False).logits for one in (model, pruned))
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-3)


@pytest.mark.parametrize(
    ("family", "given"),
    # The one is another model in memory, the other one only when it is loaded again.
    [("gpt2", {"scale_attn_by_inverse_layer_idx": True}), ("diffllama", {})],
)
def test_layers_that_compute_with_their_number_stay(
    family: str, given: dict[str, bool], tmp_path: Path
) -> None:
    path = write_decoder(tmp_path / "model", family, **given)
    model = loaded(path)
    with torch.no_grad():
        for weights in layers_of(model, family)[0].parameters():
            weights.mul_(1e-6)
    model.save_pretrained(path)
    with pytest.raises(ModelError, match="depends on its number"):
        metacompress.prune(path, tmp_path / "out", layers=1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("gone", "writes"), [(0, True), (1, False)])
def test_a_model_that_wrote_text_still_does(gone: int, writes: bool, tmp_path: Path) -> None:
    """What is kept of the text while writing has its length from a layer of attention."""
    kinds = ["conv", "full_attention", "conv", "conv"]
    path = write_decoder(tmp_path / "model", "lfm2", num_hidden_layers=4, layer_types=kinds)
    model = loaded(path)
    with torch.no_grad():
        for weights in layers_of(model, "lfm2")[gone].parameters():
            weights.mul_(1e-6)
    model.save_pretrained(path)
    if not writes:
        with pytest.raises(ModelError, match="cannot write text without the layers"):
            metacompress.prune(path, tmp_path / "out", layers=1)
        assert not (tmp_path / "out").exists()
        return
    assert metacompress.prune(path, tmp_path / "out", layers=1).layers == [gone]
    ids = torch.tensor([[5, 9, 33]])
    pruned = loaded(tmp_path / "out")
    assert pruned.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=2).shape[1] > 3


def test_heads_neurons_and_weights_are_pruned(teacher: Path, tmp_path: Path) -> None:
    made = metacompress.prune(teacher, tmp_path / "out", heads=0.25, feed_forward=0.5)
    assert (made.layers, made.heads, made.feed_forward) == ([], 1, 32)
    before, after = loaded(teacher), loaded(tmp_path / "out")
    assert after.config.intermediate_size == 32
    for old, new in zip(before.base_model.layers, after.base_model.layers, strict=True):
        columns = new.self_attn.o_proj.weight.view(32, 4, 8)
        gone = [head for head in range(4) if (columns[:, head] == 0).all()]
        assert len(gone) == 1
        was = old.self_attn.o_proj.weight.detach().view(32, 4, 8)
        values = old.self_attn.v_proj.weight.detach().view(2, -1).norm(dim=1)
        importance = [float(was[:, head].norm() * values[head // 2]) for head in range(4)]
        assert int(np.argmin(importance)) == gone[0]
        rows = {tuple(row.tolist()) for row in old.mlp.gate_proj.weight}
        assert {tuple(row.tolist()) for row in new.mlp.gate_proj.weight} <= rows
    metacompress.prune(teacher, tmp_path / "sparse", magnitude=0.4)
    sparse = [
        module.weight
        for name, module in loaded(tmp_path / "sparse").named_modules()
        if name.endswith("_proj")
    ]
    zeros = sum(int((one == 0).sum()) for one in sparse)
    assert zeros == round(0.4 * sum(one.numel() for one in sparse))


def test_unfit_requests_are_refused(teacher: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="nothing to prune"):
        metacompress.prune(teacher, out)
    with pytest.raises(UsageError, match="leave \\?dtype= out"):
        metacompress.quantize(f"causal:{teacher}?dtype=bfloat16", out)
    with pytest.raises(UsageError, match="classifiers are quantised to 8 bits"):
        metacompress.quantize("onnx:classifier", out, bits=4)
    with pytest.raises(UsageError, match="--layers is for causal language models"):
        metacompress.prune("onnx:classifier", out, layers=1)
    gpt2 = write_decoder(tmp_path / "gpt2", "gpt2")
    with pytest.raises(ModelError, match="only whole layers and single weights"):
        metacompress.prune(gpt2, out, heads=0.5)
    assert not out.exists()
