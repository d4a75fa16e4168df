"""The plug-in of pytest, in a pytest of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from placed import write_functions

ROOT = Path(__file__).parents[1]
PLUGIN = "metacompress.pytest_plugin"
TESTS = """
import pytest

pytestmark = pytest.mark.fidelity(
    task="vulnerability-prediction", language="c", data="functions.jsonl", teacher="mock:",
    student="mock:?seed=1",
)

def test_student(fidelity):
    fidelity(at_most=0.05)

@pytest.mark.fidelity(transforms=["rename-identifiers"])
def test_variants(fidelity):
    fidelity(at_most=0.05, counterexamples=2, relations=["invariance-inheritance"])

def test_generous(fidelity):
    result = fidelity(at_most=0.99, relations=["prediction-agreement"])
    assert result.verdict == "pass"
    assert result.run.is_relative_to(fidelity._directory)

@pytest.mark.fidelity(limit=3)
@pytest.mark.parametrize("undecided", ["pass", "fail"])
def test_few(fidelity, undecided):
    fidelity(relations=["prediction-agreement"], at_most=0.3, undecided=undecided)

@pytest.mark.fidelity(
    limit=3, relations=["prediction-agreement"], at_most=0.3, undecided="pass", counterexamples=1
)
class TestMarked:
    def test_few(self, fidelity):
        fidelity()

    def test_call_goes_before(self, fidelity):
        fidelity(tolerance=0.0, undecided="fail")

@pytest.mark.fidelity(relations=["prediction-agreement"], at_most=1.0)
def test_baseline(fidelity):
    baseline = fidelity(student="mock:?noise=0.001").run
    fidelity(baseline=baseline)

def test_misused(fidelity):
    fidelity(studnet="mock:")
"""


def run_pytest(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", PLUGIN, "-p", "no:xdist", "-rA", *arguments],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = tmp_path_factory.mktemp("team")
    write_functions(directory / "functions.jsonl", 40)
    (directory / "test_team.py").write_text(TESTS)
    return run_pytest(directory, "--strict-markers").stdout


def test_verdicts_decide(output: str) -> None:
    found = re.findall(r"^(PASSED|FAILED) test_team.py::(\S+)", output, re.MULTILINE)
    outcomes = {name: outcome for outcome, name in found}
    assert outcomes == {
        "test_student": "FAILED",
        "test_variants": "FAILED",
        "test_generous": "PASSED",
        "test_few[pass]": "PASSED",
        "test_few[fail]": "FAILED",
        "TestMarked::test_few": "PASSED",
        "TestMarked::test_call_goes_before": "FAILED",
        "test_baseline": "FAILED",
        "test_misused": "FAILED",
    }


def test_a_failure_shows_rows_and_counterexamples(output: str) -> None:
    failures = dict(re.findall(r"_ (test_\w+) _+\n(.*?)(?=\n_____|\n=====)", output, re.DOTALL))
    student = failures["test_student"]
    assert student.startswith("The student does not mimic the teacher.")
    assert re.search(
        r"fail: prediction-agreement on sources, [\d.]+ % \(.*limit at most 5 %", student
    )
    assert len(re.findall(r"^\d\. f\d+$", student, re.MULTILINE)) == 3
    assert re.search(r"^   src/part \d\.c:\d+$", student, re.MULTILINE)
    assert "Report: " in student
    variants = failures["test_variants"]
    assert len(re.findall(r"^\d\. f\d+~rename-identifiers~0$", variants, re.MULTILINE)) == 2
    assert re.search(r"^   -int scale\d+|^   -    int total", variants, re.MULTILINE)
    assert re.search(r"variant: teacher \w+ 0\.\d\d, student \w+ 0\.\d\d, label ", variants)
    assert "Traceback" not in student
    assert "did you mean student" in failures["test_misused"]
    # Every relation passes; what fails is the comparison with the baseline.
    assert "student beside the baseline's student: FAIL" in failures["test_baseline"]


def test_pytest_finds_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    # Its name is its module's, so that -p on top of the entry point is no second plug-in.
    assert project["entry-points"]["pytest11"] == {PLUGIN: PLUGIN}


def test_nothing_heavy_is_loaded_without_the_fixture() -> None:
    program = f"import sys, {PLUGIN}; print(*(n for n in ('numpy', 'pyarrow') if n in sys.modules))"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == ""


def test_the_example_passes(tmp_path: Path) -> None:
    ended = run_pytest(tmp_path, str(ROOT / "examples/ci/test_fidelity.py"), "--rootdir", ".")
    assert "2 passed" in ended.stdout, ended.stdout
