from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from attacking import C_FUNCTION, subject_of

from metacompress.attacks.engine.subject import Identifier
from metacompress.attacks.substitutes import NameCorpus, make_substitutes
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.errors import DataError, ModelError, UsageError
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.training.tokenizer import as_transformers, train_tokenizer
from metacompress.transforms.naming import CorpusNaming

if TYPE_CHECKING:
    from pathlib import Path

MODULE = AnalysedProgram.of(C_FUNCTION, Language.C)


@pytest.fixture
def corpus() -> NameCorpus:
    names = ["amount", "buffer", "height", "width", "widths", "total"]
    return NameCorpus(CorpusNaming.of([MODULE]), names, VULNERABILITY_PREDICTION)


@pytest.fixture(scope="module")
def language_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A masked language model with random weights and a real tokenizer."""
    from transformers import RobertaConfig, RobertaForMaskedLM, set_seed

    directory = tmp_path_factory.mktemp("mlm")
    tokenizer = as_transformers(
        train_tokenizer([C_FUNCTION] * 3, vocabulary=400, segments=False),
        max_length=256,
        segments=False,
    )
    set_seed(0)
    config = RobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=300,
        pad_token_id=tokenizer.pad_token_id,
    )
    RobertaForMaskedLM(config).save_pretrained(directory)
    tokenizer.save_pretrained(directory)
    return directory


def test_a_masked_language_model_proposes_names(language_model: Path, corpus: NameCorpus) -> None:
    source = make_substitutes(f"mlm:{language_model}", corpus)
    subject = subject_of(substitutes=source)
    proposed = {i.name: subject.substitutes(i) for i in subject.identifiers}
    assert any(proposed.values())
    for name, others in proposed.items():
        assert len(others) <= 30
        assert name not in others
        assert all(other.isidentifier() for other in others)
    again = subject_of(substitutes=make_substitutes(f"mlm:{language_model}", corpus))
    assert proposed == {i.name: again.substitutes(i) for i in again.identifiers}


def test_candidates_of_several_sub_tokens_go_by_perplexity(language_model: Path) -> None:
    from transformers import AutoTokenizer

    from metacompress.attacks.substitutes.masked_lm import MaskedLanguageModelSubstitutes

    class Net:
        def to(self, device: object) -> Net:
            return self

        def eval(self) -> Net:
            return self

    tokenizer = AutoTokenizer.from_pretrained(language_model)
    source = MaskedLanguageModelSubstitutes(Net(), tokenizer, 256, "cpu")
    a, b, c = (tokenizer.encode(word, add_special_tokens=False)[-1] for word in "xyz")
    log_p = np.full((2, len(tokenizer)), -20.0)
    log_p[0, [a, b]] = -1, -2
    log_p[1, [a, c]] = -1, -4
    found = list(source._candidates(log_p, [slice(0, 2)]).values())
    assert found[:4] == [(a, a), (b, a), (a, c), (b, c)]


def test_long_names_and_unlike_occurrences(language_model: Path, corpus: NameCorpus) -> None:
    # A name of thirty sub-tokens must not be combined without end; (x and x differ in sub-tokens
    # where a tokenizer joins a space to the word.
    long = "q" * 30
    text = f"int f(int {long}, int x)\n{{ return {long}+x + x*{long} - (x); }}\n"
    subject = subject_of(text, substitutes=make_substitutes(f"mlm:{language_model}", corpus))
    for identifier in subject.identifiers:
        assert len(subject.substitutes(identifier)) <= 30


def test_occurrences_of_another_length_are_passed_over(
    language_model: Path, corpus: NameCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    from metacompress.attacks.substitutes import masked_lm

    unlike = {"width": [slice(2, 4), slice(6, 7), slice(8, 10)]}
    monkeypatch.setattr(masked_lm, "identifier_places", lambda *_: unlike)
    source = make_substitutes(f"mlm:{language_model}", corpus)
    found = source.propose("1", MODULE, {"width": []}, np.random.default_rng(0))
    assert len(found.get("width", [])) <= 30


def test_names_that_the_window_cuts_off_are_left_out(
    language_model: Path, corpus: NameCorpus
) -> None:
    late = C_FUNCTION.replace("return total;", "x();" * 400 + "int later = 1; return later;")
    subject = subject_of(late, substitutes=make_substitutes(f"mlm:{language_model}", corpus))
    assert subject.substitutes(Identifier(0, "later")) == []
    assert subject.substitutes(Identifier(0, "width"))


def test_neighbours_in_a_models_embeddings(shared: Path, corpus: NameCorpus) -> None:
    source = make_substitutes(f"embeddings:{shared / 'models/devign_student'}", corpus)
    rng = np.random.default_rng(0)
    proposed = source.propose("1", MODULE, {"width": [], "sum": []}, rng)
    # widths shares its first sub-token with width, and a name is not its own neighbour.
    assert proposed["width"][0] == "widths"
    assert "width" not in proposed["width"]
    assert sorted([*proposed["width"], "width"]) == sorted(corpus.names)


def test_recorded_names_go_by_program(tmp_path: Path, corpus: NameCorpus) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text(json.dumps({"idx": 7, "substitutes": {"width": ["first", "second"]}}) + "\n")
    source = make_substitutes(str(path), corpus)
    assert subject_of(name="7", substitutes=source).substitutes(Identifier(0, "width")) == [
        "first",
        "second",
    ]
    assert subject_of(name="8", substitutes=source).substitutes(Identifier(0, "width")) == []


def test_corpus_names_are_the_same_in_every_run(corpus: NameCorpus) -> None:
    one, two = (subject_of(substitutes=make_substitutes("corpus", corpus)) for _ in range(2))
    width = Identifier(0, "width")
    assert one.substitutes(width)
    assert one.substitutes(width) == two.substitutes(width)


@pytest.mark.parametrize("text", ["corpus:here", "recorded:", "mlm:", "embeddings:"])
def test_locations_are_checked(text: str, corpus: NameCorpus) -> None:
    with pytest.raises(UsageError, match="substitutes are written"):
        make_substitutes(text, corpus)


def test_what_is_not_there_is_named(tmp_path: Path, corpus: NameCorpus) -> None:
    with pytest.raises(ModelError, match=r"nowhere: no such file"):
        make_substitutes(f"mlm:{tmp_path / 'nowhere'}", corpus)
    broken = tmp_path / "names.jsonl"
    broken.write_text('{"idx": 1, "substitutes": ["no", "table"]}\n')
    with pytest.raises(DataError, match="line 1"):
        make_substitutes(str(broken), corpus)
