"""The action and the examples for CI systems do what they say: their commands are run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from warm_python import warm_python

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples/ci"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
_EXPRESSION = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the settings, and the command on the path."""
    directory = tmp_path_factory.mktemp("workspace")
    shutil.copy(EXAMPLES / "check.toml", directory)
    program = directory / "bin/metacompress"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{warm_python()}" -m metacompress "$@"\n')
    program.chmod(0o755)
    return directory


def run(script: str, workspace: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub does."""
    own = {"PATH": f"{workspace / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=workspace,
        env={**os.environ, **own, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def environment_of(step: dict[str, Any], **given: str) -> dict[str, str]:
    """The variables of a step, with the action's defaults."""
    inputs = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | given
    return {
        name: _EXPRESSION.sub(lambda found: inputs[found[1]], value)
        for name, value in step["env"].items()
    }


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 3),
        ({"undecided": "pass"}, 0),
        ({"sarif": "false", "arguments": "--student-first"}, 0),
        ({"arguments": "--quiet\n--tolerance 2\n"}, 2),
        ({"arguments": "$(touch evil) ; touch evil"}, 2),
    ],
)
def test_the_action_checks(
    given: dict[str, str], status: int, workspace: Path, tmp_path: Path
) -> None:
    output, summary = tmp_path / "output", tmp_path / "summary"
    directory = "runs/first" if "sarif" in given else "runs/action"
    old = workspace / directory / "junit.xml"
    old.parent.mkdir(parents=True, exist_ok=True)
    if status == 2:
        old.write_text("of an earlier job")
    step = STEPS["Check the student"]
    found = run(
        step["run"],
        workspace,
        **environment_of(step, config="check.toml", run=directory, **given),
        GITHUB_OUTPUT=str(output),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert found.returncode == status, found.stderr
    assert output.read_text() == f"status={status}\n"
    assert not (workspace / "evil").exists()
    assert old.exists() == (status != 2)
    if status != 2:
        assert ("pass" if "sarif" in given else "undecided") in summary.read_text()
        of_counterexamples = [] if "sarif" in given else ["report", "sarif"]
        for name in ("junit", "badge", *of_counterexamples):
            path = _EXPRESSION.sub(directory, ACTION["outputs"][name]["value"])
            assert (workspace / path).stat().st_size > 0


def test_the_action_is_whole() -> None:
    known = {"steps.check.outputs.status", "github.action_path"}
    known |= {f"inputs.{name}" for name in ACTION["inputs"]}
    text = (ROOT / "action.yml").read_text()
    assert set(re.findall(r"\$\{\{ ([\w.-]+) \}\}", text)) <= known
    for step in STEPS.values():
        # Expressions in a script would be read as code.
        assert "uses" in step or (step["shell"] == "bash" and "${{" not in step["run"])


def test_the_workflow_names_inputs_of_the_action() -> None:
    workflow = yaml.safe_load((EXAMPLES / "github.yml").read_text())
    steps = workflow["jobs"]["student"]["steps"]
    (step,) = [step for step in steps if "metacompress@" in step["uses"]]
    assert step["with"].keys() <= ACTION["inputs"].keys()
    required = {name for name, one in ACTION["inputs"].items() if one.get("required")}
    assert required <= step["with"].keys()
    # A run directory that is not kept where the action writes it would be kept in vain.
    cached = [step["with"]["path"] for step in steps if "/cache" in step["uses"]]
    assert cached == [step["with"].get("run", ACTION["inputs"]["run"]["default"])] * 2


def test_the_job_on_gitlab_checks(workspace: Path) -> None:
    job = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text())["fidelity"]
    install, *commands = job["script"]
    assert install.startswith("pip install")
    found = run("\n".join(commands), workspace)
    assert found.returncode == 1, found.stderr
    paths = [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]
    assert all((workspace / path).stat().st_size > 0 for path in paths)
