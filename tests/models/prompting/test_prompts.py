from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
from tiny_decoders import decoder_tokenizer

from metacompress.data.task import CLONE_DETECTION, VULNERABILITY_PREDICTION, Task
from metacompress.errors import ModelError, UsageError
from metacompress.models.prompting.label_words import label_tokens
from metacompress.models.prompting.template import Template
from metacompress.models.prompting.tokens import Prompter

if TYPE_CHECKING:
    from pathlib import Path

ONE = "Code:\n{program}\nIs it safe? Answer:"
TWO = "B:\n{second}\nA:\n{first}\nAnswer:"
LONG = "".join(f"int value{k} = {k};\n" for k in range(80))
TOKENIZER = decoder_tokenizer(begins=True)


def test_programs_are_filled_in_wherever_they_stand() -> None:
    filled = Template(TWO, 2).fill(["x {second}", "{program}"])
    assert filled.text == "B:\n{program}\nA:\nx {second}\nAnswer:"
    assert [filled.text[start:end] for start, end in filled.spans] == ["x {second}", "{program}"]


def test_the_newline_that_ends_the_file_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "prompt.txt"
    path.write_text(ONE + "\n")
    assert Template.read(str(path), 1).text == ONE


@pytest.mark.parametrize(
    ("text", "arity", "what"),
    [
        ("Safe?", 1, "{program} is not there"),
        ("{program} {program}", 1, "{program} is once too often"),
        ("{first}", 2, "{second} is not there"),
        ("{first} {second} {program}", 2, "{program} is once too often"),
    ],
)
def test_a_template_without_its_places_is_refused(
    tmp_path: Path, text: str, arity: int, what: str
) -> None:
    path = tmp_path / "prompt.txt"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        Template.read(str(path), arity)
    assert what in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file"):
        Template.read(str(tmp_path / "none.txt"), 1)
    (tmp_path / "bytes").write_bytes(b"\xff{program}")
    with pytest.raises(UsageError, match="not a text in UTF-8"):
        Template.read(str(tmp_path / "bytes"), 1)


def test_prompts_are_tokenised_as_anywhere_else() -> None:
    prompter = Prompter(Template(ONE, 1), TOKENIZER, 256, "m")
    (found,) = prompter.tokens([["int a;"]])
    assert found.ids == TOKENIZER(ONE.replace("{program}", "int a;"))["input_ids"]
    assert not found.truncated


@pytest.mark.parametrize("ends", [True, False])
def test_a_long_program_loses_its_end_and_the_question_stays(ends: bool) -> None:
    tokenizer = decoder_tokenizer(begins=True)
    if ends:
        from tokenizers import processors

        tokenizer.backend_tokenizer.post_processor = processors.TemplateProcessing(
            single="<|begin|> $A <|end|>", special_tokens=[("<|begin|>", 0), ("<|end|>", 1)]
        )
    prompter = Prompter(Template(ONE, 1), tokenizer, 64, "m")
    (found,) = prompter.tokens([[LONG]])
    assert len(found.ids) == 64
    assert found.truncated
    text = tokenizer.decode(found.ids)
    head, tail = ONE.split("{program}")
    assert text.startswith("<|begin|>" + head + LONG[:20])
    assert text.endswith(tail)


def test_of_a_pair_the_longer_program_is_cut_first() -> None:
    template = Template(TWO, 2)
    short = "int a = 1;"
    (found,) = Prompter(template, TOKENIZER, 96, "m").tokens([[short, LONG]])
    text = TOKENIZER.decode(found.ids)
    assert len(found.ids) == 96
    assert f"A:\n{short}\nAnswer:" in text
    assert LONG[:30] in text
    (both,) = Prompter(template, TOKENIZER, 96, "m").tokens([[LONG, LONG]])
    shares = [sum(start <= a < b <= end for a, b in both.spans) for start, end in both.programs]
    assert len(both.ids) in (95, 96)
    assert abs(shares[0] - shares[1]) <= 1


def test_a_template_that_fills_the_window_is_refused() -> None:
    with pytest.raises(UsageError, match=r"takes \d+ of 16 tokens and leaves no room"):
        Prompter(Template(ONE, 1), TOKENIZER, 16, "m")


def tokens_of(text: str) -> list[int]:
    ids: list[int] = TOKENIZER(text, add_special_tokens=False)["input_ids"]
    return ids


def test_a_word_stands_for_its_spellings() -> None:
    safe, vulnerable = label_tokens("no,yes", VULNERABILITY_PREDICTION, tokens_of, "m")
    assert set(safe) == {tokens_of(text)[0] for text in ("no", " no", "No", " No")}
    assert set(vulnerable) == {tokens_of(text)[0] for text in ("yes", " yes", "Yes", " Yes")}
    stated, _ = label_tokens("no|No,yes|Yes", VULNERABILITY_PREDICTION, tokens_of, "m")
    assert set(stated) == {tokens_of("no")[0], tokens_of("No")[0]}


def test_a_spelling_that_begins_as_another_class_does_is_left_out() -> None:
    table = {"one": [1, 2], " one": [3], "only": [1, 4], " only": [5], "One": [6], " One": [7]}
    table |= {"Only": [8], " Only": [9]}
    found = label_tokens("one,only", CLONE_DETECTION, table.__getitem__, "m")
    assert found == ((3, 6, 7), (5, 8, 9))


@pytest.mark.parametrize(
    ("labels", "what"),
    [
        ("yes", "1 words"),
        ("no,yes,maybe", "3 words"),
        ("no,", "has no token"),
        ("no|yes,yes|Yes", "begin with the same token"),
        ("yes,yes", "begin with the same token"),
    ],
)
def test_words_that_tell_nothing_are_refused(labels: str, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        label_tokens(labels, VULNERABILITY_PREDICTION, tokens_of, "m")


def test_a_task_of_many_classes_has_a_word_for_each() -> None:
    task = Task("many", 1, tuple(f"class {k}" for k in range(26)), 0, "")
    with pytest.raises(UsageError, match="has 26 classes"):
        label_tokens("no,yes", task, tokens_of, "m")
    words = ",".join(f"{letter}|{letter}" for letter in string.ascii_uppercase)
    found = label_tokens(words, task, tokens_of, "m")
    assert [len(ids) for ids in found] == [1] * 26
    # Their own names all begin alike.
    with pytest.raises(UsageError, match="begin with the same token"):
        label_tokens(None, task, tokens_of, "m")
