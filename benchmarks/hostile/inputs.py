"""Hostile inputs to all loaders and model readers: success or an error of ours, in 5 s and 1 GB."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from commands import call
from nasty import hostile_files
from outcome import OVER, TRACEBACK, Outcome
from studies import SHARED, Bench, fresh

_SESSIONS = {"data": (4, 80), "models": (4, 50)}
_SESSION_SECONDS = 1200
_PUBLISHED = SHARED / "models" / "compressor_codebert_vulnerability_prediction"


def missing() -> str:
    """Why this part cannot run; empty where it can."""
    return "" if find_spec("atheris") else "atheris is missing: pip install atheris"


def trials() -> list[str]:
    """The fixed list, and sessions of the fuzzer."""
    sessions = [f"{group}/{k}" for group, (count, _) in _SESSIONS.items() for k in range(count)]
    return ["list/0", *sessions]


def attempt(trial: str, bench: Bench) -> Outcome:
    """Run the list, or a session in a process of its own."""
    if trial.startswith("list/"):
        return _merged(trial, [outcome.as_row() for outcome in hostile_files(bench.folder)])
    group, _, seed = trial.partition("/")
    out = fresh(bench.folder / trial.replace("/", "-")) / "inputs.jsonl"
    words = [sys.executable, str(Path(__file__).with_name("fuzzing.py")), f"--group={group}"]
    words += [f"--seed={seed}", f"--inputs={_SESSIONS[group][1]}", f"--out={out}"]
    words += [f"--models={_models(bench, needed=group == 'models')}"]
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, check=False, timeout=_SESSION_SECONDS
        )
        end = f"status {done.returncode}: {done.stderr[-500:]}" if done.returncode else ""
    except subprocess.TimeoutExpired:
        end = f"not done after {_SESSION_SECONDS} s"
    rows = [json.loads(line) for line in out.read_text().splitlines()] if out.is_file() else []
    outcome = _merged(trial, [row for row in rows if row.get("hostile")])
    if end:
        last = rows[-1]["trial"] if rows else "no input"
        kind = OVER if end.startswith("not done") else TRACEBACK
        outcome.faults.append((kind, f"{last}: the session ended with {end}"))
    return outcome


def _merged(trial: str, rows: list[dict[str, Any]]) -> Outcome:
    """One outcome of many inputs."""
    return Outcome(
        trial,
        inputs=len(rows),
        refused=sum(row["refused"] for row in rows),
        seconds=max((row["seconds"] for row in rows), default=0.0),
        peak=max((row["peak"] for row in rows), default=0),
        faults=[(kind, f"{row['trial']}: {what}") for row in rows for kind, what in row["faults"]],
    )


def _models(bench: Bench, *, needed: bool) -> Path:
    """A small model of ours, its export, and a published one where it is at hand."""
    folder = bench.folder / "models"
    if not needed or (folder / "onnx" / "config.json").is_file():
        return folder
    fresh(folder)
    shape = "--layers=1 --hidden=16 --heads=2 --feed-forward=16 --vocabulary=300 --max-length=32"
    train = ["train", "--task=vulnerability-prediction", "--data=d.jsonl", "--language=c"]
    rows = [
        {"func": f"int f{k}(int a) {{ return a + {k}; }}", "target": k % 2, "idx": k}
        for k in range(40)
    ]
    (folder / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for words in (
        [*train, *shape.split(), "--epochs=1", "--out=transformers"],
        ["export", "transformers", "--out=onnx"],
    ):
        done = call(words, folder)
        if done.status:
            raise RuntimeError(f"no model to begin with: {done.stderr}")
    if _PUBLISHED.is_dir():
        (folder / "published").symlink_to(_PUBLISHED)
    return folder
