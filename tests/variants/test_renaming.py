"""Names that a renaming changed, taken back in what a model wrote."""

from __future__ import annotations

import pytest

from metacompress.lang.language import Language
from metacompress.variants.alignment import Stretch, kept_stretches, moved_place
from metacompress.variants.attempt import AppliedEdit
from metacompress.variants.renaming import new_names, with_old_names

SOURCE = "int add(int count)\n{\n    int total = count;\n    return total;\n}\n"


def edits_of(text: str, names: dict[str, str], step: int = 0) -> list[AppliedEdit]:
    """All occurrences of names as words, replaced."""
    found, place = [], 0
    while place < len(text):
        for old, new in names.items():
            before = text[place - 1 : place]
            behind = text[place + len(old) : place + len(old) + 1]
            if text.startswith(old, place) and not (before.isalnum() or behind.isalnum()):
                edit = AppliedEdit(0, step, "rename-identifiers", place, place + len(old), new)
                found.append(edit)
        place += 1
    return found


def test_names_are_followed_through_steps() -> None:
    first = {"count": "total", "total": "count"}
    found = new_names(SOURCE.encode(), edits_of(SOURCE, first))
    assert found == first
    swapped = "int add(int total)\n{\n    int count = total;\n    return count;\n}\n"
    second = edits_of(swapped, {"total": "k"}, step=1)
    found = new_names(SOURCE.encode(), [*edits_of(SOURCE, first), *second])
    assert found == {"count": "k", "total": "count"}
    assert new_names(SOURCE.encode(), [AppliedEdit(0, 0, "t", 0, 3, "long long")]) == {}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" return k * 2; }", " return count * 2; }"),
        # The name that the prompt lost is another one there.
        (" return count; }", " return k; }"),
        (' puts("count k"); k++;', ' puts("count k"); count++;'),
        (" total = k;", " total = count;"),
    ],
)
def test_names_are_taken_back(written: str, expected: str) -> None:
    prompt = "int add(int k)\n{"
    names = {"count": "k", "total": "m"}
    assert with_old_names(written, prompt, Language.C, names) == expected


def test_an_old_name_that_the_prompt_still_has_stays() -> None:
    prompt = "int add(struct s *p, int k)\n{ p->count = 1;"
    text = " return p->count + k; }"
    assert with_old_names(text, prompt, Language.C, {"count": "k"}) == (
        " return p->count + count; }"
    )


def test_places_move_with_what_is_kept() -> None:
    source = SOURCE.encode()
    stretches = kept_stretches(source, edits_of(SOURCE, {"count": "k", "total": "numbers"}))
    variant = "int add(int k)\n{\n    int numbers = k;\n    return numbers;\n}\n"
    for mark in ("\n{", "int total = count;", "= count", "return total", "}\n"):
        place = SOURCE.index(mark) + len(mark)
        expected = mark.replace("count", "k").replace("total", "numbers")
        found = moved_place(place, source, stretches)
        assert variant[:found].endswith(expected)
    assert moved_place(0, source, stretches) == 0


def test_a_place_within_an_edit_has_no_other() -> None:
    source = b"aaaa bbbb cccc"
    kept = [Stretch(0, 0, 4), Stretch(10, 10, 4)]
    assert moved_place(7, source, kept) is None
    assert moved_place(4, source, kept) is None
    assert moved_place(9, source, kept) == 10
    exchanged = [Stretch(0, 10, 4), Stretch(4, 4, 6), Stretch(10, 0, 4)]
    assert moved_place(7, source, exchanged) is None
