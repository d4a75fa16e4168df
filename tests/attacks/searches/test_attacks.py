from __future__ import annotations

import contextlib

import numpy as np
import pytest
from attacking import C_FUNCTION, NAMES, run, subject_of, victim, word_count

from metacompress.attacks import ATTACKS, make_attack
from metacompress.attacks.engine.subject import Identifier
from metacompress.attacks.searches.genetic import genetic_search
from metacompress.attacks.searches.importance import by_importance
from metacompress.attacks.searches.statement_kinds import statement_groups
from metacompress.errors import UnknownNameError, UsageError
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.validity import check_renaming

EVERY = sorted(ATTACKS.names())
OF_NAMES = [name for name in EVERY if name != "transformation"]


def hangs_on_total(text: str) -> float:
    """Safe as long as the identifier ``total`` is there."""
    return 0.9 if word_count(text, "total") else 0.1


@pytest.mark.parametrize("attack", EVERY)
def test_flips_a_classifier_that_hangs_on_one_identifier(attack: str) -> None:
    (attempt,) = run(attack, victim(hangs_on_total), [subject_of()])
    assert attempt.adversarial is not None
    text = attempt.adversarial.example.programs[0].text
    assert word_count(text, "total") == 0
    assert attempt.found_at > 0


@pytest.mark.parametrize("attack", EVERY)
def test_reports_failure_on_a_constant_classifier(attack: str) -> None:
    (attempt,) = run(attack, victim(lambda text: 0.8), [subject_of()])
    assert attempt.adversarial is None
    assert attempt.found_at == 0
    assert attempt.lowest == attempt.clean == 0.8


@pytest.mark.parametrize("attack", OF_NAMES)
def test_a_renaming_attack_emits_capture_free_renamings(attack: str) -> None:
    # Each name that goes lowers P(safe): several have to.
    words = ("width", "height", "total", "limit", "index")

    def score(text: str) -> float:
        return 0.3 + 0.08 * sum(word_count(text, word) > 0 for word in words)

    (attempt,) = run(attack, victim(score), [subject_of()])
    assert attempt.adversarial is not None
    assert len(attempt.adversarial.renaming) >= 3
    variant = AnalysedProgram.of(attempt.adversarial.example.programs[0].text, Language.C)
    assert check_renaming(AnalysedProgram.of(C_FUNCTION, Language.C), variant) is None


@pytest.mark.parametrize("attack", EVERY)
def test_what_no_compiler_takes_is_never_a_success(attack: str) -> None:
    # The victim falls for unknown tokens only: the probes of importance flip it, no program does.
    (attempt,) = run(attack, victim(lambda text: 0.1 if "<unk>" in text else 0.9), [subject_of()])
    assert attempt.adversarial is None


@pytest.mark.parametrize("attack", EVERY)
def test_programs_without_anything_to_rename(attack: str) -> None:
    for text in ("int f(void) { return 0; }", "", "}}} not C at all {{{"):
        (attempt,) = run(attack, victim(lambda text: 0.9), [subject_of(text)])
        assert attempt.adversarial is None


def test_importance_is_the_sum_over_occurrences() -> None:
    # Two unknown occurrences of total weigh more than one of width, however it is placed.
    falls = {"total": 0.05, "width": 0.12, "limit": 0.01}

    def score(text: str) -> float:
        missing = {word: word_count(C_FUNCTION, word) - word_count(text, word) for word in falls}
        return 0.95 - sum(falls[word] * count for word, count in missing.items())

    subject = subject_of()
    search = by_importance(subject, 0.95)
    probes = next(search)
    occurrences = sum(word_count(C_FUNCTION, i.name) for i in subject.identifiers)
    assert len(probes) == occurrences
    answers = np.array([[score(p.example.programs[0].text)] * 2 for p in probes])
    with pytest.raises(StopIteration) as end:
        search.send(answers)
    names = [identifier.name for identifier in end.value.value]
    # total occurs four times (0.20), width twice (0.24), limit twice (0.02).
    assert names[:3] == ["width", "total", "limit"]


def test_mhm_rejects_what_lowers_the_odds() -> None:
    # Every renaming makes the victim surer: the walk never leaves its start.
    asked: list[str] = []

    def score(text: str) -> float:
        asked.append(text)
        return 0.5 if text == C_FUNCTION else 0.9

    (attempt,) = run("mhm?rounds=20", victim(score), [subject_of()])
    assert attempt.adversarial is None
    words = [i.name for i in subject_of().identifiers]
    for text in asked:
        assert sum(word_count(text, word) == 0 for word in words) <= 1


def test_mhm_walks_where_the_odds_rise() -> None:
    words = [i.name for i in subject_of().identifiers]

    def score(text: str) -> float:
        return 0.6 + 0.05 * sum(word_count(text, word) > 0 for word in words)

    (attempt,) = run("mhm?rounds=60", victim(score), [subject_of()])
    assert attempt.best is not None
    assert len(attempt.best.renaming) == len(words)


def test_statements_of_weight_come_first() -> None:
    text = """int f(int first, int second, int third)
    {
        int fourth = 0;
        while (third > 0) { third--; fourth += 2; }
        if (second > 1) { fourth = 1; }
        return fourth;
    }
    """
    groups = statement_groups(subject_of(text))
    names = [[identifier.name for identifier in group] for group in groups]
    assert names == [["second"], ["first", "third"], ["fourth"]]


def test_statements_of_java_and_python() -> None:
    java = """class A { int f(int a, int b) { try { int c = a; return c; }
    catch (RuntimeException e) { throw e; } finally { b++; } } }"""
    groups = statement_groups(subject_of(java, Language.JAVA))
    assert [[i.name for i in group] for group in groups] == [["a", "b"], ["c"], ["e"]]
    python = (
        "def f(a):\n    for b in a:\n        if b:\n            return b\n    raise ValueError\n"
    )
    groups = statement_groups(subject_of(python, Language.PYTHON))
    assert ["b"] in [[i.name for i in group] for group in groups]


def test_the_genetic_search_keeps_names_apart_and_ends() -> None:
    subject = subject_of()
    names = {identifier: list(NAMES) for identifier in subject.identifiers}
    best = {subject.identifiers[0]: "amount", subject.identifiers[1]: "buffer"}
    search = genetic_search(subject, names, best, 0.9, np.random.default_rng(0))
    requests = [next(search)]
    with contextlib.suppress(StopIteration):
        while True:
            for candidate in requests[-1]:
                assert len(set(candidate.renaming.values())) == len(candidate.renaming)
            requests.append(search.send(np.tile([0.8, 0.2], (len(requests[-1]), 1))))
    singles, *rounds = requests
    assert len(singles) == 2
    # The population is the source and two singles: 5 x 3 rounds of 64, without what is known.
    assert 1 < len(rounds) <= 15
    assert max(map(len, rounds)) <= 64
    asked = [frozenset(one.renaming.items()) for request in requests for one in request]
    assert len(asked) == len(set(asked))


def test_substitutes_are_legal_and_free() -> None:
    wrong = ("for", "int", "9lives", "total", "rows", " padded ", "printf", "__x", "a-b", "good")
    from attacking import FixedSubstitutes

    subject = subject_of(substitutes=FixedSubstitutes(wrong))
    assert subject.substitutes(Identifier(0, "width")) == ["padded", "good"]


def test_two_names_of_a_renaming_differ() -> None:
    subject = subject_of()
    width, height = Identifier(0, "width"), Identifier(0, "height")
    candidates = subject.alternatives({width: "amount"}, height, ["amount", "buffer"])
    assert [one.renaming[height] for one in candidates] == ["buffer"]


def test_identifiers_keep_their_bytes_beside_other_scripts() -> None:
    text = 'int f(int width) { puts("größe"); return width; } /* ширина */\n'
    subject = subject_of(text)
    candidate = subject.renamed({Identifier(0, "width"): "amount"})
    assert candidate.example.programs[0].text == text.replace("width", "amount")
    for _, start, end in subject.places(candidate, 0):
        assert candidate.example.programs[0].text[start:end] == "amount"


def test_constants_are_checked() -> None:
    assert make_attack("mhm?rounds=7&threshold=0.5").rounds == 7
    with pytest.raises(UsageError, match="rounds"):
        make_attack("mhm?rounds=0")
    with pytest.raises(UsageError, match="known constants: patience, rounds, names, threshold"):
        make_attack("mhm?turns=3")
    with pytest.raises(UnknownNameError, match="did you mean 'alert'"):
        make_attack("alerts")
    with pytest.raises(UsageError, match="NAME"):
        make_attack("mhm?rounds")
