from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pytest

import metacompress
from metacompress.errors import UsageError
from metacompress.execution.programs import Input
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import FRONT_ENDS, Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.gate import Gate, Variant, make_variant
from metacompress.transforms.level import Level
from metacompress.transforms.naming import RecordedNaming
from metacompress.transforms.validity import Refusal
from metacompress.transforms.validity_level import ValidityLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

PARSE, BINDINGS, COMPILE, EXECUTE = ValidityLevel


class Replace(FixedTransformation):
    """Replace one text by another: right or wrong, as the test wants it."""

    name: ClassVar[str] = "replace"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = FRONT_ENDS
    may_drop: ClassVar[bool] = True

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = before, after

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        start = program.source.find(self.before.encode())
        if start >= 0:
            span = Span(start, start + len(self.before))
            yield Site(span, [Edit(*span, self.after)])


def outcome(
    before: str, after: str, text: str, language: Language, gate: Gate
) -> Variant | Refusal:
    return make_variant(
        Replace(before, after),
        AnalysedProgram.of(text, language),
        RecordedNaming({}),
        np.random.default_rng(0),
        gate,
    )


PROGRAMS = {
    Language.C: '#include <stdio.h>\nint main(void) { const int a = 5; printf("%d", a - 2); }',
    Language.JAVA: (
        "class A { public static void main(String[] s)"
        " { final int a = 5; System.out.print(a - 2); } }"
    ),
    Language.PYTHON: "a = 5\nprint(a - 2)\n",
}
WRONG = {
    COMPILE: {
        Language.C: ("5;", "5; ((int) 1) = 5;"),
        Language.JAVA: ("5;", '5; int b = "1";'),
        Language.PYTHON: ("5", "5\nbreak"),
    },
    EXECUTE: dict.fromkeys(PROGRAMS, ("2", "3")),
}
REFUSALS = {COMPILE: Refusal.COMPILER_ERRORS_CHANGED, EXECUTE: Refusal.BEHAVIOUR_CHANGED}


@pytest.mark.parametrize("language", PROGRAMS)
@pytest.mark.parametrize(("level", "below"), [(COMPILE, BINDINGS), (EXECUTE, COMPILE)])
def test_a_wrong_variant_is_refused_at_its_level(
    level: ValidityLevel, below: ValidityLevel, language: Language
) -> None:
    case = (*WRONG[level][language], PROGRAMS[language], language)
    inputs = (Input(),)
    assert outcome(*case, Gate(level, inputs=inputs)) is REFUSALS[level]
    assert isinstance(outcome(*case, Gate(below)), Variant)


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_right_variant_passes_every_level(language: Language) -> None:
    case = ("- 2", "- (2)", PROGRAMS[language], language)
    for level in ValidityLevel:
        assert isinstance(outcome(*case, Gate(level, inputs=(Input(),))), Variant)


def test_a_source_that_shows_nothing_is_not_vouched_for() -> None:
    text = "int main(void) { int a; return a - 2; }"
    gate = Gate(EXECUTE, inputs=(Input(),))
    assert outcome("2", "2 ", text, Language.C, gate) is Refusal.BEHAVIOUR_UNKNOWN


def test_snippets_pass_with_the_errors_of_their_source() -> None:
    text = "static int f(Unknown *a) { return a->field + UNSEEN - 2; }"
    assert isinstance(outcome("2", "(2)", text, Language.C, Gate(COMPILE)), Variant)
    refusal = outcome("2", "&2", text, Language.C, Gate(COMPILE))
    assert refusal is Refusal.COMPILER_ERRORS_CHANGED


def test_the_prelude_is_honoured() -> None:
    text = "int f(char *s) { return strlen(s) - LIMIT; }"
    gate = Gate(COMPILE, prelude="#define LIMIT 2\n#include <string.h>")
    refusal = outcome("LIMIT", "(LIMIT = 3)", text, Language.C, gate)
    assert refusal is Refusal.COMPILER_ERRORS_CHANGED


def test_execution_needs_inputs() -> None:
    with pytest.raises(UsageError, match="inputs"):
        Gate(EXECUTE)


def test_studies_compile_snippets(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    settings = {"task": "vulnerability-prediction", "transforms": ["rename-identifiers"]}
    result = metacompress.check(
        "mock:",
        "mock:?noise=1e-9",
        make_dataset(8),
        validity="compile",
        report=False,
        run=tmp_path / "run",
        **settings,
    )
    assert result.summary.variants.made == 8
    with pytest.raises(UsageError, match="inputs"):
        metacompress.check(
            "mock:",
            "mock:?noise=1e-9",
            make_dataset(8),
            validity="execute",
            report=False,
            run=tmp_path / "no",
            **settings,
        )
