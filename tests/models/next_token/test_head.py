"""Distributions by position against the logits of transformers, for heads of many kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from tiny_decoders import write_decoder
from transformers import AutoModelForCausalLM

from metacompress.models.next_token.kept_states import KeepingModel
from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.loading import language_model_spec
from metacompress.models.next_token.measures import log_likelihoods

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["int f(int a) { return a; }", "x", "while (count < total) count++;\n" * 5]


# Scaled, capped, with a bias, without a base model of its own; MPT reads no more than it says.
# Gemma scales its embeddings by a number that half precision would round.
@pytest.mark.parametrize(
    ("family", "stored"),
    [
        *((one, "float32") for one in ("cohere", "falcon_h1", "granite", "llama4_text", "mpt")),
        ("gemma2", "bfloat16"),
        ("phi", "float16"),
    ],
)
def test_distributions_are_those_of_transformers(family: str, stored: str, tmp_path: Path) -> None:
    path = write_decoder(tmp_path / "model", family)
    theirs = AutoModelForCausalLM.from_pretrained(path, dtype=getattr(torch, stored))
    theirs.save_pretrained(path)
    theirs = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32)
    model = LanguageModel(language_model_spec(path))
    programs = [model.reader.read(text, model.max_length) for text in TEXTS]
    kept = KeepingModel(model, tmp_path / "kept")
    for program, exact, near in zip(
        programs, model.states(programs), kept.states(programs), strict=True
    ):
        with torch.inference_mode():
            logits = theirs(torch.from_numpy(program.ids)[None]).logits[0].double()
        p = torch.log_softmax(logits, dim=-1).numpy()
        expected = p[program.targets - 1, program.ids[program.targets]]
        for states, tolerance in ((exact, 1e-5), (near, 1e-2)):
            found = log_likelihoods(program, family, (model.head, states))
            np.testing.assert_allclose(found, expected, rtol=0, atol=tolerance)
