"""Counterexamples of known cause: what is left of them, and that it is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.data.example import Example, Program
from metacompress.errors import ProgramError
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.shrinking import shrinker
from metacompress.shrinking.candidate import Choice, Pair, Whole
from metacompress.shrinking.parts import PartKind, find_parts
from metacompress.shrinking.passes import Stopped
from metacompress.shrinking.shrinker import EDITS, Shrinker
from metacompress.transforms.gate import DEFAULT_GATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.shrinking.shrinker import Shrunk

C = """\
#include <stdio.h>
static int limit = 7;
/* Adds up. */
int sum(int count, char *name, int *values) {
    int total = 0;
    int unused = limit;
    for (int i = 0; i < count; i++) {
        if (values[i] > unused) {
            total += values[i];
        } else {
            printf("%s", name);
        }
    }
    while (total > 100) {
        total -= 10;
    }
    return total;
}
int main(void) { int all[2] = {1, 2}; return sum(2, "x", all); }
"""
JAVA = """\
class Sum {
    int sum(int[] values) {
        int total = 0;
        int seen = 0;
        for (int value : values) { total += value; seen++; }
        if (seen > 3) { total = total * 2; }
        return total;
    }
}
"""
PYTHON = '''\
def total(values, start=0):
    """Adds up."""
    result = start
    seen = 0
    for value in values:
        result += value
        seen += 1
    if seen > 3:
        result = result * 2
    return result
'''


def counterexample(text: str, language: Language, transforms: object, **settings: object) -> Whole:
    found = metacompress.transform(text, transforms, language=str(language), **settings)
    (attempt,) = found.variants
    source = Example("it", (Program(text, language),), None, None, ("it",))
    return Whole(source, source.with_texts(attempt.programs), attempt.edits, DEFAULT_GATE)


def shrunk(whole: Whole, violates: Callable[[str, str], bool], queries: int = 60) -> Shrunk:
    search = Shrinker(whole, queries=queries).run()
    try:
        pair = next(search)
        while True:
            source, variant = (one.programs[0].text for one in pair)
            pair = search.send(violates(source, variant))
    except StopIteration as end:
        result: Shrunk = end.value
        return result


def test_one_renaming_and_what_holds_it_are_left_of_many() -> None:
    """The made-up violation is that ``total``, which the loop adds to, has another name."""
    whole = counterexample(C, Language.C, "rename-identifiers", seed=3)
    assert len(whole.units) > 4

    found = shrunk(
        whole, lambda source, variant: " total += " in source and " total += " not in variant
    )
    source, variant = (one.programs[0].text for one in found.pair)
    assert found.counts(EDITS)[1] == 1
    before, after = found.counts(str(PartKind.STATEMENTS))
    assert after < before / 2
    assert found.queries <= 60
    # Nothing but one name differs, and no other statement is left.
    assert "while" not in source
    assert "main" not in source
    assert "Adds up" not in source
    old, new = source.split(), variant.split()
    assert len(old) == len(new)
    assert {one for one, other in zip(old, new, strict=True) if one != other} <= {
        "total",
        "total;",
    }


@pytest.mark.parametrize(
    ("text", "language", "statement"),
    [
        (C, Language.C, "while"),
        (JAVA, Language.JAVA, "if (seen > 3)"),
        (PYTHON, Language.PYTHON, "seen > 3"),
    ],
)
def test_what_is_left_is_a_program_that_the_gate_accepts(
    text: str, language: Language, statement: str
) -> None:
    whole = counterexample(
        text, language, ["rename-identifiers", "swap-operands", "comments"], compose=2, seed=5
    )
    found = shrunk(whole, lambda source, variant: statement.split()[0] in source)
    source, variant = found.pair
    assert source.programs != variant.programs
    analysed = AnalysedProgram.of(source.programs[0].text, language)
    assert analysed.parsed.error_count == 0
    whole_names = {name for _, name in whole.programs[0].source.scopes.unbound}
    assert {name for _, name in analysed.scopes.unbound} <= whole_names
    assert found.counts(EDITS)[1] == 1


def test_an_edit_goes_as_a_whole() -> None:
    """A loop has several edits, of which half would be another loop."""
    text = "int f(int n) { int s = 0; for (int i = 0; i < n; i++) { s += i; } return s; }"
    whole = counterexample(text, Language.C, "for-to-while")
    assert len(whole.programs[0].steps[0].edits) > 1
    assert len(whole.units) == 1


def test_a_statement_goes_with_those_that_use_its_names() -> None:
    program = AnalysedProgram.of(C, Language.C)
    whole = counterexample(C, Language.C, "rename-identifiers", seed=3)
    parts = program.fact(find_parts)
    declaration = next(
        k
        for k, one in enumerate(parts)
        if C.encode()[slice(*one.span)].strip() == b"int total = 0;"
    )
    # By itself it cannot go: its name would have no declaration.
    assert not isinstance(whole.without(Choice(parts=frozenset({(0, declaration)}))), Pair)


def test_queries_are_counted_once_and_limited() -> None:
    whole = counterexample(C, Language.C, "rename-identifiers", seed=3)
    asked = []

    def violates(source: str, variant: str) -> bool:
        asked.append((source, variant))
        return False

    found = shrunk(whole, violates, queries=5)
    assert found.pair == whole.pair
    assert len(set(asked)) == len(asked)
    inputs = {one for pair in asked for one in pair} - {one.programs[0].text for one in whole.pair}
    assert len(inputs) == found.queries <= 5
    assert Stopped.OUT_OF_QUERIES in {one.stopped for one in found.passes}


def test_edits_that_do_not_lead_to_the_variant_are_refused() -> None:
    whole = counterexample(C, Language.C, "rename-identifiers", seed=3)
    found = metacompress.transform(C, "rename-identifiers", language="c", seed=4)
    (other,) = found.variants
    with pytest.raises(ProgramError, match="do not lead to it"):
        Whole(whole.pair.source, whole.pair.variant, other.edits, DEFAULT_GATE)


def test_a_large_program_is_tried_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    text = C + "\n".join(f"int add{n}(int all{n}) {{ return all{n} + {n}; }}" for n in range(12))
    whole = counterexample(text, Language.C, "rename-identifiers", seed=1)
    assert len(whole.units) > 10
    monkeypatch.setattr(shrinker, "_MOST_BYTES", 5 * len(text))
    made = []
    without = whole.without
    monkeypatch.setattr(Whole, "without", lambda _, choice: made.append(choice) or without(choice))
    found = shrunk(whole, lambda source, variant: False)
    assert found.passes[-1].stopped is Stopped.OUT_OF_CANDIDATES
    assert len(made) == 5
