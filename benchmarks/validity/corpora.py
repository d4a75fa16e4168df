"""The programs of the proof, corpus by corpus."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from inputs import console_inputs, contest_inputs
from subjects import Method, Subject

from metacompress.data.demo import read_problems
from metacompress.execution.programs import Input
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
CSMITH_HEADERS = Path("/usr/include/csmith")
NPM = Path("/usr/lib/node_modules/npm")
C_HEADERS = "\n".join(
    f"#include <{name}.h>" for name in ("stdio", "stdlib", "string", "math", "ctype", "limits")
)
CPP_HEADERS = "#include <bits/stdc++.h>\nusing namespace std;"
JAVA_IMPORTS = "".join(
    f"import {name}.*; "
    for name in (
        *("java.util", "java.io", "java.math", "java.text", "java.util.concurrent"),
        *("java.util.regex", "java.awt.geom", "static java.lang.Math"),
    )
)
# Pure Python, with tests that take seconds, and not about their own source.
MODULES = (
    *("argparse", "base64", "bisect", "calendar", "cmd", "colorsys", "configparser", "copy"),
    *("difflib", "fnmatch", "fractions", "getopt", "graphlib", "heapq", "ipaddress", "netrc"),
    *("optparse", "plistlib", "pprint", "quopri", "random", "reprlib", "shlex", "string"),
    "textwrap",
)


_CLOCK = re.compile(r"currentTimeMillis|nanoTime|new Date\(|Calendar|Math\.random|new Random\(\)")


def demo(share: float) -> Iterator[Subject]:
    for problem in read_problems():
        inputs = tuple(Input(case.input.encode()) for case in problem.cases)
        for one in problem.implementations:
            yield Subject(one.id, "demo", (one.program.language,), one.program.text, inputs=inputs)


def poj104(share: float) -> Iterator[Subject]:
    for number, row in _rows("poj104/programs.jsonl.gz", 700, share):
        key = f"poj104/{number}"
        yield Subject(
            key,
            "poj104",
            (Language.C, Language.CPP),
            row["code"],
            (C_HEADERS, CPP_HEADERS),
            console_inputs(_rng(key)),
        )


def gcj_java(share: float) -> Iterator[Subject]:
    for number, row in _rows("gcj_java/programs.jsonl.gz", 350, share):
        if _CLOCK.search(row["func"]):
            continue  # prints how long it took
        key = f"gcj_java/{number}"
        given = contest_inputs(row["func"], _rng(key))
        yield Subject(key, "gcj_java", (Language.JAVA,), row["func"], (JAVA_IMPORTS,), given)


def devign(share: float) -> Iterator[Subject]:
    for number, row in _rows("devign/test.jsonl.gz", 600, share):
        key = f"devign/{number}"
        yield Subject(key, "devign", (Language.C,), row["func"], method=Method.ERRORS)


def bigclonebench(share: float) -> Iterator[Subject]:
    for number, row in _rows("bigclonebench/functions.jsonl.gz", 400, share):
        key = f"bigclonebench/{number}"
        yield Subject(
            key,
            "bigclonebench",
            (Language.JAVA,),
            row["func"],
            (JAVA_IMPORTS,),
            method=Method.ERRORS,
        )


def csmith(share: float) -> Iterator[Subject]:
    if shutil.which("csmith") is None or not CSMITH_HEADERS.is_dir():
        print("csmith is not installed (apt-get install csmith libcsmith-dev): left out")
        return
    sizes = "--max-funcs 3 --max-block-depth 3 --max-block-size 4 --max-expr-complexity 5"
    for seed in range(1, max(2, round(60 * share)) + 1):
        command = ["csmith", "--seed", str(seed), *sizes.split(), "--no-bitfields"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        yield Subject(
            f"csmith/{seed}", "csmith", (Language.C,), done.stdout, method=Method.CSMITH, draws=2
        )


def stdlib(share: float) -> Iterator[Subject]:
    for name in _spread(MODULES, share):
        specification = importlib.util.find_spec(name)
        tests = importlib.util.find_spec(f"test.test_{name}")
        if specification is None or specification.origin is None or tests is None:
            print(f"module {name} or its tests are not installed: left out")
            continue
        text = Path(specification.origin).read_text(encoding="utf-8")
        yield Subject(
            f"stdlib/{name}", "stdlib", (Language.PYTHON,), text, method=Method.TESTS, draws=2
        )


def hypothesmith(share: float) -> Iterator[Subject]:
    if importlib.util.find_spec("hypothesmith") is None:
        print("hypothesmith is not installed (make setup): left out")
        return
    command = [sys.executable, str(Path(__file__).with_name("random_python.py"))]
    count = max(3, round(60 * share))
    done = subprocess.run([*command, str(count)], capture_output=True, text=True, check=True)
    for number, text in enumerate(json.loads(done.stdout)):
        yield Subject(
            f"hypothesmith/{number}", "hypothesmith", (Language.PYTHON,), text, inputs=(Input(),)
        )


def javascript(share: float) -> Iterator[Subject]:
    for path in _spread(sorted(Path(__file__).with_name("javascript").glob("*.js")), share):
        yield Subject(
            f"javascript/{path.stem}",
            "javascript",
            (Language.JAVASCRIPT,),
            path.read_text(encoding="utf-8"),
            inputs=(Input(), Input(b"three two\none two\n")),
            draws=3,
        )


def npm(share: float) -> Iterator[Subject]:
    files = sorted(path for path in NPM.rglob("*.js") if path.stat().st_size < 20_000)
    if not files:
        print(f"{NPM} is missing (apt-get install npm): left out")
        return
    for path in _spread(files, min(1.0, 150 / len(files)) * share):
        text = path.read_text(encoding="utf-8", errors="replace")
        key = f"npm/{path.relative_to(NPM)}"
        yield Subject(key, "npm", (Language.JAVASCRIPT,), text, method=Method.ERRORS)


def go(share: float) -> Iterator[Subject]:
    """Programs written for this: each is about a part of the language that is easily broken."""
    if shutil.which("go") is None:
        print("go is not installed (apt-get install golang-go): left out")
        return
    numbers = Input(b"7 12 -3 0 19 4 4 5 100 -8\n# words\nSeven ate nine, nine ate!\n")
    for path in _spread(sorted(Path(__file__).with_name("go").glob("*.go")), share):
        text = path.read_text(encoding="utf-8")
        inputs = (Input(), numbers)
        yield Subject(f"go/{path.stem}", "go", (Language.GO,), text, inputs=inputs, draws=3)


def go_functions(share: float) -> Iterator[Subject]:
    """Functions of Go's library without what is around them, as data sets have them."""
    if shutil.which("go") is None:
        print("go is not installed (apt-get install golang-go): left out")
        return
    done = subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, check=True)
    functions = []
    for path in sorted(Path(done.stdout.strip(), "src").glob("*/*.go")):
        if path.name.endswith("_test.go") or path.parts[-2] in ("runtime", "syscall", "builtin"):
            continue
        root = parse(path.read_bytes(), Language.GO).root
        functions += [
            (f"{path.parts[-2]}/{path.stem}:{node.start_point.row + 1}", node.text or b"")
            for node in root.named_children
            if node.type in ("function_declaration", "method_declaration")
            and node.end_point.row - node.start_point.row >= 8
        ]
    for key, text in _spread(functions, min(1.0, 300 / max(1, len(functions))) * share):
        yield Subject(
            f"go_functions/{key}",
            "go_functions",
            (Language.GO,),
            text.decode(),
            method=Method.ERRORS,
        )


CORPORA: dict[str, Callable[[float], Iterator[Subject]]] = {
    "demo": lambda share: iter(_spread(list(demo(1)), share)),
    "gcj_java": gcj_java,
    "poj104": poj104,
    "devign": devign,
    "bigclonebench": bigclonebench,
    "stdlib": stdlib,
    "csmith": csmith,
    "hypothesmith": hypothesmith,
    "javascript": javascript,
    "npm": npm,
    "go": go,
    "go_functions": go_functions,
}


def _rows(name: str, most: int, share: float) -> Iterator[tuple[int, dict[str, Any]]]:
    path = SHARED / name
    if not path.exists():
        print(f"{path} is missing: left out")
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(enumerate(map(json.loads, lines)))
    yield from _spread(rows, min(1.0, most / len(rows)) * share)


def _spread(items: Any, share: float) -> list[Any]:
    """So large a share of the items, evenly spread, at least one."""
    count = max(1, round(len(items) * share))
    return [items[int(k)] for k in np.linspace(0, len(items), count, endpoint=False)]


def _rng(key: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(key.encode()))
