"""What the demo programs are, and that they do what their problem says."""

from __future__ import annotations

import difflib
import re
import shutil
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from demo_programs import RUNNERS, implementations

from metacompress.data.demo import read_problems
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram

if TYPE_CHECKING:
    from pathlib import Path

PROBLEMS = read_problems()
COMPILERS = {Language.C: "gcc", Language.JAVA: "javac", Language.PYTHON: "python3"}


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


@pytest.mark.parametrize("language", RUNNERS)
def test_programs_print_what_every_case_expects(language: Language, tmp_path: Path) -> None:
    """Hold every fourth; benchmarks/validity/demo_programs.py runs them all."""
    if shutil.which(COMPILERS[language]) is None:
        pytest.skip(f"needs {COMPILERS[language]}")
    RUNNERS[language](implementations(language)[::4], tmp_path)
