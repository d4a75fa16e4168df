from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from attacking import C_FUNCTION, run, subject_of, victim, word_count

from metacompress.attacks import ATTACKS
from metacompress.attacks.engine.attempt import Budget
from metacompress.attacks.engine.goal import Disagreement
from metacompress.attacks.engine.victim import Victim
from metacompress.errors import UsageError
from metacompress.models.storing.store import PredictionStore

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.attacks.engine.subject import Subject

EVERY = sorted(ATTACKS.names())


def subjects(count: int) -> list[Subject]:
    return [
        subject_of(
            C_FUNCTION.replace("0;", f"{number};", 1), name=str(number), goal=Disagreement(0)
        )
        for number in range(count)
    ]


def teacher(text: str) -> float:
    """Holds as long as nothing but one name is gone, or a comment has come."""
    return 0.7 - 0.05 * (word_count(text, "total") == 0)


def student(text: str) -> float:
    return 0.6 if word_count(text, "total") and len(text) < 1.3 * len(C_FUNCTION) else 0.45


def test_a_pair_is_asked_together(tmp_path: Path) -> None:
    models = {"teacher": victim(teacher), "student": victim(student)}
    examples = [one.example for one in subjects(3)]
    with PredictionStore(tmp_path / "store.sqlite") as store:
        pair = Victim(models, store)
        found = pair.answer(examples)
        pair.answer(examples[:2])
    each = [model.predict(examples).probabilities for model in models.values()]
    assert np.array_equal(found.probabilities, np.concatenate(each, axis=1))
    assert pair.width == 4
    assert len(set(found.read.tolist())) == 3
    assert pair.asked == {"teacher": 3, "student": 3}
    assert pair.name_tokens == ()
    with pytest.raises(UsageError, match="teacher is a black box"):
        pair.gradients(examples, [0, 0, 0], 0)


@pytest.mark.parametrize("attack", EVERY)
def test_every_attack_looks_for_disagreements(attack: str) -> None:
    constants = "variants=both" if attack == "random" else "patience=0"
    pair = (victim(teacher), victim(student))
    for concurrency in (1, 8):
        found = run(
            f"{attack}?{constants}",
            pair,
            subjects(2),
            budget=Budget(queries=400),
            concurrency=concurrency,
        )
        for attempt in found:
            assert attempt.adversarial is not None
            text = attempt.adversarial.example.programs[0].text
            assert teacher(text) > 0.5 > student(text)
            assert attempt.subject.is_valid(attempt.adversarial)
            assert 0 < attempt.found_at <= attempt.queries <= 400
        if concurrency == 1:
            first = [(one.adversarial.example, one.queries) for one in found]
    assert first == [(one.adversarial.example, one.queries) for one in found]


def test_models_that_flip_together_never_part() -> None:
    (attempt,) = run("alert", (victim(student), victim(student)), subjects(1))
    assert attempt.adversarial is None
    assert attempt.clean == attempt.lowest == 1


def test_the_most_different_variant_stays_where_none_parts() -> None:
    def less_sure(text: str) -> float:
        return 0.95 if word_count(text, "total") else 0.6

    (attempt,) = run("alert", (victim(lambda text: 0.95), victim(less_sure)), subjects(1))
    assert attempt.adversarial is None
    assert word_count(attempt.best.example.programs[0].text, "total") == 0
    assert attempt.lowest < attempt.clean == 1
