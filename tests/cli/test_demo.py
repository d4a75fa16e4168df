from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Stands for an environment without the extra: importing torch fails, as it would there.
WITHOUT_TORCH = (
    "import sys\n"
    "for name in ('torch', 'transformers', 'accelerate', 'onnx'):\n"
    "    sys.modules[name] = None\n"
    "from metacompress.cli.entry import main\n"
    "main()\n"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_TORCH, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_demo_needs_no_torch_and_shows_the_gap(tmp_path: Path) -> None:
    done = run("demo", "--run", str(tmp_path / "run"), "--limit", "200", "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (
        summary["students"]["student"]["relations"]["prediction-agreement"]["sources"]["violations"]
        > 0
    )
    assert (tmp_path / "run" / "report.html").is_file()


def test_training_without_torch_says_what_to_install(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    given = ("--task", "demo-problem", "--data", "demo", "--split", "train", "--out", out)
    for arguments in (("train", *given), ("export", out, "--out", out)):
        done = run(*arguments)
        assert done.returncode == 2
        assert re.search(r"pip install .*\[torch\]", done.stderr)
