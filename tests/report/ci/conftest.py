from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from placed import write_functions

import metacompress

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> metacompress.CheckResult:
    """Two students, of which the second is the teacher itself; functions with their places."""
    directory: Path = tmp_path_factory.mktemp("checked")
    data = write_functions(directory / "functions.jsonl", 60)
    return metacompress.check(
        "mock:",
        {"other": "mock:?seed=1", "same": "mock:?seed=2"},
        data,
        task="vulnerability-prediction",
        language="c",
        transforms=("rename-identifiers",),
        run=directory / "run",
    )
