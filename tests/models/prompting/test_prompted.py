from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from tiny_decoders import write_decoder
from tiny_models import write_model

from metacompress.data.example import Example, Program
from metacompress.data.task import CLONE_DETECTION, VULNERABILITY_PREDICTION
from metacompress.errors import ModelError, UsageError
from metacompress.lang.language import Language
from metacompress.models.loading import load_classifier
from metacompress.models.prompting.classifier import CONTENT_FREE, PromptedClassifier
from metacompress.models.protocols.costed import Costed
from metacompress.models.protocols.white_box import WhiteBox

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.task import Task

PROMPT = "Code:\n{program}\nIs it safe? Answer:"
PAIR = "First:\n{first}\nSecond:\n{second}\nAnswer:"
PROGRAMS = [
    "int a;",
    "int f(int b) { return b + 1; }",
    "for (int i = 0; i < 9; i++) total += i;" * 3,
]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for family in ("llama", "gpt2"):
        write_decoder(folder / family, family)
    (folder / "prompt.txt").write_text(PROMPT + "\n")
    (folder / "pair.txt").write_text(PAIR)
    return folder


def example(*texts: str) -> Example:
    programs = tuple(Program(text, Language.C) for text in texts)
    return Example("-".join(texts), programs, None, None, texts)


def load(
    models: Path, family: str = "llama", task: Task = VULNERABILITY_PREDICTION, **options: str
) -> Any:
    pair = task.arity == 2
    given = {"template": models / ("pair.txt" if pair else "prompt.txt"), "labels": "no,yes"}
    query = "&".join(f"{name}={value}" for name, value in {**given, **options}.items())
    return load_classifier(f"causal:{models / family}?{query}", task)


def expected(
    classifier: PromptedClassifier, prompt: str, words: tuple[tuple[str, ...], ...]
) -> NDArray[np.float64]:
    """The definition, of one prompt by itself: sums of probabilities of next tokens."""
    tokenizer, model = classifier._tokenizer, classifier._model
    ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
    with torch.inference_mode():
        p = torch.softmax(model(input_ids=ids).logits[0, -1].double(), dim=0).numpy()
    first = [
        {tokenizer(word, add_special_tokens=False)["input_ids"][0] for word in group}
        for group in words
    ]
    sums = np.array([sum(p[token] for token in group) for group in first])
    return sums / sums.sum()


NO = ("no", " no", "No", " No")
YES = ("yes", " yes", "Yes", " Yes")


@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_probabilities_are_those_of_the_next_token(models: Path, family: str) -> None:
    classifier = load(models, family)
    found = classifier.predict([example(text) for text in PROGRAMS])
    for row, text in enumerate(PROGRAMS):
        wanted = expected(classifier, PROMPT.replace("{program}", text), (NO, YES))
        np.testing.assert_allclose(found.probabilities[row], wanted, atol=1e-5)
    assert np.ptp(found.probabilities[:, 0]) > 1e-3
    classifier.forget()
    alone = np.concatenate([classifier.predict([example(text)]).probabilities for text in PROGRAMS])
    np.testing.assert_array_equal(alone, found.probabilities)


def test_the_prior_is_divided_by(models: Path) -> None:
    plain, corrected = load(models), load(models, correction="content-free")
    prior = np.mean(
        [expected(plain, PROMPT.replace("{program}", text), (NO, YES)) for text in CONTENT_FREE],
        axis=0,
    )
    examples = [example(text) for text in PROGRAMS]
    wanted = plain.predict(examples).probabilities / prior
    found = corrected.predict(examples).probabilities
    np.testing.assert_allclose(found, wanted / wanted.sum(axis=1, keepdims=True), atol=1e-5)


def test_pairs_and_stated_spellings(models: Path) -> None:
    classifier = load(models, task=CLONE_DETECTION, labels="no|No,yes|Yes")
    found = classifier.predict([example(PROGRAMS[0], PROGRAMS[1])])
    prompt = PAIR.replace("{first}", PROGRAMS[0]).replace("{second}", PROGRAMS[1])
    wanted = expected(classifier, prompt, (("no", "No"), ("yes", "Yes")))
    np.testing.assert_allclose(found.probabilities[0], wanted, atol=1e-5)


def test_a_program_beyond_the_window_is_said(models: Path) -> None:
    classifier = load(models, max_length="64")
    long = example("".join(f"int value{k} = {k};\n" for k in range(300)))
    same_start = example("".join(f"int value{k} = {k};\n" for k in range(200)))
    found = classifier.predict([long, same_start, example(PROGRAMS[0])])
    assert found.truncated.tolist() == [True, True, False]
    assert found.read[0] == found.read[1] != found.read[2]
    assert any("reads 64 tokens" in doubt for doubt in classifier.doubts)


def test_the_fingerprint_follows_model_template_words_and_correction(
    models: Path, tmp_path: Path
) -> None:
    (tmp_path / "same.txt").write_text(PROMPT)
    (tmp_path / "other.txt").write_text(PROMPT + " It is")
    first = load(models).fingerprint
    assert load(models, template=str(tmp_path / "same.txt")).fingerprint == first
    others = [
        load(models, "gpt2"),
        load(models, template=str(tmp_path / "other.txt")),
        load(models, labels="yes,no"),
        load(models, correction="content-free"),
    ]
    assert len({first, *(one.fingerprint for one in others)}) == 5
    assert load(models).weights_digest == others[1].weights_digest


def test_size_and_operations(models: Path) -> None:
    from torch.utils.flop_counter import FlopCounterMode

    for family in ("llama", "gpt2"):
        classifier = load(models, family)
        assert isinstance(classifier, Costed)
        model = classifier._model
        assert classifier.weight.parameters == sum(p.numel() for p in model.parameters())
        ids = classifier._prompts([example(PROGRAMS[1])])[0].ids
        model.set_attn_implementation("eager")
        with FlopCounterMode(display=False) as counter, torch.inference_mode():
            model.base_model(input_ids=torch.tensor([ids]), use_cache=False)
        head = 2 * model.config.vocab_size * 32
        (found,) = classifier.flops([example(PROGRAMS[1])])
        assert found == counter.get_total_flops() + head


def test_gradients_are_those_of_the_class_and_of_the_program(models: Path) -> None:
    classifier = load(models)
    assert isinstance(classifier, WhiteBox)
    (found,) = classifier.gradients([example(PROGRAMS[1])], [1], 0)
    text = PROGRAMS[1]
    assert "".join(text[start:end] for start, end in found.spans) == text
    # One step along the gradient of one token's vector changes log P as it promises.
    place, step = 3, 1e-2
    (prompt,) = classifier._prompts([example(text)])
    position = prompt.ids.index(int(found.ids[place]), 1)
    direction = torch.from_numpy(found.gradients[place])

    def log_p(factor: float) -> float:
        def shifted(module: Any, inputs: Any, output: torch.Tensor) -> torch.Tensor:
            moved = output.clone()
            moved[0, position] += factor * direction / direction.norm()
            return moved

        hook = classifier._model.get_input_embeddings().register_forward_hook(shifted)
        ids = np.array([prompt.ids])
        tensors = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        with torch.inference_mode():
            value = torch.log_softmax(classifier._class_logits(tensors), dim=1)[0, 1]
        hook.remove()
        return float(value)

    slope = (log_p(step) - log_p(-step)) / (2 * step)
    assert prompt.ids.count(int(found.ids[place])) == 1
    assert slope == pytest.approx(float(direction.norm()), rel=2e-2, abs=1e-4)


def test_words_that_it_hardly_says_are_a_doubt(models: Path) -> None:
    rare = load(models, labels="no|no,yes|yes")
    assert rare.label_mass < 0.05
    assert any("label words get" in doubt for doubt in rare.doubts)


def test_what_cannot_be_is_refused(models: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"template"):
        load_classifier(f"causal:{models / 'llama'}?labels=no,yes", VULNERABILITY_PREDICTION)
    with pytest.raises(ModelError, match=r"none\.txt: no such file"):
        load(models, template=str(models / "none.txt"))
    with pytest.raises(ModelError, match="no such file"):
        load(models, "nothing/here/at/all")
    with pytest.raises(UsageError, match=r"\{first\} is not there"):
        load(models, task=CLONE_DETECTION, template=str(models / "prompt.txt"))
    with pytest.raises(UsageError, match="3 words"):
        load(models, labels="a,b,c")
    with pytest.raises(ModelError, match=r"lacks 1 weights .* causal:.*llama\?template=FILE"):
        load_classifier(models / "llama", VULNERABILITY_PREDICTION)
    write_model(tmp_path / "bert", "bert")
    with pytest.raises(ModelError, match="not a causal language model"):
        load(tmp_path, "bert", template=str(models / "prompt.txt"))
