"""Programs with tests, as HumanEval, MBPP and the demo set have them, run in the sandbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from metacompress.data.demo import read_problems
from metacompress.data.loading import load_dataset
from metacompress.data.program_tests import read_program_tests
from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import DataError
from metacompress.execution.program_tests import passes
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from pathlib import Path

HUMANEVAL = {
    "task_id": "HumanEval/7",
    "prompt": 'import math\n\n\ndef root(n):\n    """The square root."""\n',
    "canonical_solution": "    return math.isqrt(n)\n",
    "entry_point": "root",
    "test": "def check(candidate):\n    assert candidate(9) == 3\n    assert candidate(0) == 0\n",
}
MBPP = {
    "task_id": 11,
    "text": "Write a function.",
    "code": "def twice(n):\r\n\treturn 2 * n",
    "test_setup_code": "import math",
    "test_list": ["assert math.isclose(twice(2), 4)", "assert twice(0) == 0"],
}


def write(path: Path, *values: object) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in values), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [(HUMANEVAL, ("isqrt(n)", "isqrt(n) + n")), (MBPP, ("2 * n", "2 + n"))],
    ids=["humaneval", "mbpp"],
)
def test_rows_are_programs_with_tests(
    row: dict[str, object], wrong: tuple[str, str], tmp_path: Path
) -> None:
    path = write(tmp_path / "rows.jsonl", row)
    (example,) = load_dataset(path, NEXT_TOKEN, language="python")
    assert example.id == str(row["task_id"])
    tests = read_program_tests(path)[example.id]
    text = example.programs[0].text
    assert passes(text, Language.PYTHON, tests)
    assert not passes(text.replace(*wrong), Language.PYTHON, tests)
    assert not passes(text[:-4] + "(", Language.PYTHON, tests)
    assert {"root", "twice"} & tests.names


def test_humaneval_is_python(tmp_path: Path) -> None:
    (example,) = load_dataset(write(tmp_path / "rows.jsonl", HUMANEVAL), NEXT_TOKEN)
    assert example.programs[0].language is Language.PYTHON
    assert example.programs[0].text == HUMANEVAL["prompt"] + HUMANEVAL["canonical_solution"]


def test_demo_programs_have_the_cases_of_their_problem() -> None:
    tests = read_program_tests("demo")
    problem = read_problems()[0]
    one = next(i for i in problem.implementations if i.program.language is Language.PYTHON)
    found = tests[one.id]
    assert len(found.cases) == len(problem.cases)
    assert passes(one.program.text, Language.PYTHON, found)
    assert not passes(one.program.text + "\nprint()\n", Language.PYTHON, found)
    assert not passes(one.program.text + "\nraise SystemExit(1)\n", Language.PYTHON, found)


def test_a_table_without_tests_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no row has tests"):
        read_program_tests(write(tmp_path / "rows.jsonl", {"code": "x = 1", "task_id": 1}))
