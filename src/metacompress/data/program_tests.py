"""Tests of programs of a data set, by their ids: of the demo set, or of a table.

Rows of a table are those of HumanEval (``task_id``, ``test``, ``entry_point``) or of MBPP
(``task_id``, ``test_list``, ``test_setup_code`` or ``test_imports``); their programs are Python.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.data.rows import Row, read_rows
from metacompress.errors import DataError
from metacompress.execution.program_tests import ProgramCase, ProgramTests

if TYPE_CHECKING:
    from collections.abc import Mapping

DEMO = "demo"
_IDS = ("id", "task_id", "idx")


def read_program_tests(location: str) -> dict[str, ProgramTests]:
    """The tests of programs, by the ids of these.

    Args:
        location: ``demo``, or a table.

    Raises:
        DataError: there is no such table, or no row of it has tests.
    """
    if location == DEMO:
        return _of_demo()
    found: dict[str, ProgramTests] = {}
    for row in read_rows(Path(location)):
        if isinstance(row, Row):
            name = next((row.values[one] for one in _IDS if one in row.values), row.line)
            tests = _of_row(row.values)
            if tests is not None:
                found[str(name)] = tests
    if not found:
        raise DataError(
            f"{location}: no row has tests; expected the columns test and entry_point, or "
            f"test_list",
            path=Path(location),
        )
    return found


def _of_demo() -> dict[str, ProgramTests]:
    from metacompress.data.demo import read_problems

    found: dict[str, ProgramTests] = {}
    for problem in read_problems():
        cases = tuple(ProgramCase(one.input.encode(), one.output.encode()) for one in problem.cases)
        found |= {one.id: ProgramTests(cases) for one in problem.implementations}
    return found


def _of_row(values: Mapping[str, Any]) -> ProgramTests | None:
    test, function = values.get("test"), values.get("entry_point")
    if isinstance(test, str) and isinstance(function, str):
        return ProgramTests(script=f"{test}\n\ncheck({function})\n", function=function)
    asserts = values.get("test_list")
    if not isinstance(asserts, list) or not all(isinstance(one, str) for one in asserts):
        return None
    setup = values.get("test_setup_code") or values.get("test_imports") or ""
    lines = [*([setup] if isinstance(setup, str) else setup), *asserts]
    return ProgramTests(script="".join(f"{line}\n" for line in lines))
