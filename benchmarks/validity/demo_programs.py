"""Every demo program is compiled and run on every case: that is what makes a clone label true.

python benchmarks/validity/demo_programs.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.demo import read_problems
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.demo.problems import Implementation, Problem

_HARNESS = Path(__file__).with_name("RunPrograms.java")
_C_FLAGS = ["-std=c11", "-O0", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined"]
# One interpreter runs a program on all of its cases; each case gets a fresh namespace.
_RUNNER = """
import io, json, sys
source, cases = json.load(sys.stdin)
code = compile(source, "program", "exec")
printed = []
for text in cases:
    sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    sys.stdout = io.TextIOWrapper(io.BytesIO(), write_through=True)
    exec(code, {"__name__": "__main__"})
    sys.stdout.flush()
    printed.append(sys.stdout.buffer.getvalue().decode())
sys.stdout = sys.__stdout__
json.dump(printed, sys.stdout)
"""


def implementations(language: Language) -> list[tuple[Problem, Implementation]]:
    """All implementations in a language, with their problems."""
    return [
        (problem, one)
        for problem in read_problems()
        for one in problem.implementations
        if one.program.language == language
    ]


def run_c(programs: Sequence[tuple[Problem, Implementation]], scratch: Path) -> None:
    """Compile C programs, and run them on the cases of their problems.

    Raises:
        AssertionError: one prints something else than the case expects.
        subprocess.CalledProcessError: one does not compile without a warning.
    """
    for problem, one in programs:
        program = scratch / "program"
        flags = [*_C_FLAGS, "-fno-sanitize-recover"]
        subprocess.run(["gcc", *flags, "-o", program, one.path], check=True)
        for case in problem.cases:
            done = subprocess.run(
                [program], input=case.input.encode(), capture_output=True, timeout=20, check=False
            )
            found = (done.returncode, done.stdout.decode())
            assert found == (0, case.output), f"{one.id}, case {case.name}"


def run_java(programs: Sequence[tuple[Problem, Implementation]], scratch: Path) -> None:
    """Compile and run Java programs, all in one virtual machine; raises as ``run_c`` does."""
    jobs = []
    for number, (problem, one) in enumerate(programs):
        cases = scratch / problem.slug
        if not cases.exists():
            cases.mkdir()
            for index, case in enumerate(problem.cases):
                (cases / f"{index}.in").write_text(case.input, newline="")
        jobs.append((problem, one, scratch / f"classes{number}", cases))
    listed = scratch / "programs.tsv"
    listed.write_text("".join(f"{one.path}\t{to}\t{cases}\n" for _, one, to, cases in jobs))
    run = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", _HARNESS, listed]
    subprocess.run(run, check=True, timeout=300)
    for problem, one, classes, _ in jobs:
        for index, case in enumerate(problem.cases):
            found = (classes / f"{index}.out").read_bytes().decode()
            assert found == case.output, f"{one.id}, case {case.name}"


def run_python(programs: Sequence[tuple[Problem, Implementation]], scratch: Path) -> None:
    """Run Python programs; raises as ``run_c`` does."""
    for problem, one in programs:
        job = json.dumps([one.program.text, [case.input for case in problem.cases]])
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", _RUNNER],
            cwd=scratch,
            input=job,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, f"{one.id}: {done.stderr}"
        for case, found in zip(problem.cases, json.loads(done.stdout), strict=True):
            assert found == case.output, f"{one.id}, case {case.name}"


RUNNERS = {Language.C: run_c, Language.JAVA: run_java, Language.PYTHON: run_python}


def main() -> None:
    """Run all of them."""
    for language, run in RUNNERS.items():
        programs = implementations(language)
        with tempfile.TemporaryDirectory() as scratch:
            run(programs, Path(scratch))
        print(f"{language}: {len(programs)} programs print what every case expects")


if __name__ == "__main__":
    main()
