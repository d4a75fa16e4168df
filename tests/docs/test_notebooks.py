"""The notebooks of examples/ run, and show what they say that they show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = sorted((Path(__file__).parents[2] / "examples").glob("*.ipynb"))


def texts(notebook: NotebookNode) -> list[str]:
    """What the cells print and return, as text."""
    return [
        one.get("text") or one["data"]["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for one in cell.outputs
        if one.get("name") != "stderr"
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_again_what_it_holds(path: Path, tmp_path: Path) -> None:
    from notebooks import executed

    kept = nbformat.read(path, as_version=4)
    assert texts(kept)
    assert texts(executed(path, tmp_path)) == texts(kept)
    shown = [one["data"] for cell in kept.cells for one in cell.get("outputs", ()) if "data" in one]
    assert any("<table" in data.get("text/html", "") for data in shown)


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"own_model", "attack", "students"}
