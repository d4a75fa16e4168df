from __future__ import annotations

from pathlib import Path

import pytest

from metacompress.study.players import flag_of, named_students


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("path/to/model", {"student": "path/to/model"}),
        ("mock:?seed=1", {"student": "mock:?seed=1"}),
        ("small=mock:?seed=1", {"small": "mock:?seed=1"}),
        (Path("a/b"), {"student": "a/b"}),
        (["a=x", "b=y=z"], {"a": "x", "b": "y=z"}),
        ({"a": "x"}, {"a": "x"}),
        ({"student": "x", "b": "y"}, {"student": "x", "b": "y"}),
        (["./a=b"], {"student": "./a=b"}),
        ([], []),
        ([3], [3]),
        (None, None),
    ],
)
def test_students_have_names(given: object, expected: object) -> None:
    assert named_students(given) == expected


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["x", "y"], "a name each"),
        (["a=x", "y"], "a name each"),
        (["a=x", "a=y"], "two students are called a"),
        ("teacher=x", "another name"),
        ("floor=x", "another name"),
        ("label=x", "another name"),
        ("a_truncated=x", "another name"),
        ({"": "x"}, "another name"),
        ({"a/b": "x"}, "another name"),
    ],
)
def test_names_of_students_are_told_apart(given: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        named_students(given)


def test_flags_of_models() -> None:
    assert [flag_of(name) for name in ("teacher", "small", "floor")] == [
        "--teacher",
        "--student",
        "--floor",
    ]
