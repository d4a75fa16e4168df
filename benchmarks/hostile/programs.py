"""Time and memory of every transformation and analysis on programs that nobody should write.

Each program is met by a process of its own, which parses it and applies every transformation of
its language. Measured are seconds of processor time of the slowest transformation and the peak
memory of all of them. The goal: 5 s, 1 GB.

    python benchmarks/hostile/programs.py c/if-10000    # one program in detail
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter

import numpy as np
from meeting import MOST_BYTES, MOST_SECONDS
from outcome import OVER, TRACEBACK, Outcome

from metacompress.errors import ProgramError
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import make_variant
from metacompress.transforms.naming import CorpusNaming
from metacompress.transforms.validity import Refusal

_GIVEN_UP_AFTER = 120
_C_LIKE = {
    "c": ("int f(int a, int b) {{\n{}\nreturn a;\n}}\n", ";"),
    "cpp": ("int f(int a, int b) {{\n{}\nreturn a;\n}}\n", ";"),
    "java": ("class A {{ int f(int a, int b) {{\n{}\nreturn a;\n}} }}\n", ";"),
}


def _nested(opening: str, inner: str, closing: str, depth: int) -> str:
    return opening * depth + inner + closing * depth


def _braced_bodies(language: str) -> dict[str, str]:
    """Statements of a function, by what is extreme about them."""
    condition = "a > b" if language == "java" else "a"
    bodies = {
        "if-10000": _nested(f"if ({condition}) ", "a = b;", "", 10_000),
        "if-braced-2000": _nested(f"if ({condition}) {{ ", "a = b;", " }", 2000),
        "if-else-nested-2000": _nested(f"if ({condition}) ", "a = b;", " else a = 1;", 2000),
        "else-if-5000": "".join(f"if (a == {k}) b = {k}; else " for k in range(5000)) + "b = 0;",
        "while-2000": _nested(f"while ({condition}) ", "a = b;", "", 2000),
        "for-2000": _nested("for (int i = 0; i < b; i++) ", "a = b;", "", 2000),
        "for-braced-2000": _nested("for (int i = 0; i < b; i++) { ", "a = b;", " }", 2000),
        "do-2000": _nested("do { ", "a = b;", f" }} while ({condition});", 2000),
        "switch-1000": _nested("switch (a) { case 1: ", "a = b;", " }", 1000),
        "blocks-5000": _nested("{ int n = 1; ", "a = b;", " }", 5000),
        "parentheses-20000": "a = " + _nested("(", "b", ")", 20_000) + ";",
        "ternaries-5000": "a = " + "a > b ? a : " * 5000 + "b;",
        "ternaries-nested-3000": "a = " + _nested("(a > b ? ", "a", " : b)", 3000) + ";",
        "calls-5000": "a = " + _nested("f(b, ", "b", ")", 5000) + ";",
        "indexes-5000": "a = " + _nested("t[", "b", "]", 5000) + ";",
        "minus-20000": "a = " + "- " * 20_000 + "b;",
        "not-20000": f"if ({'!' * 20_000}({condition})) a = b;",
        "sum-20000": "a = b" + " + b" * 20_000 + ";",
        "and-20000": f"if ({condition}" + f" && {condition}" * 20_000 + ") a = b;",
        "assignments-5000": "a = " * 5000 + "b;",
        "declarations-10000": "".join(f"int v{k} = a + {k};\n" for k in range(10_000)),
        "one-declaration-10000": "int v0"
        + "".join(f", v{k} = {k}" for k in range(1, 10_000))
        + ";",
        "cases-5000": "switch (a) {"
        + "".join(f"case {k}: b = {k}; break;\n" for k in range(5000))
        + "}",
        "increments-10000": "a++; b--; a += 1;\n" * 10_000,
        "long-line": "a += b * 3; " * 20_000,
        "copies-10000": "".join(
            f"int v{k} = {f'v{k - 1}' if k else 'a'};\n" for k in range(10_000)
        ),
        "loops-5000": "for (int i = 0; i < b; i++) { a = a * 3 + i; if (a == 5) continue; }\n"
        * 5000,
        "comments-20000": "/* note */ a = b; // note\n" * 20_000,
        "comment-1mb": "/*" + " x" * 500_000 + "*/",
        "literal-5000-digits": "a = " + "7" * 5000 + ";",
        "hex-literal-100k": "a = 0x" + "f" * 100_000 + ";",
        "same-name-20000": "a = a + a * a - a;\n" * 20_000,
        "assignments-flat-20000": "".join(f"a = b + {k};\n" for k in range(20_000)),
        "shadowed-2000": _nested("{ int a = 1; a++; ", "", "}", 2000),
    }
    if language != "java":
        bodies["labels-3000"] = "".join(f"l{k}: a = {k}; goto l{k};\n" for k in range(3000))
        bodies["commas-10000"] = "a = b, " * 10_000 + "a = b;"
        bodies["casts-5000"] = "a = " + "(int)" * 5000 + "b;"
        bodies["stars-5000"] = "int " + "*" * 5000 + "p;"
        bodies["macros-10000"] = "\n".join(f"#define M{k} {k}\n a = M{k};" for k in range(5000))
    else:
        bodies["lambdas-1000"] = "Runnable r = " + _nested("() -> { ", "a();", " }", 1000) + ";"
        bodies["string-sum-10000"] = 'String s = "x"' + ' + "y"' * 10_000 + ";"
    return bodies


def _python_programs() -> dict[str, str]:
    line = "def f(a, b):\n    {}\n    return a\n"
    flat = "def f(a, b):\n{}    return a\n"
    return {
        "blocks-90": "".join(f"{' ' * k}if n:\n" for k in range(90)) + " " * 90 + "n = 1\n",
        "blocks-1500": "".join(f"{' ' * k}if n:\n" for k in range(1500)) + " " * 1500 + "n = 1\n",
        "functions-500": "".join(f"{' ' * k}def f(a):\n" for k in range(500))
        + " " * 500
        + "a = 1\n",
        "elif-5000": "def f(a, b):\n    if a: b = 1\n"
        + "".join(f"    elif a == {k}: b = {k}\n" for k in range(5000)),
        "parentheses-20000": line.format("a = " + _nested("(", "b", ")", 20_000)),
        "lists-5000": line.format("a = " + _nested("[", "b", "]", 5000)),
        "calls-5000": line.format("a = " + _nested("f(b, ", "b", ")", 5000)),
        "ternaries-5000": line.format("a = " + "a if b else " * 5000 + "b"),
        "lambdas-5000": line.format("a = " + "lambda a: " * 5000 + "a"),
        "comprehensions-1000": line.format("a = " + _nested("[", "a", " for a in b]", 1000)),
        "clauses-1000": line.format("a = [x " + "for x in b " * 1000 + "]"),
        "not-10000": line.format("a = " + "not " * 10_000 + "b"),
        "sum-20000": line.format("a = b" + " + b" * 20_000),
        "and-20000": line.format("a = b" + " and b" * 20_000),
        "chain-5000": line.format("a = b" + " < b" * 5000),
        "attributes-10000": line.format("a = b" + ".c" * 10_000),
        "assignments-5000": line.format("a = " * 5000 + "b"),
        "declarations-10000": flat.format("".join(f"    v{k} = a + {k}\n" for k in range(10_000))),
        "copies-10000": flat.format(
            "".join(f"    v{k} = {f'v{k - 1}' if k else 'a'}\n" for k in range(10_000))
        ),
        "loops-5000": flat.format("    for i in range(4): a = a * 3 + i\n" * 5000),
        "whiles-5000": flat.format("    i = 0\n    while i < a:\n        i += 1\n" * 5000),
        "comprehensions-5000": flat.format("    w = [x + 1 for x in [a, b]]\n" * 5000),
        "f-strings-5000": flat.format("    t = f'{a} and {b}'\n" * 5000),
        "f-string-long": line.format("t = f'" + "{a}" * 10_000 + "'"),
        "format-long": line.format("t = '" + "%s" * 5000 + "' % (" + "a, " * 5000 + ")"),
        "functions-5000": "".join(f"def g{k}(a):\n    return a + {k}\n" for k in range(5000)),
        "classes-3000": "".join(f"class C{k}:\n    def m(self): return {k}\n" for k in range(3000)),
        "parameters-5000": f"def f({', '.join(f'p{k}' for k in range(5000))}):\n    return p0\n",
        "long-line": line.format("a += b * 3; " * 20_000),
        "semicolons": line.format("; " * 20_000),
        "comments-20000": flat.format("    # note\n    a = b  # note\n" * 20_000),
        "string-1mb": line.format("a = '" + "x" * 1_000_000 + "'"),
        "literal-5000-digits": line.format("a = " + "7" * 5000),
        "globals-5000": "".join(f"def g{k}():\n    global v\n    v = {k}\n" for k in range(5000)),
        "same-name-20000": flat.format("    a = a + a * a - a\n" * 20_000),
    }


def programs() -> dict[str, tuple[str, bytes]]:
    """Language and text of each program, by name."""
    found: dict[str, tuple[str, bytes]] = {}
    for language, (frame, _) in _C_LIKE.items():
        for shape, body in _braced_bodies(language).items():
            # C++ is read by the same code as C: its programs are those that C has not.
            if language != "cpp" or len(found) % 3 == 0 or shape.startswith("if"):
                found[f"{language}/{shape}"] = (language, frame.format(body).encode())
        functions = "".join(f"int g{k}(int a) {{ return a + {k}; }}\n" for k in range(5000))
        many = "int f(" + ", ".join(f"int p{k}" for k in range(3000)) + ") { return p0; }\n"
        for shape, text in {"functions-5000": functions, "parameters-3000": many}.items():
            whole = f"class A {{ {text} }}" if language == "java" else text
            found[f"{language}/{shape}"] = (language, whole.encode())
    for shape, text in _python_programs().items():
        found[f"python/{shape}"] = ("python", text.encode())
    rng = np.random.default_rng(0)
    for language in ("c", "cpp", "java", "python"):
        opening = b"(" * 30_000 + b"{" * 30_000 + b"[" * 30_000
        found[f"{language}/opening"] = (language, opening)
        found[f"{language}/closing"] = (language, b")" * 30_000 + b"}" * 30_000 + b"]" * 30_000)
        found[f"{language}/bytes-100k"] = (language, rng.bytes(100_000))
        letters = rng.integers(32, 127, 100_000, dtype=np.uint8).tobytes()
        found[f"{language}/ascii-100k"] = (language, letters)
        found[f"{language}/nul-100k"] = (language, b"\0" * 100_000)
        found[f"{language}/word-1mb"] = (language, b"a" * 1_000_000)
        found[f"{language}/lines-1mb"] = (language, b"\n" * 1_000_000)
        found[f"{language}/quotes"] = (language, b"\"'" * 50_000)
    return found


def measure(name: str) -> dict[str, object]:
    """Every transformation of the language on one program, in this process."""
    language, source = programs()[name]
    start = time.process_time()
    slowest, which = 0.0, "parse"
    outcomes: Counter[str] = Counter()
    seconds = {}
    program = None
    try:
        program = AnalysedProgram.of(source, Language(language))
        program.scopes  # noqa: B018
    except ProgramError as error:
        outcomes[f"unanalysable: {error}"] += 1
        program = None
    slowest = time.process_time() - start
    for transformation in TRANSFORMS.names():
        made = TRANSFORMS.get(transformation)()
        if program is None or program.language not in made.languages:
            continue
        before = time.process_time()
        outcome = make_variant(made, program, CorpusNaming({}), np.random.default_rng(0))
        spent = time.process_time() - before
        seconds[transformation] = round(spent, 2)
        outcomes[outcome if isinstance(outcome, Refusal) else "made"] += 1
        if spent > slowest:
            slowest, which = spent, transformation
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "program": name,
        "bytes": len(source),
        "slowest": round(slowest, 2),
        "which": which,
        "total": round(time.process_time() - start, 2),
        "peak": peak,
        "outcomes": dict(outcomes),
        "over": {one: spent for one, spent in seconds.items() if spent > 1},
    }


def trials() -> list[str]:
    """Names of all programs."""
    return list(programs())


def attempt(trial: str, bench: object) -> Outcome:
    """Measure a program, in a process of its own."""
    command = [sys.executable, __file__, trial]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
        # The limit on processor time ends it by a signal, the one on memory by an exception.
        over = done.returncode < 0 or "MemoryError" in last
        return Outcome(trial, faults=[(OVER if over else TRACEBACK, last)])
    found = json.loads(done.stdout)
    outcome = Outcome(trial, seconds=found["slowest"], peak=found["peak"])
    outcome.refused = int("made" not in found["outcomes"])
    if outcome.seconds > MOST_SECONDS:
        outcome.faults.append((OVER, f"{found['which']}: {outcome.seconds} s"))
    if outcome.peak > MOST_BYTES:
        outcome.faults.append((OVER, f"{outcome.peak >> 20} MB"))
    return outcome


def main() -> int:
    """Measure one program, in this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    asked = parser.parse_args()
    # Beyond this the machine would suffer, and the goal is long missed.
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (_GIVEN_UP_AFTER, _GIVEN_UP_AFTER))
    print(json.dumps(measure(asked.program)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
