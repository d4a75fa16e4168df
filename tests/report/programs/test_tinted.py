from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metacompress.report.programs.tinted import SHADES, tinted_programs
from metacompress.study.location import Stretch

TEXT = "int f(int a)\n{\n\n    a = 1;\n    b = 2;\n    if (a) {\n        b = a;\n    }\n}\n"


def stretch(start: int, end: int, program: int = 0) -> Stretch:
    return Stretch(program=program, line=1 + TEXT[:start].count("\n"), start=start, end=end)


def test_the_largest_share_has_the_darkest_tint_and_none_below_zero_has_one() -> None:
    # 0.1 + 0.2 by itself must not be beyond the darkest.
    shares = [0.1 + 0.2, 0.1, 0.0, -0.4]
    places = [stretch(4 * k, 4 * k + 3) for k in range(3)]
    (program,) = tinted_programs([TEXT], zip([*places, stretch(20, 25)], shares, strict=True))
    marks = [one for line in program.lines for one in line.pieces if one.shade is not None]
    assert [one.shade for one in marks if one.text.strip()][:3] == [SHADES, 3, 0]
    assert max(one.shade or 0 for one in marks) == SHADES
    assert marks[0].share == "30 %"


def test_lines_near_a_tint_are_shown_with_their_numbers() -> None:
    start = TEXT.index("if (a)")
    (program,) = tinted_programs([TEXT], [(stretch(start, start + 6), 1.0)])
    assert [(one.number, one.gap) for one in program.lines] == [(5, 4), (6, 0), (7, 0)]
    assert program.below == len(TEXT.split("\n")) - 7
    assert program.title == ""


def test_white_space_at_the_ends_of_lines_is_not_tinted() -> None:
    start, end = TEXT.index("if (a)"), TEXT.rindex("}\n}")
    (program,) = tinted_programs([TEXT], [(stretch(start - 4, end), 1.0)])
    marks = [one.text for line in program.lines for one in line.pieces if one.shade]
    assert marks == ["if (a) {", "b = a;"]


def test_a_program_without_shares_is_left_out() -> None:
    shown = tinted_programs([TEXT, TEXT], [(stretch(0, 3, program=1), 0.5)])
    assert [one.title for one in shown] == ["Second program"]
    assert tinted_programs([TEXT], []) == []


@given(st.text("ab é\t\n", max_size=40), st.data())
def test_no_character_is_lost_near_a_tint(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    place = Stretch(program=0, line=1, start=start, end=data.draw(st.integers(start, len(text))))
    for program in tinted_programs([text], [(place, 1.0)]):
        lines = text.split("\n")
        for line in program.lines:
            assert "".join(one.text for one in line.pieces) == lines[line.number - 1]
