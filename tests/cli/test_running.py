"""Flags about how a command runs: device, batch size, progress, configuration file."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from warm_python import warm_python

from metacompress.cli.app import run_command
from metacompress.errors import UsageError
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"


def test_quiet_shows_no_progress(devign_file: Path, tmp_path: Path) -> None:
    command = [warm_python(), "-m", "metacompress", "predict", "--task", TASK, "--model", "mock:"]
    command += ["--data", str(devign_file), "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "accuracy" in done.stdout


def test_an_unknown_device_is_one_line() -> None:
    given = ["predict", "--task", TASK, "--model", "mock:", "--data", "x.jsonl"]
    for device in ("gpu", "cuda:x", ""):
        with pytest.raises(UsageError, match="write auto, cpu, cuda, cuda:N or mps"):
            run_command([*given, "--device", device])


def test_a_batch_has_the_size_that_is_asked_for() -> None:
    sizes = {"device": "cpu", "batch_size": 5}
    taken = load_classifier("demo:student", "clone-detection", defaults=sizes).batch_limit
    own = load_classifier("demo:student?batch_size=7", "clone-detection", defaults=sizes)
    assert taken is not None
    assert own.batch_limit is not None
    assert (taken.rows(10), taken.rows(500), own.batch_limit.rows(10)) == (5, 5, 7)


def test_every_command_reads_a_configuration_file(
    devign_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["predict", "--task", TASK, "--model", "mock:", "--data", str(devign_file)]
    run_command([*given, "--limit", "7", "--write-config"])
    path = tmp_path / "predict.toml"
    path.write_text(capsys.readouterr().out)
    assert not run_command(["predict", "--config", str(path), "--json", "--quiet"])
    assert '"inputs": 7' in capsys.readouterr().out
    assert not run_command(["predict", "--config", str(path), "--limit", "5", "--json", "--quiet"])
    assert '"inputs": 5' in capsys.readouterr().out


@pytest.mark.parametrize(
    "program",
    [
        "import metacompress",
        "import sys; sys.argv = ['metacompress', '--help']; "
        "from metacompress.cli.app import run_command; run_command(['--help'])",
    ],
)
def test_start_up_imports_nothing_heavy(program: str) -> None:
    heavy = "torch transformers numpy scipy pyarrow pydantic matplotlib tree_sitter onnxruntime"
    shown = f"import sys; print('HEAVY', *({set(heavy.split())!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; {shown}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("HEAVY\n")
