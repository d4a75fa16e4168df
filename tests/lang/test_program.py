from __future__ import annotations

import pytest

from metacompress.errors import ProgramError
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.registry import TRANSFORMS

TEXT = "int f(int a) { return a < 2; }"


def test_a_fact_is_found_once_in_each_program() -> None:
    asked = []

    def find_length(program: AnalysedProgram) -> int:
        asked.append(program)
        return len(program.source)

    one, other = (AnalysedProgram.of(text, Language.C) for text in (TEXT, TEXT + "\n"))
    for _ in range(3):
        assert (one.fact(find_length), other.fact(find_length)) == (len(TEXT), len(TEXT) + 1)
    assert [id(program) for program in asked] == [id(one), id(other)]


@pytest.mark.parametrize("nothing", [None, False, (), 0])
def test_a_fact_may_be_nothing(nothing: object) -> None:
    asked = []
    program = AnalysedProgram.of(TEXT, Language.C)
    find = lambda program: asked.append(program) or nothing  # noqa: E731
    assert [program.fact(find) for _ in range(2)] == [nothing] * 2
    assert len(asked) == 1


def test_analyses_do_not_share_a_fact() -> None:
    program = AnalysedProgram.of(TEXT, Language.C)
    finds = [lambda program, number=number: number for number in range(3)]
    assert [program.fact(find) for find in finds * 2] == [0, 1, 2] * 2
    flip, literal = (TRANSFORMS.get(name)() for name in ("flip-comparison", "rewrite-literal"))
    sites = [one.all_sites(program) for one in (flip, literal)]
    assert [[program.source[s.span.start : s.span.end] for s in found] for found in sites] == [
        [b"a < 2"],
        [b"2"],
    ]
    assert flip.all_sites(program) is sites[0]


def test_a_fact_may_rest_on_others() -> None:
    def find_names(program: AnalysedProgram) -> list[str]:
        return [binding.name for binding in program.scopes.bindings]

    def count_names(program: AnalysedProgram) -> int:
        return len(program.fact(find_names))

    assert AnalysedProgram.of(TEXT, Language.C).fact(count_names) == 2


def test_a_failure_is_not_kept() -> None:
    outcomes = iter([ProgramError("too deep"), "found"])

    def find(program: AnalysedProgram) -> str:
        outcome = next(outcomes)
        if isinstance(outcome, ProgramError):
            raise outcome
        return outcome

    program = AnalysedProgram.of(TEXT, Language.C)
    with pytest.raises(ProgramError, match="too deep"):
        program.fact(find)
    assert program.fact(find) == "found"


def test_facts_are_no_part_of_what_a_program_is() -> None:
    program = AnalysedProgram.of(TEXT, Language.C)
    fresh = AnalysedProgram(program.parsed)
    program.fact(lambda program: program.source)
    assert program == fresh
    assert hash(program) == hash(fresh)
    assert "fact" not in repr(program)
