"""Shell completion, in a real bash."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ASK = """
source "$HOME/.bashrc"
complete_line() {
  COMP_WORDS=("$@"); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
  COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
  "$(complete -p metacompress | sed -E 's/.*-F ([^ ]+).*/\\1/')"
  echo "${COMPREPLY[*]}"
}
complete_line metacompress ch
complete_line metacompress check --tea
complete_line metacompress check --missing s
complete_line metacompress compress qu
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_commands_flags_and_values(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "SHELL": "/bin/bash", "PATH": "/usr/bin:/bin"}
    environment["PYTHONPATH"] = ":".join(sys.path)
    install = [sys.executable, "-m", "metacompress", "--install-completion", "--shell", "bash"]
    done = subprocess.run(install, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    asked = subprocess.run(
        ["bash", "-c", ASK], capture_output=True, text=True, env=environment, check=False
    )
    assert asked.stdout.split("\n")[:4] == ["check", "--teacher", "skip", "quantize"], asked.stderr
