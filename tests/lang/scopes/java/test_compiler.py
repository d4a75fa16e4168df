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
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import BindingKind

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = 40
IMPORTS = (
    "import java.util.*; import java.io.*; import java.math.*; import java.text.*; "
    "import java.util.concurrent.*; import java.util.regex.*; import java.awt.geom.*; "
    "import static java.lang.Math.*;\n"
)
RENAMED = (BindingKind.LOCAL, BindingKind.PARAMETER, BindingKind.LABEL)
# Names that mean several things, one inside of another.
TRAPS = {
    "fields against locals": """
        int n = 1; static int k = 2;
        int fields(int n) { this.n = n; int k = n + this.n; { Traps.k = k; } return k + this.k; }
        int hidden() { int m = n; { int n = m; m += n; } return m + n; }
        class Inner { int n = Traps.this.n; int get(int k) { return n + k + Traps.k; } }
    """,
    "lambdas": """
        int lambdas(int captured) {
            java.util.function.IntUnaryOperator add = other -> { int here = other; return here; };
            java.util.function.IntBinaryOperator both = (int left, int right) -> left + captured;
            Runnable run = this::counted;
            return add.applyAsInt(captured) + both.applyAsInt(1, captured);
        }
        private void counted() { int counted = 1; counted++; }
    """,
    "labels": """
        int labels(int outer) {
            outer: for (int i = 0; i < outer; i++) {
                inner: while (true) { if (i > 2) continue outer; else break inner; }
                block: { if (outer > 3) break block; outer(); break outer; }
            }
            outer: do { break outer; } while (true);
            return outer;
        }
        private static void outer() { }
    """,
    "methods": """
        private int twice(int twice) { return twice + this.twice(twice) + Traps.once(1); }
        private long twice(long other) { return twice((int) other); }
        private static int once(int n) { return n == 0 ? 0 : once(n - 1); }
        static class Nested { private int twice() { return once(2) + this.twice(); } }
        int useAll() { java.util.function.IntUnaryOperator f = Traps::once; return once(twice(2)); }
    """,
    "records and patterns": """
        record Pair(int left, Object right) {
            Pair { if (left < 0) throw new IllegalArgumentException("" + right); }
            int total(int left) { return left + this.left; }
        }
        enum Color { RED, GREEN; int code(int RED) { return this == Color.RED ? RED : 0; } }
        int patterns(Object value, Color RED) {
            if (!(value instanceof Integer number)) return 0;
            int sum = number;
            switch (RED) { case RED: sum++; break; default: { int GREEN = 1; sum += GREEN; } }
            return switch (sum) { case 1 -> { int result = sum; yield result; } default -> 2; };
        }
    """,
    "anonymous and local classes": """
        int classes(final int seen) {
            class Local { int seen() { return seen; } int other(int seen) { return seen; } }
            Object made = new Object() { int own = seen; public String toString() {
                int own = this.own; return "" + own + seen; } };
            return new Local().seen() + made.hashCode();
        }
    """,
    "resources and exceptions": """
        int resources(java.io.StringReader in) throws java.io.IOException {
            try (java.io.StringReader reader = in; in) { return reader.read(); }
            catch (IllegalStateException | Error problem) { throw problem; }
            finally { int reader = 3; reader++; }
        }
        int loops(int[] rows) {
            int t = 0; for (int row : rows) t += row;
            for (int row = 0; ; ) break;
            return t;
        }
    """,
}


def renamed(source: str) -> tuple[str, int]:
    program = AnalysedProgram.of(source, Language.JAVA)
    chosen = [b for b in program.scopes.bindings if b.fixed is None and b.kind in RENAMED]
    edits = [
        Edit(span.start, span.end, f"renamed_{number}")
        for number, binding in enumerate(chosen)
        for span in binding.occurrences
    ]
    return apply_edits(program.source, edits)[0].decode(), len(chosen)


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


def test_traps_compile_to_the_same_classes(tmp_path: Path) -> None:
    source = "package p0; class Traps {" + "".join(TRAPS.values()) + "}"
    program = AnalysedProgram.of(source, Language.JAVA)
    edits: list[Edit] = []
    original: dict[bytes, bytes] = {}
    kinds = set()
    for number, binding in enumerate(program.scopes.bindings):
        is_method = binding.kind is BindingKind.FUNCTION
        if binding.fixed is None and (is_method or binding.kind in RENAMED):
            # A method's name is in the class file, with its length.
            name = f"q{number:03}".ljust(len(binding.name), "z") if is_method else f"local{number}"
            if is_method:
                original[name.encode()] = binding.name.encode()
            edits += [Edit(span.start, span.end, name) for span in binding.occurrences]
            kinds.add(binding.kind)
    assert kinds == {*RENAMED, BindingKind.FUNCTION}
    expected, broken = compile_all({"p0": source}, tmp_path / "plain")
    assert not broken
    variant = apply_edits(program.source, edits)[0].decode()
    found, broken = compile_all({"p0": variant}, tmp_path / "new")
    assert not broken
    for path, code in found.items():
        for name, old in original.items():
            code = code.replace(name, old)
        assert code == expected[path], path
    assert set(found) == set(expected)
