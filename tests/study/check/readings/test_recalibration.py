from __future__ import annotations

import numpy as np
import pytest

from metacompress.data.part import Part
from metacompress.relations import DEFAULT_RELATIONS, make_relation
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.stats.scores.temperature import apply_temperature
from metacompress.study.check.readings.recalibration import recalibrate

RELATIONS = [make_relation(name, {}) for name in DEFAULT_RELATIONS]


def outputs(student_temperature: float, n: int = 400) -> dict[Part, Outputs]:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, n)
    teacher = np.stack([1 / (1 + np.exp(logits)), 1 / (1 + np.exp(-logits))], axis=1)
    student = apply_temperature(teacher, student_temperature)
    labels = (rng.random(n) < teacher[:, 1]).astype(np.int64)
    sources = Outputs.of_sources(teacher, student, labels, np.arange(n))
    rows = np.repeat(np.arange(n), 2)
    follow_ups = sources.follow_ups(teacher[rows], student[rows], rows, Kinds.of(["a", "b"] * n))
    return {Part.SOURCES: sources, Part.FOLLOW_UPS: follow_ups}


@pytest.mark.parametrize("temperature", [0.5, 1.0, 1.1, 3.0])
def test_a_temperature_is_found_and_explains_all_of_its_effect(temperature: float) -> None:
    found = recalibrate(RELATIONS, outputs(temperature), seed=0, confidence=0.95)
    assert found is not None
    assert found.temperature == pytest.approx(1 / temperature, rel=1e-3)
    assert found.fitted + found.held_out == 400
    for parts in found.relations.values():
        for part in parts.values():
            assert part.after == pytest.approx(0, abs=1e-4)
    agreement = found.relations["prediction-agreement"][Part.SOURCES]
    assert agreement.before == agreement.after
    if temperature == 3.0:
        similar = found.relations["distribution-similarity"][Part.FOLLOW_UPS]
        assert (similar.before or 0) > 0.5


def test_real_differences_stay() -> None:
    given = outputs(1.0)
    wrong = given[Part.SOURCES].student[:, ::-1]
    swapped = np.where(np.arange(len(wrong))[:, None] % 4 == 0, wrong, given[Part.SOURCES].student)
    parts = {Part.SOURCES: given[Part.SOURCES].with_student(swapped, swapped)}
    found = recalibrate(RELATIONS, parts, seed=0, confidence=0.95)
    assert found is not None
    assert found.temperature == pytest.approx(1, abs=1e-3)
    agreement = found.relations["prediction-agreement"][Part.SOURCES]
    assert agreement.after == agreement.before > 0.15


def test_too_few_sources_have_no_halves() -> None:
    assert recalibrate(RELATIONS, outputs(1.1, 3), seed=0, confidence=0.95) is None
    given = outputs(1.0)[Part.SOURCES]
    swapped = given.student[:, ::-1]
    never = {Part.SOURCES: given.with_student(swapped, swapped)}
    assert recalibrate(RELATIONS, never, seed=0, confidence=0.95) is None
