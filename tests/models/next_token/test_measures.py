"""Divergences by position against a direct computation from whole logits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from scipy.special import log_softmax, rel_entr
from tiny_decoders import write_decoder

from metacompress.models.naming.spec import ModelSpec
from metacompress.models.next_token import measures
from metacompress.models.next_token.head import OutputHead
from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.measures import program_divergences

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.models.next_token.reading import ReadProgram

TEXTS = [
    "int add(int a, int b)\n{\n    return a + b; /* très bien */\n}\n",
    "for (;;) {}",
    "static int scale(int count, const int *values)\n{\n    return count * values[0];\n}\n" * 2,
]


def read(path: Path, **options: str) -> LanguageModel:
    return LanguageModel(ModelSpec("causal", str(path), options))


def whole_logits(model: LanguageModel, program: ReadProgram) -> NDArray[np.float64]:
    """What the model itself puts out at all positions of one input that nothing is padded to."""
    with torch.inference_mode():
        logits = model.causal.model(input_ids=torch.from_numpy(program.ids)[None]).logits[0]
    return logits.double().numpy()


def direct(program: ReadProgram, teacher: Any, student: Any) -> dict[str, NDArray[Any]]:
    rows = program.targets - 1
    log_p, log_q = (log_softmax(one[rows], axis=1) for one in (teacher, student))
    p, q, ids = np.exp(log_p), np.exp(log_q), program.ids[program.targets]
    each = np.arange(len(ids))
    return {
        "kl": rel_entr(p, q).sum(axis=1),
        "reverse_kl": rel_entr(q, p).sum(axis=1),
        "total_variation": abs(p - q).sum(axis=1) / 2,
        "teacher": log_p[each, ids],
        "student": log_q[each, ids],
        "teacher_top": log_p.argmax(axis=1),
        "student_top": log_q.argmax(axis=1),
    }


@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_equal_to_a_direct_computation_from_stored_logits(
    tmp_path: Path, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = read(write_decoder(tmp_path / "teacher", family))
    student = read(write_decoder(tmp_path / "student", family, seed=1))
    programs = [teacher.reader.read(text, teacher.max_length) for text in TEXTS]
    # Several blocks of positions in a program, and a rest.
    monkeypatch.setattr(measures, "_BLOCK", 17 * teacher.head.width)
    states = teacher.states(programs), student.states(programs)
    compared = 0
    for program, of_teacher, of_student in zip(programs, *states, strict=True):
        found = program_divergences(
            program, (teacher.head, of_teacher), {"s": (student.head, of_student)}
        )
        expected = direct(program, whole_logits(teacher, program), whole_logits(student, program))
        one = found.students["s"]
        for name in ("kl", "reverse_kl", "total_variation"):
            np.testing.assert_allclose(getattr(one, name), expected[name], rtol=0, atol=1e-6)
        for scores, name in ((found.teacher, "teacher"), (one.scores, "student")):
            # Logits of about 5 in float32, alone and in a padded batch: some of their last bits.
            np.testing.assert_allclose(scores.log_likelihood, expected[name], rtol=5e-7, atol=1e-6)
            np.testing.assert_array_equal(scores.top, expected[f"{name}_top"])
        assert one.kl.max() > 0.1
        compared += len(program.targets)
    # Llama's inputs begin with a token of their own: every token of the text is predicted.
    assert compared == sum(len(one) for one in programs) - len(programs)


def test_the_answers_to_a_program_do_not_depend_on_the_others(tmp_path: Path) -> None:
    model = read(write_decoder(tmp_path / "model"))
    programs = [model.reader.read(text, model.max_length) for text in TEXTS]
    for together, program in zip(model.states(programs), programs, strict=True):
        torch.testing.assert_close(together, model.states([program])[0], rtol=0, atol=0)


def test_a_model_and_itself_are_the_same(tmp_path: Path) -> None:
    model = read(write_decoder(tmp_path / "model"))
    program = model.reader.read(TEXTS[0], model.max_length)
    answer = (model.head, model.states([program])[0])
    found = program_divergences(program, answer, {"same": answer}).students["same"]
    assert not any(one.any() for one in (found.kl, found.reverse_kl, found.total_variation))


def test_a_program_of_one_token_has_no_target(tmp_path: Path) -> None:
    model = read(write_decoder(tmp_path / "model", "gpt2"))
    program = model.reader.read("(", model.max_length)
    answer = (model.head, model.states([program])[0])
    found = program_divergences(program, answer, {"same": answer})
    assert len(program) == 1
    assert len(found.students["same"].kl) == len(found.teacher.top) == 0


def test_impossible_tokens_have_no_part(tmp_path: Path) -> None:
    """A logit of minus infinity in both models adds nothing; in the student alone, all."""
    head = torch.nn.Linear(3, 4, bias=False)
    masked = torch.tensor([0.0, 0.0, 0.0, -torch.inf])

    def of(bias: torch.Tensor) -> Any:
        return OutputHead(lambda states: head(states) + bias, 1.0, None, 4)

    model = read(write_decoder(tmp_path / "model", "gpt2"))
    program = model.reader.read("( )", model.max_length)
    assert len(program.targets) == len(program) - 1 > 0
    program.ids[:] = 0
    states = torch.randn(len(program), 3, generator=torch.Generator().manual_seed(0))
    both = program_divergences(program, (of(masked), states), {"s": (of(masked), states)})
    assert not both.students["s"].kl.any()
    lost = program_divergences(program, (of(torch.zeros(4)), states), {"s": (of(masked), states)})
    assert np.isposinf(lost.students["s"].kl).all()
    assert np.isfinite(lost.students["s"].reverse_kl).all()
