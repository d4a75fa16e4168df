from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, Field, RootModel

from generator import write_reference
from generator.models import reached_by, results_page, settings_page
from generator.names import find_registries

DOCS = Path(__file__).parents[2] / "docs"


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Inner(BaseModel):
    """A part of it. ``code`` is shown as such.

    Not shown.
    """

    share: float = Field(default=0.5, ge=0, lt=1, description="one | two")


class Counts(RootModel[dict[str, int]]):
    """By name."""


class Outer(BaseModel):
    """The whole."""

    name: str
    colour: Colour = Colour.RED
    mode: Literal["fast", "exact"] = "fast"
    inner: Inner | None = None
    parts: dict[str, tuple[Inner, ...]] = {}
    counts: list[int] = []


def test_a_table_says_type_range_default_and_meaning() -> None:
    page = settings_page([Inner, Outer])
    for row in (
        r"| `share` | number, ≥ 0 and < 1 | `0.5` | one \| two |",
        "| `name` | text | required |  |",
        '| `colour` | `red`, `blue` | `"red"` |  |',
        '| `mode` | `fast`, `exact` | `"fast"` |  |',
        "| `inner` | [Inner](#inner) |  |  |",
        "| `parts` | table of list of [Inner](#inner) | `{}` |  |",
        "| `counts` | list of whole number | `[]` |  |",
    ):
        assert row in page.splitlines()
    assert "A part of it. `code` is shown as such." in page
    assert "Not shown" not in page


def test_a_model_without_fields_says_what_it_is() -> None:
    assert "\nA table of whole number.\n" in results_page([Counts])


def test_models_within_a_result_are_results() -> None:
    assert reached_by([Outer]) == {Outer, Inner}
    assert "### Inner" in results_page([Inner])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    written = write_reference(tmp_path_factory.mktemp("reference"))
    return {path.stem: path.read_text() for path in written}


def test_the_reference_holds_what_the_package_has(pages: dict[str, str]) -> None:
    for command in ("metacompress check", "metacompress compress avatar"):
        assert f"## `{command}`\n\n```text\nUsage: {command} " in pages["commands"]
    assert "| `max_queries` |" in pages["settings"]
    assert "### DistributionSimilarity" in pages["settings"]
    assert "autofunction:: metacompress.check\n" in pages["python"]
    assert "| `swap-if-branches` |" in pages["names"]


@pytest.mark.parametrize(
    ("page", "group"),
    [
        ("reference/transformations.md", "transforms"),
        ("reference/attacks.md", "attacks"),
        ("reference/models.md", "models"),
        ("explanation/relations.md", "relations"),
        ("how-to/make-a-student.md", "techniques"),
    ],
)
def test_pages_written_by_hand_name_all_there_is(page: str, group: str) -> None:
    registry = find_registries("metacompress")[f"metacompress.{group}"]
    text = (DOCS / page).read_text()
    assert [name for name in registry.names() if name not in text] == []
