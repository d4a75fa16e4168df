"""Adversarial programs are run: they must do what their sources do."""

from __future__ import annotations

import numpy as np
import pytest
from attacking import FixedSubstitutes, run, subject_of, victim

from metacompress.data.demo.problems import read_problems
from metacompress.execution.programs import Input
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.behaviour import check_behaviour


@pytest.mark.parametrize("language", [Language.C, Language.JAVA, Language.PYTHON])
@pytest.mark.parametrize("attack", ["alert", "mhm", "beam", "transformation", "random"])
def test_adversarial_programs_behave_like_their_sources(language: Language, attack: str) -> None:
    problems = read_problems()[3:30:9]
    checked = 0
    for problem in problems:
        program = next(
            one.program for one in problem.implementations if one.program.language is language
        )
        words = frozenset(program.text.split())

        def score(text: str, words: frozenset[str] = words) -> float:
            # The more words of the source are gone, the less safe.
            return 0.3 + 0.6 * len(words & frozenset(text.split())) / len(words)

        subject = subject_of(
            program.text, language, substitutes=FixedSubstitutes(("amount", "buffer", "chunk"))
        )
        (attempt,) = run(attack, victim(score), [subject])
        changed = attempt.adversarial or attempt.best
        if changed is None:
            continue
        inputs = [Input(case.input.encode()) for case in problem.cases[:3]]
        source = AnalysedProgram.of(program.text, language)
        variant = AnalysedProgram.of(changed.example.programs[0].text, language)
        assert check_behaviour(source, variant, inputs) is None
        checked += 1
    assert checked >= 2
    assert np.isfinite(attempt.lowest)
