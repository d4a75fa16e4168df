"""javac as the oracle: renamed programs compile to the same class files, byte for byte."""

from __future__ import annotations

import gzip
import itertools
import json
import re
import subprocess
from typing import TYPE_CHECKING

from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.module import Module
from metacompress.lang.scopes import BindingKind

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = 60
IMPORTS = (
    "import java.util.*; import java.io.*; import java.math.*; import java.text.*; "
    "import java.util.concurrent.*; import java.util.regex.*; import java.awt.geom.*; "
    "import static java.lang.Math.*;\n"
)
RENAMED = (BindingKind.LOCAL, BindingKind.PARAMETER, BindingKind.LABEL)


def renamed(source: str) -> tuple[str, int]:
    module = Module.of(source, Language.JAVA)
    chosen = [b for b in module.scopes.bindings if b.fixed is None and b.kind in RENAMED]
    edits = [
        Edit(span.start, span.end, f"renamed_{number}")
        for number, binding in enumerate(chosen)
        for span in binding.occurrences
    ]
    return apply_edits(module.source, edits).decode(), len(chosen)


def compile_all(sources: dict[str, str], folder: Path) -> tuple[dict[str, bytes], set[str]]:
    """Class files by path, and the packages of the programs that do not compile."""
    files = []
    for package, source in sources.items():
        path = folder / "src" / package / "Program.java"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
        files.append(str(path))
    classes = folder / "classes"
    command = ["javac", "-nowarn", "-g:none", "-Xmaxerrs", "9999", "-encoding", "utf-8"]
    done = subprocess.run(
        [*command, "-d", str(classes), *files], capture_output=True, text=True, check=False
    )
    broken = set(re.findall(r"src/(p\d+)/Program\.java:\d+: error", done.stderr))
    assert done.returncode == 0 or broken, done.stderr
    found = {str(p.relative_to(classes)): p.read_bytes() for p in sorted(classes.rglob("*.class"))}
    return found, broken


def test_renamed_java_programs_compile_to_the_same_classes(shared: Path, tmp_path: Path) -> None:
    with gzip.open(shared / "data/gcj_java/programs.jsonl.gz") as lines:
        texts = [json.loads(line)["func"] for line in itertools.islice(lines, PROGRAMS)]
    plain = {
        # A public class would have to stand in a file of its own name.
        f"p{k}": f"package p{k};\n{IMPORTS}" + re.sub(r"\bpublic(?=\s+class\b)", "", text)
        for k, text in enumerate(texts)
    }
    # javac writes nothing at all while one of the programs is broken.
    for attempt in range(4):
        expected, broken = compile_all(plain, tmp_path / f"plain{attempt}")
        if not broken:
            break
        plain = {package: text for package, text in plain.items() if package not in broken}
    variants = {package: renamed(text) for package, text in plain.items()}
    found, broken = compile_all({p: text for p, (text, _) in variants.items()}, tmp_path / "new")
    assert not broken
    assert [name for name in expected if expected[name] != found.get(name)] == []
    assert set(found) == set(expected)
    assert len(plain) >= PROGRAMS // 2
    assert sum(count for _, count in variants.values()) > 10 * len(plain)
