from __future__ import annotations

import json
import math
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from metacompress.data.example import Example, Program
from metacompress.errors import ModelError
from metacompress.lang.language import Language
from metacompress.models.loading import load_classifier
from metacompress.models.tokens.vocabulary import (
    PROBE,
    require_vocabulary,
    special_ids,
    unknown_id,
    unknown_share,
)

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
PAIRS = "clone-detection"


def example(text: str, programs: int = 1) -> Example:
    return Example("1", (Program(text, Language.C),) * programs, 0, "1", ("1",) * programs)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A fine-tuned BERT as a training saves it that forgot the tokenizer."""
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig(
        vocab_size=30,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=64,
    )
    config.id2label = {0: "safe", 1: "vulnerable"}
    BertForSequenceClassification(config).save_pretrained(tmp_path / "bare")
    return tmp_path / "bare"


def test_a_directory_without_tokenizer_files_is_refused(bare: Path) -> None:
    with pytest.raises(ModelError, match="knows no word"):
        load_classifier(str(bare), TASK)


def test_a_tokenizer_configuration_alone_is_no_tokenizer(bare: Path) -> None:
    (bare / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer"}))
    with pytest.raises(ModelError, match="knows no word"):
        load_classifier(str(bare), TASK)


def test_a_vocabulary_of_other_words_is_refused(bare: Path) -> None:
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    (bare / "vocab.txt").write_text("\n".join([*special, "bonjour", "monde"]))
    (bare / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer"}))
    with pytest.raises(ModelError, match="knows no word"):
        load_classifier(str(bare), TASK)
    (bare / "vocab.txt").write_text("\n".join([*special, "int", "return"]))
    model = load_classifier(str(bare), TASK)
    found = model.predict([example("int x ; return int ;"), example("  int x ;\n\n return int ; ")])
    assert found.unknown.tolist() == [0.5, 0.5]
    assert found.read[0] == found.read[1]


def test_onnx_and_published_checkpoints_are_held_to_it_too(tmp_path: Path, shared: Path) -> None:
    import metacompress.models.backends.demo_models as shipped

    directory = tmp_path / "onnx"
    shutil.copytree(next(iter(shipped.__path__)) + "/teacher", directory)
    tokenizer = Tokenizer(models.BPE({"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}, []))
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    tokenizer.save(str(directory / "tokenizer.json"))
    with pytest.raises(ModelError, match="knows no word"):
        load_classifier(f"onnx:{directory}", PAIRS)
    published = tmp_path / "published"
    shutil.copytree(
        shared / "models/compressor_codebert_vulnerability_prediction",
        published,
        copy_function=shutil.copyfile,
    )
    tokenizer.save(str(published / "BPE_1000.json"))
    with pytest.raises(ModelError, match="knows no word"):
        load_classifier(f"codexglue:{published}", TASK)


def test_the_share_of_unknown_tokens() -> None:
    special = frozenset({0, 1, 2, 3})
    assert unknown_share([0, 5, 3, 6, 3, 2], 3, special) == 0.5
    assert unknown_share([0, 5, 6, 2], None, special) == 0.0
    assert math.isnan(unknown_share([0, 2], 3, special))
    assert unknown_share([3, 3], 3, frozenset()) == 1.0
    with pytest.raises(ModelError, match="knows no word"):
        require_vocabulary([0, 2], 3, special, "model")
    require_vocabulary([0, 3, 3, 9, 2], 3, special, "model")


def test_special_tokens_of_a_tokenizer() -> None:
    tokenizer = Tokenizer(models.WordLevel({"<s>": 0, "int": 1, "?": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(["<s>"])
    assert unknown_id(tokenizer) == 2
    assert special_ids(tokenizer) == frozenset({0})
    ids = tokenizer.encode(PROBE).ids
    assert 0 < unknown_share(ids, 2, frozenset({0})) < 1
    assert unknown_id(Tokenizer(models.BPE({"a": 0}, []))) is None
    assert unknown_id(Tokenizer(models.Unigram([("<unk>", 0.0), ("a", -1.0)], unk_id=0))) == 0


@pytest.mark.parametrize(
    ("model", "task"),
    [
        ("{}/devign_student", TASK),
        ("codexglue:{}/compressor_codebert_vulnerability_prediction", TASK),
        ("codexglue:{}/compressor_codebert_clone_detection", PAIRS),
        ("graphcodebert:{}/compressor_graphcodebert_vulnerability_prediction", TASK),
    ],
)
def test_what_a_model_reads_tells_inputs_apart_as_it_does(
    shared: Path, model: str, task: str
) -> None:
    classifier = load_classifier(model.format(shared / "models"), task)
    programs = 2 if task == PAIRS else 1
    texts = (
        "int f(int a) { return a; }",
        "int f(int a) { return  a; }",
        "int f(int b) { return b; }",
    )
    found = classifier.predict([example(text, programs) for text in texts])
    alike = found.read[:, None] == found.read[None, :]
    assert alike.diagonal().all()
    assert not alike[0, 2]
    # Inputs that are read alike are answered alike, and here the reverse holds as well.
    p = found.probabilities
    assert np.array_equal(alike, (p[:, None] == p[None, :]).all(axis=2))
    assert (found.unknown < 0.5).all()


def test_input_behind_the_window_is_not_read(shared: Path) -> None:
    classifier = load_classifier(str(shared / "models/devign_student"), TASK)
    head = "int f(int a) {" + " a = a + 1;" * 600
    found = classifier.predict([example(head + "return a; }"), example(head + "return b; }")])
    assert found.truncated.all()
    assert found.read[0] == found.read[1]
