from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar

import pytest

from metacompress.errors import UnknownNameError
from metacompress.settings.validation import validated
from metacompress.study.check.config import CheckConfig
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.level import Level
from metacompress.transforms.lexical.braces import Braces
from metacompress.transforms.registry import TransformationRegistry
from metacompress.variants.plan import make_transformations

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA_FLOW = ("extract-local", "inline-local", "reorder-statements")


class Shout(Braces):
    """Write it louder."""

    name: ClassVar[str] = "shout"
    level: ClassVar[Level] = Level.DATA_FLOW


def named(*transforms: str) -> tuple[str, ...]:
    models = {"task": "vulnerability-prediction", "teacher": "a", "student": "b"}
    given = models | {"data": {"path": "devign"}, "transforms": transforms}
    return validated(CheckConfig, given).transforms


@pytest.mark.parametrize("name", TRANSFORMS.names())
def test_a_transformation_lies_in_the_folder_of_its_level(name: str) -> None:
    one = TRANSFORMS.get(name)
    assert one.__module__.split(".")[2] == one.level.replace("-", "_")
    assert TRANSFORMS.describe(name).startswith(f"{one.level}: ")


def test_the_levels_part_all_transformations() -> None:
    parts = [make_transformations(level) for level in Level]
    assert min(map(len, parts)) >= 3
    assert sorted(one.name for part in parts for one in part) == TRANSFORMS.names()
    assert [one.name for one in make_transformations("data-flow")] == list(DATA_FLOW)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["data-flow"], DATA_FLOW),
        (["inline-local", "data-flow"], ("inline-local", "extract-local", "reorder-statements")),
        (["data-flow", "braces"], (*DATA_FLOW, "braces")),
        (["braces", "layout"], ("braces", "layout")),
        (["lexical", "all"], tuple(TRANSFORMS.names())),
    ],
)
def test_a_level_stands_for_its_names(given: Sequence[str], expected: tuple[str, ...]) -> None:
    assert named(*given) == expected


@pytest.mark.parametrize("given", ["data_flow", "Data flow", "dataflow"])
def test_a_level_spelled_otherwise_is_suggested(given: str) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'data-flow'"):
        TRANSFORMS.get(given)


def test_a_plug_in_states_its_own_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shouting", SimpleNamespace(Shout=Shout))
    braces = "metacompress.transforms.lexical.braces:Braces"
    places = {"shout": "shouting:Shout", "braces": braces}
    registry = TransformationRegistry("transformation", "metacompress.none", places)
    assert registry.chosen("data-flow") == ("shout",)
    assert registry.chosen(["lexical"]) == ("braces",)
    assert registry.describe("shout") == "data-flow: Write it louder."
