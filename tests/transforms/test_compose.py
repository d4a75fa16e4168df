from __future__ import annotations

import numpy as np
import pytest

from metacompress.lang.edits import apply_edits
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.compose import make_composed_variant
from metacompress.transforms.gate import Variant
from metacompress.transforms.naming import RecordedNaming
from metacompress.transforms.validity import Refusal

NAMES = ("flip-comparison", "swap-if-branches", "insert-dead-code")
SOURCE = """int f(int a, int b) {
    if (a < b) { a = g(a); } else { b = g(b); }
    return a == b;
}
"""


def compose(text: str, count: int, seed: int, *names: str) -> Variant | Refusal:
    transformations = [TRANSFORMS.get(name)() for name in names or NAMES]
    program = AnalysedProgram.of(text, Language.C)
    rng = np.random.default_rng(seed)
    return make_composed_variant(transformations, count, program, RecordedNaming({}), rng)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_steps_lead_from_the_source_to_the_variant(count: int) -> None:
    variant = compose(SOURCE, count, 1)
    assert isinstance(variant, Variant)
    assert len(variant.steps) == count
    text = SOURCE.encode()
    for step in variant.steps:
        assert step.transformation in NAMES
        text = apply_edits(text, step.edits)[0]
    assert text == variant.program.source


def test_different_draws_apply_different_transformations() -> None:
    outcomes = [compose(SOURCE, 2, seed) for seed in range(10)]
    made = [outcome for outcome in outcomes if isinstance(outcome, Variant)]
    drawn = {step.transformation for variant in made for step in variant.steps}
    assert drawn == set(NAMES)


def test_what_has_no_site_is_passed_over() -> None:
    variant = compose("int f(int a) { return a < 3; }", 1, 0, "swap-if-branches", "flip-comparison")
    assert isinstance(variant, Variant)
    assert [step.transformation for step in variant.steps] == ["flip-comparison"]
    assert compose("int f(void) { return 1; }", 3, 0, "swap-if-branches") is Refusal.NO_SITE


def test_steps_that_undo_each_other_make_no_variant() -> None:
    outcome = compose("int f(int a, int b) { return a < b; }", 2, 0, "flip-comparison")
    assert outcome is Refusal.UNCHANGED
