"""CPU seconds of a whole ``check`` against the bare forward pass of the same unique texts.

    python benchmarks/speed/backends.py 300 1000 > benchmarks/results/backends.json
    python benchmarks/speed/backends.py 100 --codebert > benchmarks/results/backends-codebert.json

The Devign pair with four renamings of that many functions, one thread, every part in a process of
its own. ``--codebert`` puts a teacher of CodeBERT's shape in the place of the small one: 12 layers
of 768 and random weights, which take as long as trained ones. The floor is the cheapest of torch
and ONNX Runtime and of several batch sizes for each model, sorted by length, tokenised beforehand.
``variants`` is ``transform`` with the same settings, start included. ``first`` finds an empty
cache, ``check`` what the first one left there; ``before`` is the same command at an earlier commit.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
BEFORE = "0484f68"
MODELS = ("teacher", "student")
BACKENDS = ("torch", "onnx")
SIZES = (1024, 2048, 4096)
TASK = "vulnerability-prediction"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("functions", nargs="+", type=int)
    parser.add_argument("--codebert", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        models = {name: SHARED / f"models/devign_{name}" for name in MODELS}
        if told.codebert:
            models["teacher"] = _shaped_like_codebert(models["teacher"], scratch / "codebert")
        earlier = scratch / "before"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", earlier, BEFORE], check=True)
        try:
            for name, model in models.items():
                out = scratch / "onnx" / name
                _python(ROOT, scratch, "metacompress", "export", model, "--out", out)
            sizes = []
            for count in told.functions:
                sizes.append(_measure(count, models, scratch, earlier))
                print(json.dumps(sizes[-1]), file=sys.stderr, flush=True)
            print(json.dumps({"sizes": sizes}, indent=1))
        finally:
            subprocess.run([*git, "remove", "--force", earlier], check=True)


def _shaped_like_codebert(tokenizer: Path, out: Path) -> Path:
    """A model of the shape of microsoft/codebert-base, with the tokenizer of another."""
    import torch
    from transformers import RobertaConfig, RobertaForSequenceClassification

    torch.manual_seed(0)
    shape = RobertaConfig(
        vocab_size=50265,
        hidden_size=768,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=3072,
        max_position_embeddings=514,
        type_vocab_size=1,
    )
    RobertaForSequenceClassification(shape).save_pretrained(out)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(tokenizer / name, out / name)
    return out


def _measure(
    count: int, models: dict[str, Path], scratch: Path, earlier: Path
) -> dict[str, object]:
    cache = scratch / f"cache{count}"
    seconds = {
        name: _check(count, models, code, scratch / f"{name}{count}", cache)
        for name, code in (("before", earlier), ("first", ROOT), ("check", ROOT))
    }
    floors = {}
    for name, model in models.items():
        exported, run = scratch / "onnx" / name, scratch / f"check{count}"
        found = {
            f"{backend} {size}": _forward(backend, model, size, exported, run)
            for backend in BACKENDS
            for size in SIZES
        }
        best = min(found, key=found.__getitem__)
        floors[name] = {"cheapest": best, "seconds": found[best], "of": found}
    seconds["floor"] = sum(one["seconds"] for one in floors.values())
    seconds["torch_floor"] = sum(_cheapest(one["of"], "torch") for one in floors.values())
    seconds["variants"] = _variants(count, scratch)
    parts = seconds["floor"] + seconds["variants"]
    return {
        "functions": count,
        **seconds,
        "over_floor": seconds["check"] / seconds["floor"],
        "over_torch_floor": seconds["check"] / seconds["torch_floor"],
        "over_floor_and_variants": seconds["check"] / parts,
        "over_before": seconds["check"] / seconds["before"],
        "first_over_before": seconds["first"] / seconds["before"],
        "floors": floors,
    }


def _cheapest(found: dict[str, float], backend: str) -> float:
    return min(seconds for name, seconds in found.items() if name.startswith(backend))


def _check(count: int, models: dict[str, Path], code: Path, run: Path, cache: Path) -> float:
    command = ["check", "--task", TASK, "--data", SHARED / "data/devign/test.jsonl.gz"]
    command += ["--limit", count, "--transform", "rename-identifiers", "--variants", 4]
    command += ["--teacher", models["teacher"], "--student", models["student"], "--run", run]
    if code == ROOT:
        command += ["--workers", 1]
    return _python(code, cache, "metacompress", *command)


def _variants(count: int, scratch: Path) -> float:
    """CPU seconds of a process that makes the variants and nothing else."""
    command = ["transform", SHARED / "data/devign/test.jsonl.gz", "--task", TASK, "--limit", count]
    command += ["--transform", "rename-identifiers", "--variants", 4, "--workers", 1]
    out = scratch / f"variants{count}.parquet"
    return _python(ROOT, scratch, "metacompress", *command, "--out", out)


def _python(code: Path, cache: Path, module: str, *arguments: object) -> float:
    """CPU seconds of a Python process with the package of one checkout."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env={
            **os.environ,
            "PYTHONPATH": str(code / "src"),
            "METACOMPRESS_CACHE": str(cache),
            "OMP_NUM_THREADS": "1",
            "OMP_WAIT_POLICY": "passive",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if found.returncode not in (0, 1, 3):
        raise SystemExit(found.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _forward(backend: str, model: Path, size: int, exported: Path, run: Path) -> float:
    command = [sys.executable, __file__, "forward", backend, model, size, exported, run]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT / "src")}
    found = subprocess.run(
        list(map(str, command)), env=environment, capture_output=True, check=True, text=True
    )
    return float(found.stdout.splitlines()[-1])


def forward(backend: str, model: Path, size: int, exported: Path, run: Path) -> float:
    """CPU seconds of the forward passes of all that a check read, without tokenising."""
    import numpy as np
    import pyarrow.parquet as pq
    from tokenizers import Tokenizer

    tables = [pq.read_table(run / f"{name}.parquet") for name in ("examples", "variants")]
    programs = [text for table in tables for text in table["programs"].to_pylist() if text]
    stated = json.loads((model / "tokenizer_config.json").read_text())
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(stated["model_max_length"])
    texts = list(dict.fromkeys(text for (text,) in programs))
    unique = sorted({tuple(one.ids) for one in tokenizer.encode_batch(texts)}, key=len)
    pad = json.loads((model / "config.json").read_text())["pad_token_id"]
    batches = []
    while unique:
        rows = 1
        while rows < len(unique) and (rows + 1) * len(unique[rows]) <= size:
            rows += 1
        length = len(unique[rows - 1])
        ids = np.full((rows, length), pad, dtype=np.int64)
        for row, one in enumerate(unique[:rows]):
            ids[row, : len(one)] = one
        batches.append({"input_ids": ids, "attention_mask": (ids != pad).astype(np.int64)})
        unique = unique[rows:]
    if backend == "onnx":
        import onnxruntime

        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(exported / "model.onnx", settings)
        start = time.process_time()
        for batch in batches:
            session.run(None, batch)
        return time.process_time() - start
    import torch
    from transformers import AutoModelForSequenceClassification

    network = AutoModelForSequenceClassification.from_pretrained(model).eval()
    torch.set_flush_denormal(True)
    start = time.process_time()
    with torch.inference_mode():
        for batch in batches:
            network(**{name: torch.from_numpy(rows) for name, rows in batch.items()})
    return time.process_time() - start


if __name__ == "__main__":
    if sys.argv[1:2] == ["forward"]:
        _, _, backend, model, size, exported, run = sys.argv
        print(forward(backend, Path(model), int(size), Path(exported), Path(run)))
    else:
        main()
