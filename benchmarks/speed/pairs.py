"""CPU seconds of a ``check`` of pairs against the bare forward pass of their distinct programs.

    python benchmarks/speed/pairs.py 1000 > benchmarks/results/pairs.json

So many pairs of BigCloneBench with four renamings each; the teacher is the published Compressor
student for clone detection, which encodes each program by itself, and the student a mock that costs
next to nothing. One thread, one worker, every part in a process of its own. The floor encodes each
distinct sequence of tokens once, sorted by length, in the best of several batch sizes, tokenised
beforehand; which size is best shows on every eighth sequence.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
MODEL = f"codexglue:{SHARED / 'models/compressor_codebert_clone_detection'}"
DATA = SHARED / "data/bigclonebench"
SIZES = (1024, 2048, 4096, 8192)
TASK = "clone-detection"
# Of so many sequences one, for the choice of a batch size.
_TRIED = 8


def main() -> None:
    sizes = []
    for count in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            run = Path(folder) / "run"
            checked, _ = _run("-m", "metacompress", *_check(count, run))
            tried = {size: _forward(size, run, _TRIED)["seconds"] for size in SIZES}
            best = min(tried, key=tried.__getitem__)
            floor = _forward(best, run, 1)
        shown = {"pairs": count, "batch": best, **floor, "check": round(checked, 2)}
        sizes.append({**shown, "over_floor": checked / floor["seconds"]})
        print(json.dumps(sizes[-1]), file=sys.stderr, flush=True)
    print(json.dumps({"sizes": sizes}, indent=1))


def _check(count: int, run: Path) -> list[object]:
    command: list[object] = ["check", "--task", TASK, "--data", DATA, "--split", "test"]
    command += ["--limit", count, "--run", run, "--workers", 1]
    command += ["--transform", "rename-identifiers", "--variants", 4]
    return [*command, "--teacher", MODEL, "--student", "mock:?seed=1"]


def _forward(size: int, run: Path, step: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run(__file__, "forward", size, run, step)[1])
    return found


def _run(*arguments: object) -> tuple[float, str]:
    """CPU seconds and output of a Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode not in (0, 1, 3):
        raise SystemExit(found.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, found.stdout


def forward(size: int, run: Path, step: int) -> dict[str, object]:
    """CPU seconds of encoding what a check of pairs read, or a part, without tokenising."""
    import pyarrow.parquet as pq
    import torch

    from metacompress import load_classifier

    tables = [pq.read_table(run / f"{name}.parquet") for name in ("examples", "variants")]
    rows = [row for table in tables for row in table["programs"].to_pylist() if row]
    programs = [text for row in rows for text in row]
    classifier = load_classifier(MODEL, TASK)
    distinct = list(dict.fromkeys(programs))
    encodings = classifier._tokenize(distinct)
    unique = sorted({tuple(classifier._framed(one.ids)) for one in encodings}, key=len)
    encoder = classifier._encoder.model
    batches = []
    rest = unique[::step]
    while rest:
        rows = 1
        while rows < len(rest) and (rows + 1) * len(rest[rows]) <= size:
            rows += 1
        length = len(rest[rows - 1])
        ids = torch.tensor([[*one, *[1] * (length - len(one))] for one in rest[:rows]])
        batches.append((ids, (ids != 1).long()))
        rest = rest[rows:]
    torch.set_flush_denormal(True)
    start = time.process_time()
    with torch.inference_mode():
        for ids, mask in batches:
            encoder(ids, attention_mask=mask)
    seconds = time.process_time() - start
    counted = {"programs": len(programs), "distinct": len(distinct), "sequences": len(unique)}
    return {**counted, "seconds": round(seconds, 3)}


if __name__ == "__main__":
    if sys.argv[1:2] == ["forward"]:
        print(json.dumps(forward(int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))))
    else:
        main()
