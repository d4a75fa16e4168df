"""Analyses are kept as long as there is room."""

from __future__ import annotations

from metacompress.data.example import Example, Program
from metacompress.lang.language import Language
from metacompress.runs.progress import NoProgress
from metacompress.variants.analyses import Analyses

PROGRAMS = [Program(f"int f{number}(int a) {{ return a; }}", Language.C) for number in range(10)]
EXAMPLES = [Example(one.text, (one,), None, None, (one.text,)) for one in PROGRAMS]
ROOM = 3 * (len(PROGRAMS[0].text) + 1)


def test_the_programs_whose_names_were_collected_first_are_kept() -> None:
    analyses = Analyses(ROOM)
    collected = list(analyses.of_all(EXAMPLES, NoProgress()))
    assert [one.source.decode() for one in collected] == [one.text for one in PROGRAMS]
    again = [analyses.get(program) for program in PROGRAMS]
    assert [one is two for one, two in zip(collected, again, strict=True)] == [True] * 3 + [
        False
    ] * 7


def test_the_program_that_was_asked_for_longest_ago_makes_room() -> None:
    analyses = Analyses(ROOM)
    first, second, *_ = kept = [analyses.get(program) for program in PROGRAMS[:3]]
    assert analyses.get(PROGRAMS[0]) is first
    analyses.get(PROGRAMS[3])
    assert analyses.get(PROGRAMS[2]) is kept[2]
    assert analyses.get(PROGRAMS[1]) is not second


def test_a_program_that_is_larger_than_the_room_is_not_kept() -> None:
    analyses = Analyses(10)
    assert analyses.get(PROGRAMS[0]) is not analyses.get(PROGRAMS[0])
