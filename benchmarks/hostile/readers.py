"""Readers of the files that users bring: data loaders, model readers, and what valid files hold."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from metacompress.data.example import Example, Program
from metacompress.data.loading import load_dataset
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.lang.language import Language
from metacompress.models.loading import load_classifier
from metacompress.models.storing.store import PredictionStore
from metacompress.runs.run_directory import RunDirectory
from metacompress.settings.toml import read_config
from metacompress.transforms.naming import read_substitutes
from metacompress.variants.transforming import read_source_file

if TYPE_CHECKING:
    from collections.abc import Callable

TASK = VULNERABILITY_PREDICTION.name
ROWS: list[dict[str, Any]] = [
    {"idx": k, "func": f"int f{k}(int a) {{ return a + {k}; }}", "target": k % 2} for k in range(3)
]
_PROBABILITIES = [
    {"id": str(k), "probability_0": 0.25, "probability_1": 0.75, "prediction": 1} for k in range(3)
]
EXAMPLE = Example("0", (Program(ROWS[0]["func"], Language.C),), 0, "0", ("0",))


@dataclass(frozen=True)
class Reader:
    """A reader and the valid files that it reads.

    Attributes:
        name: in tables.
        files: content by name, below a folder of its own.
        read: reads them; gets the folder.
        constant: files that are too large to be changed usefully, copied as they are.
    """

    name: str
    files: dict[str, bytes]
    read: Callable[[Path], object]
    constant: tuple[Path, ...] = ()

    def lay_out(self, folder: Path, changed: dict[str, bytes]) -> None:
        """Write the files, some of them changed."""
        for path in self.constant:
            shutil.copy(path, folder / path.name)
        for name, content in (self.files | changed).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def data_readers() -> list[Reader]:
    """Loaders of data."""
    lines = _lines(ROWS)
    comma = b'idx,func,target\n0,int a;,1\n1,"int b = \'""\';",0\n'
    pairs = _lines([{"idx": str(k), "func": row["func"]} for k, row in enumerate(ROWS)])
    substitutes = _lines([{"idx": "0", "substitutes": {"a": ["b", "c"]}}])
    recorded = _lines(_PROBABILITIES)
    config = f'task = "{TASK}"\nteacher = "mock:"\n[data]\npath = "d.jsonl"\n'.encode()
    return [
        _data("d.jsonl", lines),
        _data("d.jsonl.gz", gzip.compress(lines, mtime=0)),
        _data("d.json", json.dumps(ROWS).encode()),
        _data("d.csv", comma),
        _data("d.tsv", b"idx\tfunc\ttarget\n0\tint a;\t1\n1\tint b;\t0\n"),
        _data("d.csv.gz", gzip.compress(comma, mtime=0)),
        _data("d.parquet", _parquet(ROWS)),
        Reader(
            "pairs",
            {"data.jsonl": pairs, "test.txt": b"0\t1\t1\n1\t2\t0\n"},
            lambda folder: load_dataset(folder, "clone-detection", split="test", language="java"),
        ),
        _one("substitutes", "s.jsonl", substitutes, read_substitutes),
        _one("config", "c.toml", config, read_config),
        _one("source", "p.c", ROWS[0]["func"].encode(), lambda path: _source(path, Language.C)),
        _one("source-python", "p.py", b"def f(a):\n    return a\n", _python_source),
        _recorded("r.jsonl", recorded),
        _recorded("r.csv", b"id,probability_0,probability_1\n0,0.5,0.5\n1,1e-3,0.999\n"),
        _recorded("r.parquet", _parquet(_PROBABILITIES)),
        Reader(
            "recorded-npy",
            {"r.npy": _npy(np.full((3, 2), 0.5)), "ids.txt": b"0\n1\n2\n"},
            lambda folder: load_classifier(
                f"recorded:{folder / 'r.npy'}?ids={folder / 'ids.txt'}", TASK
            ),
        ),
        _one("store", "p.sqlite", _store_content(), _store),
        Reader(
            "run-directory",
            {
                "summary.json": b"{}\n",
                "study.json": b'{"task": "x", "data": {}}\n',
                ".metacompress": b'{"kind": "check", "format": 1}\n',
                "SHA256SUMS": sha256(b"{}\n").hexdigest().encode() + b"  summary.json\n",
            },
            lambda folder: RunDirectory.existing(folder),
        ),
    ]


def model_readers(transformers: Path, onnx: Path, published: Path | None) -> list[Reader]:
    """Readers of models.

    Args:
        transformers: directory of a small model of ours.
        onnx: the same model, exported.
        published: directory of a published student; None, no readers of these.
    """
    found = [
        Reader("transformers", _content(transformers), lambda folder: _ask(str(folder))),
        Reader("onnx", _content(onnx), lambda folder: _ask(f"onnx:{folder}")),
    ]
    if published is not None:
        # Three megabytes of weights: their head, which says what they are, is changed.
        files = _content(published)
        found += [
            Reader(kind, files, partial(_ask_published, kind))
            for kind in ("codexglue", "graphcodebert")
        ]
    return found


def _data(name: str, content: bytes) -> Reader:
    def read(folder: Path) -> object:
        return load_dataset(folder / name, TASK, language="c", max_quarantined=1)

    return Reader(name.removeprefix("d."), {name: content}, read)


def _one(name: str, file: str, content: bytes, read: Callable[[Path], object]) -> Reader:
    return Reader(name, {file: content}, lambda folder: read(folder / file))


def _recorded(file: str, content: bytes) -> Reader:
    return _one(
        f"recorded-{file.rpartition('.')[2]}",
        file,
        content,
        lambda path: load_classifier(f"recorded:{path}", TASK).predict([EXAMPLE]),
    )


def _source(path: Path, language: Language) -> object:
    import metacompress

    return metacompress.transform(read_source_file(path, language), "rename-identifiers")


def _python_source(path: Path) -> object:
    return _source(path, Language.PYTHON)


def _store_content() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.sqlite")
        _store(path)
        return path.read_bytes()


def _store(path: Path) -> object:
    with PredictionStore(path) as store:
        return store.predict(load_classifier("mock:", TASK), [EXAMPLE])


def _ask(model: str) -> object:
    return load_classifier(model, TASK).predict([EXAMPLE])


def _ask_published(kind: str, folder: Path) -> object:
    return _ask(f"{kind}:{folder}")


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def _npy(array: Any) -> bytes:
    sink = io.BytesIO()
    np.save(sink, array)
    return sink.getvalue()
