"""Under --json, standard output holds one JSON object, whatever a model prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from metacompress.cli.app import run_command

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TALKATIVE = """
import atexit, ctypes, os, subprocess, sys
print("import says hello")
libc = ctypes.CDLL(None)

def model(texts):
    print("python says hello", flush=True)
    sys.__stdout__.write("the first stream says hello\\n")
    sys.__stdout__.flush()
    os.write(1, b"descriptor says hello\\n")
    libc.printf(b"C says hello\\n")
    subprocess.run([sys.executable, "-c", "print('child says hello')"])
    return [[0.25, 0.75] for _ in texts]

atexit.register(print, "exit says hello")
model.fingerprint = "talkative"
"""
WANT = [
    "predict", "--task", "vulnerability-prediction", "--data", "test.jsonl", "--limit", "3",
    "--model", "python:talkative_for_test:model", "--json",
]  # fmt: skip


def test_nothing_else_is_on_standard_output(devign_file: Path) -> None:
    directory = devign_file.parent
    (directory / "talkative_for_test.py").write_text(TALKATIVE)
    done = subprocess.run(
        [sys.executable, "-m", "metacompress", *WANT],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["inputs"] == 3
    for speaker in ("import", "python", "the first stream", "descriptor", "C", "child", "exit"):
        assert f"{speaker} says hello" in done.stderr


def test_within_a_process(
    devign_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = devign_file.parent
    (directory / "quiet_for_test.py").write_text(
        "def model(texts):\n    print('hello')\n    return [[0.25, 0.75] for _ in texts]\n"
    )
    monkeypatch.chdir(directory)
    monkeypatch.syspath_prepend(str(directory))
    before = sys.stdout
    assert not run_command([one.replace("talkative", "quiet") for one in WANT])
    captured = capsys.readouterr()
    assert json.loads(captured.out)["inputs"] == 3
    assert "hello" in captured.err
    assert sys.stdout is before
