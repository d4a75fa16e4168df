"""Execute the notebooks of examples/ and keep what they show.

python scripts/notebooks.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbclient import NotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_SECONDS = 300


def executed(path: Path, directory: Path) -> NotebookNode:
    """The notebook at ``path`` with the outputs of a new run in ``directory``.

    Raises:
        CellExecutionError: a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        resources={"metadata": {"path": directory}},
        record_timing=False,
    )
    client.execute()
    for cell in notebook.cells:
        # Progress bars are gone in the end, and leave an empty output each.
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.output_type != "display_data"]
    return notebook


def main() -> None:
    """Execute all of them."""
    for path in sorted(EXAMPLES.glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as directory:
            nbformat.write(executed(path, Path(directory)), path)


if __name__ == "__main__":
    main()
