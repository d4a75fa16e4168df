"""Hostile trials: kills, flipped bits, full disks, inputs and programs.

    python benchmarks/hostile/run.py > benchmarks/results/hostile.json
    python benchmarks/hostile/run.py --part kills --share 0.1 --jobs 2

Goals: nothing is lost, nothing changes silently, nothing ends in a traceback, no program or input
takes more than 5 s or 1 GB. Exits with 1 where one is missed. Outcomes are kept in build/hostile
as they come: interrupted and called again, it goes on; a change of the sources begins again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import commands
import tally
from studies import Bench

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "kills": "kills",
    "flips": "flips",
    "disk": "full_disk",
    "inputs": "inputs",
    "programs": "programs",
}
# These fork processes that need the libraries.
_CALL_COMMANDS = ("kills", "flips", "disk")


def main() -> int:
    """Run what has not been run, and print counts as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", action="append", choices=list(PARTS))
    parser.add_argument("--share", type=float, default=1.0, help="of the trials of each part")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "hostile")
    parser.add_argument("--groups", action="store_true", help="also counts per group of trials")
    asked = parser.parse_args()
    os.environ.update(commands.ENVIRONMENT)
    asked.out.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[dict[str, Any]]] = {}
    left_out = []
    for part in asked.part or PARTS:
        module = import_module(PARTS[part])
        if reason := getattr(module, "missing", str)():
            left_out.append(f"{part}: left out ({reason})")
            continue
        state, path = state_of(ROOT, part), asked.out / f"{part}.jsonl"
        wanted = share_of(module.trials(), asked.share)
        kept = {row["trial"] for row in tally.read_rows(path, state)}
        todo = [trial for trial in wanted if trial not in kept]
        _run(part, module, todo, path, state, asked)
        rows = [row for row in tally.read_rows(path, state) if row["trial"] in set(wanted)]
        found[part] = rows
        if len(rows) < len(wanted):
            left_out.append(f"{part}: {len(wanted) - len(rows)} trials did not end")
    lines = [line for rows in found.values() for line in tally.missed(rows)]
    counted: dict[str, Any] = {
        "trials": sum(map(len, found.values())),
        "missed": lines,
        "left_out": left_out,
        "parts": tally.counts({part: rows for part, rows in found.items() if rows}),
    }
    if asked.groups:
        counted["groups"] = tally.counts(found, by_group=True)
    print(json.dumps(counted, indent=1))
    return int(bool(lines or left_out))


def _run(
    part: str,
    module: ModuleType,
    todo: list[str],
    path: Path,
    state: str,
    asked: argparse.Namespace,
) -> None:
    if todo and part in _CALL_COMMANDS:
        commands.load_libraries()
    workers = []
    for number in range(min(asked.jobs, len(todo))):
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                _work(
                    module, todo[number :: asked.jobs], path, state, asked.out / f"{part}-{number}"
                )
                status = 0
            except BaseException:  # noqa: BLE001 - it must not return into the parent's code
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        workers.append(pid)
    for pid in workers:
        os.waitpid(pid, 0)


def _work(module: ModuleType, todo: list[str], path: Path, state: str, folder: Path) -> None:
    bench = Bench(folder)
    for trial in todo:
        outcome = module.attempt(trial, bench)
        row = json.dumps({**outcome.as_row(), "state": state}) + "\n"
        with path.open("ab", buffering=0) as file:
            file.write(row.encode())
        for kind, what in outcome.faults:
            print(f"{trial}: {kind}: {what}", file=sys.stderr, flush=True)


def share_of(trials: list[str], share: float) -> list[str]:
    """Trials at even distances."""
    count = max(1, round(share * len(trials)))
    return [trials[k * len(trials) // count] for k in range(min(count, len(trials)))]


def state_of(root: Path, part: str) -> str:
    """A digest of the sources that the outcomes of a part depend on."""
    others = {f"{name}.py" for name in (*PARTS.values(), "tally", "run")} - {f"{PARTS[part]}.py"}
    digest = hashlib.sha256()
    for folder in ("src/metacompress", "benchmarks/hostile"):
        for path in sorted((root / folder).rglob("*.py")):
            if path.name not in others or folder.startswith("src"):
                digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
