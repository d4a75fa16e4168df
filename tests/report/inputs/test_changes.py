from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metacompress.report.inputs.changes import changed_lines

texts = st.lists(st.sampled_from(["a", "b", "", "  c;"]), max_size=12).map("\n".join)


@given(texts, texts)
def test_the_changes_make_the_new_text_of_the_old_one(old: str, new: str) -> None:
    lines = old.split("\n")
    hunks = changed_lines(old, new)
    assert [start for start, _, _ in hunks] == sorted({start for start, _, _ in hunks})
    for start, removed, added in reversed(hunks):
        assert removed or added
        lines[start : start + removed] = added
    assert "\n".join(lines) == new


def test_lines_that_are_equal_are_not_among_the_changes() -> None:
    assert changed_lines("a\nb\nc", "a\nB\nc") == [(1, 1, ["B"])]
    assert changed_lines("a\nb", "a\nb") == []
    assert changed_lines("a\nb", "a\nnew\nb") == [(1, 0, ["new"])]
