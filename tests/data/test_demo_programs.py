"""Every demo program is compiled and run on every case: that is what makes a clone label true."""

from __future__ import annotations

import difflib
import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from metacompress.data.demo import read_problems
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram

PROBLEMS = read_problems()
HARNESS = Path(__file__).with_name("RunPrograms.java")
ENCODING = "utf-8"


def implementations(language: Language) -> list:
    return [
        (problem, one)
        for problem in PROBLEMS
        for one in problem.implementations
        if one.program.language == language
    ]


def test_there_are_enough_problems_cases_and_implementations() -> None:
    assert len(PROBLEMS) >= 40
    for problem in PROBLEMS:
        assert len({case.input for case in problem.cases}) >= 6, problem.slug
        assert len({case.output for case in problem.cases}) >= 3, problem.slug
        counts = defaultdict(int)
        for one in problem.implementations:
            counts[one.program.language] += 1
            assert 15 <= len(one.program.text.splitlines()) <= 60, one.id
        assert (
            min(counts[language] for language in (Language.C, Language.JAVA, Language.PYTHON)) >= 4
        )


def test_implementations_of_a_language_differ() -> None:
    for problem in PROBLEMS:
        words = defaultdict(list)
        for one in problem.implementations:
            words[one.program.language].append(re.findall(r"\w+|[^\w\s]", one.program.text))
        for of_language in words.values():
            for first, second in combinations(of_language, 2):
                matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
                # The two upper bounds are cheap and settle nearly all of the pairs.
                alike = (
                    matcher.real_quick_ratio() > 0.85
                    and matcher.quick_ratio() > 0.85
                    and matcher.ratio() > 0.85
                )
                assert not alike, problem.slug


def test_every_program_parses() -> None:
    for problem in PROBLEMS:
        for one in problem.implementations:
            program = AnalysedProgram.of(one.program.text, one.program.language)
            assert program.parsed.error_count == 0, one.id


def test_c_programs_print_what_every_case_expects(tmp_path: Path) -> None:
    if shutil.which("gcc") is None:
        pytest.skip("needs gcc")
    for problem, one in implementations(Language.C):
        program = tmp_path / "program"
        flags = ["-std=c11", "-O0", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined"]
        subprocess.run(
            ["gcc", *flags, "-fno-sanitize-recover", "-o", program, one.path], check=True
        )
        for case in problem.cases:
            done = subprocess.run(
                [program], input=case.input.encode(), capture_output=True, timeout=20, check=False
            )
            found = (done.returncode, done.stdout.decode())
            assert found == (0, case.output), f"{one.id}, case {case.name}"


def test_java_programs_print_what_every_case_expects(tmp_path: Path) -> None:
    if shutil.which("javac") is None:
        pytest.skip("needs a JDK")
    jobs = []
    for number, (problem, one) in enumerate(implementations(Language.JAVA)):
        cases = tmp_path / problem.slug
        if not cases.exists():
            cases.mkdir()
            for index, case in enumerate(problem.cases):
                (cases / f"{index}.in").write_text(case.input, newline="")
        jobs.append((problem, one, tmp_path / f"classes{number}", cases))
    listed = tmp_path / "programs.tsv"
    listed.write_text("".join(f"{one.path}\t{to}\t{cases}\n" for _, one, to, cases in jobs))
    run = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", HARNESS, listed]
    subprocess.run(run, check=True, timeout=300)
    for problem, one, classes, _ in jobs:
        for index, case in enumerate(problem.cases):
            found = (classes / f"{index}.out").read_bytes().decode()
            assert found == case.output, f"{one.id}, case {case.name}"


# One interpreter runs a program on all of its cases; each case gets a fresh namespace.
RUNNER = """
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


def test_python_programs_print_what_every_case_expects() -> None:
    for problem, one in implementations(Language.PYTHON):
        job = json.dumps([one.program.text, [case.input for case in problem.cases]])
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", RUNNER],
            input=job,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, f"{one.id}: {done.stderr}"
        for case, found in zip(problem.cases, json.loads(done.stdout), strict=True):
            assert found == case.output, f"{one.id}, case {case.name}"
