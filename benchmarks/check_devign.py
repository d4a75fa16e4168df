"""Check the shared Devign pair on all test functions with four renamings each."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        run = Path(scratch) / "devign"
        command = [sys.executable, "-m", "metacompress", "check"]
        command += ["--task", "vulnerability-prediction"]
        command += ["--data", str(SHARED / "data/devign/test.jsonl.gz")]
        command += ["--teacher", str(SHARED / "models/devign_teacher")]
        command += ["--student", str(SHARED / "models/devign_student")]
        command += ["--transform", "rename-identifiers", "--variants", "4", "--run", str(run)]
        subprocess.run(command, check=False)
        cost = json.loads((run / "environment.json").read_text())["cost"]
    print(json.dumps(cost, indent=2))


if __name__ == "__main__":
    main()
