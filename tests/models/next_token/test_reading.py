from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_decoders import decoder_tokenizer

from metacompress.models.next_token.reading import ReadProgram, TokenReader


@pytest.fixture(scope="module", params=[True, False], ids=["begins", "plain"])
def reader(request: pytest.FixtureRequest) -> TokenReader:
    tokenizer = decoder_tokenizer(begins=request.param)
    return TokenReader(tokenizer.backend_tokenizer.to_str())


def covered(text: str, program: ReadProgram) -> list[bytes]:
    edges = [0, *program.ends.tolist()]
    return [text.encode()[start:end] for start, end in pairwise(edges)]


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_tokens_tile_the_bytes_of_the_text(reader: TokenReader, text: str) -> None:
    program = reader.read(text, 1000)
    assert b"".join(covered(text, program)) == text.encode()
    assert not program.truncated
    assert (np.diff(program.ends) >= 0).all()
    np.testing.assert_array_equal(program.starts[1:], program.ends[:-1])


def test_special_tokens_are_read_and_not_predicted() -> None:
    text = "int total = 0;"
    begins, plain = (
        TokenReader(decoder_tokenizer(begins=one).backend_tokenizer.to_str()).read(text, 100)
        for one in (True, False)
    )
    assert len(begins) == len(plain) + 1
    np.testing.assert_array_equal(begins.ids[1:], plain.ids)
    # Without one, nothing stands before the first token.
    assert covered(text, begins)[0] == b""
    assert begins.targets.tolist() == list(range(1, len(begins)))
    assert plain.targets.tolist() == list(range(1, len(plain)))


def test_a_window_is_a_prefix(reader: TokenReader) -> None:
    text = "int total = 0;\n" * 4
    whole, part = reader.read(text, 1000), reader.read(text, 7)
    assert part.truncated
    assert not whole.truncated
    assert len(part) == 7
    np.testing.assert_array_equal(part.ids, whole.ids[:7])
    np.testing.assert_array_equal(part.ends, whole.ends[:7])
    np.testing.assert_array_equal(part.targets, whole.targets[whole.targets < 7])


def test_special_tokens_behind_the_text_are_no_targets() -> None:
    from tokenizers import processors

    tokenizer = decoder_tokenizer(begins=False).backend_tokenizer
    end = tokenizer.token_to_id("<|end|>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A <|end|>", special_tokens=[("<|end|>", end)]
    )
    program = TokenReader(tokenizer.to_str()).read("return 1;", 100)
    assert program.ids[-1] == end
    assert program.targets[-1] == len(program) - 2
    assert program.ends[-1] == program.ends[-2] == len(b"return 1;")


def test_merges_are_the_same_in_either_spelling(reader: TokenReader) -> None:
    content = json.loads(reader.serialized)
    content["model"]["merges"] = [" ".join(pair) for pair in reader.merges]
    assert TokenReader(json.dumps(content)).merges == reader.merges
    assert all("".join(pair) in reader.vocabulary for pair in reader.merges)
    assert len(reader.merges) > 10
