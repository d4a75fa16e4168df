"""Bits per byte of models with different tokenizers."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from fidelity_studies import function, settings
from scipy.special import log_softmax
from tiny_decoders import write_decoder

import metacompress
from metacompress.api.fidelity import FidelityResult
from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.loading import language_model_spec
from metacompress.models.next_token.reading import ReadProgram
from metacompress.report.pages.fidelity import finished_page
from metacompress.report.renderers.fidelity import show_finished
from metacompress.study.fidelity.finished import read_finished
from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary
from metacompress.study.fidelity.likelihoods import lines_of
from metacompress.study.fidelity.study import run_fidelity
from metacompress.study.warnings import StudyWarning, WarningName

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"ab\ncd\n\nef"


def read(ends: list[int], bits: list[float]) -> Any:
    """Tokens of TEXT behind a special one, with the bits of each."""
    tokens = np.array([0, *ends])
    targets = np.arange(1, len(tokens))
    return ReadProgram(np.zeros(len(tokens), np.int64), tokens, targets, truncated=False), np.array(
        bits
    )


def test_bits_stand_in_the_line_of_the_first_byte() -> None:
    one = read([2, 4, 9], [1.0, 2.0, 4.0])
    other = read([1, 2, 3, 9], [1.0, 1.0, 1.0, 8.0])
    assert lines_of(TEXT, {"one": one, "other": other}) == [
        {"line": 0, "bytes": 3, "bits": {"one": 3.0, "other": 3.0}},
        {"line": 1, "bytes": 3, "bits": {"one": 4.0, "other": 8.0}},
        {"line": 2, "bytes": 1, "bits": {"one": 0.0, "other": 0.0}},
        {"line": 3, "bytes": 2, "bits": {"one": 0.0, "other": 0.0}},
    ]


def test_only_what_all_predict_counts() -> None:
    # The first token of the second model is not predicted, and its window ends at byte 6.
    late = ReadProgram(np.zeros(3, np.int64), np.array([2, 3, 6]), np.array([1, 2]), truncated=True)
    found = lines_of(
        TEXT,
        {"one": read([2, 3, 6, 9], [9.0, 1.0, 2.0, 9.0]), "late": (late, np.array([3.0, 4.0]))},
    )
    assert [(line["line"], line["bytes"], line["bits"]) for line in found] == [
        (0, 1, {"one": 1.0, "late": 3.0}),
        (1, 3, {"one": 2.0, "late": 4.0}),
    ]
    nothing = ReadProgram(
        np.zeros(1, np.int64), np.array([9]), np.zeros(0, np.int64), truncated=False
    )
    assert lines_of(TEXT, {"one": read([9], [1.0]), "none": (nothing, np.zeros(0))}) == []


def byte_decoder(path: Path) -> Path:
    """A model that reads single bytes."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {"<|end|>": 0, **{one: place for place, one in enumerate(alphabet, start=1)}}
    tokenizer = Tokenizer(models.BPE(vocabulary, []))
    tokenizer.add_special_tokens(["<|end|>"])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    write_decoder(path, "gpt2", seed=2, vocab_size=257, bos_token_id=0, eos_token_id=0)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>").save_pretrained(path)
    return path


def test_a_study_of_two_tokenizers(
    decoders: dict[str, Path], programs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    student = byte_decoder(tmp_path / "bytes")
    config = settings(
        decoders, programs, student=str(student), by_bytes=True, run=str(tmp_path / "run"),
        data={"path": str(programs), "language": "c", "limit": 4},
    )  # fmt: skip
    run = run_fidelity(config)
    summary = read_finished(run)
    assert isinstance(summary, LikelihoodSummary)
    found = summary.students["student"].sources
    table = run.read_table("lines.parquet").to_pylist()
    sources = [row for row in table if row["variant"] < 0]
    assert found.lines == len(sources) == 4 * 7
    # Bytes that a byte model predicts: all but the first.
    chosen = {row["source"] for row in sources}
    assert found.bytes == sum(row["bytes"] for row in sources)
    model = LanguageModel(language_model_spec(student))
    assert len(chosen) == 4
    names = {
        json.loads(line)["id"]: number
        for number, line in enumerate(programs.read_text("utf-8").splitlines())
    }
    used = [
        one.removesuffix("~rename-identifiers~0")
        for one in run.read_table("variants.parquet")["id"].to_pylist()
    ]
    bits = size = 0.0
    for name in used:
        ids = model.reader.read(function(names[name]), 256).ids
        with torch.inference_mode():
            logits = model.causal.model(input_ids=torch.from_numpy(ids)[None]).logits[0]
        log_p = log_softmax(logits.double().numpy()[:-1], axis=1)
        bits -= log_p[np.arange(len(ids) - 1), ids[1:]].sum() / math.log(2)
        size += len(ids) - 1
    # The teacher's first common place may lie a few bytes behind the first byte.
    assert size - 4 * 4 <= found.bytes <= size
    assert found.student.value == pytest.approx(bits / size, rel=0.05)
    assert found.difference.value == pytest.approx(found.student.value - found.teacher.value)
    assert found.difference.low < found.difference.value < found.difference.high
    show_finished(summary)
    assert "there is no verdict" in capsys.readouterr().out
    doubt = StudyWarning(name=WarningName.READ_OTHERWISE, model="student", message="student: <x>")
    doubted = summary.model_copy(update={"warnings": [doubt]})
    page = finished_page(run, doubted)
    for text in ("Bits per byte", str(student), str(programs), "<dt>date</dt>", "student: &lt;x"):
        assert text in page
    show_finished(doubted)
    assert "warning read-otherwise: student: <x>" in capsys.readouterr().out
    again = metacompress.load_run(run.path)
    assert isinstance(again, FidelityResult)
    assert (again.verdict, again.students) == (None, {})
    assert again.likelihoods == summary.students
    assert len(again.lines) == len(table)
    assert "student more by" in repr(again)
    assert [row["part"] for row in again._records()] == ["sources", "follow_ups"]
