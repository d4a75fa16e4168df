from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest
from attacking import (
    C_FUNCTION,
    NAMES,
    FixedSubstitutes,
    run,
    subject_of,
    victim,
    word_count,
)

from metacompress.attacks import ATTACKS
from metacompress.attacks.engine.attempt import Budget
from metacompress.attacks.engine.running import AT_A_TIME
from metacompress.errors import UsageError
from metacompress.models.protocols.classifier import Classifier, Predictions, input_digests
from metacompress.transforms.gate import Gate
from metacompress.transforms.validity import Refusal

EVERY = sorted(ATTACKS.names())


def noisy(text: str) -> float:
    """Some digest of the text: no two candidates are alike, and few flip."""
    return 0.45 + hashlib.sha256(text.encode()).digest()[0] / 256 * 0.5


def subjects(count: int) -> list:
    return [
        subject_of(C_FUNCTION.replace("0;", f"{number};", 1), name=str(number))
        for number in range(count)
    ]


def outcomes(attempts: list) -> list:
    return [
        (
            attempt.adversarial and attempt.adversarial.example.programs[0].text,
            attempt.best and attempt.best.example.programs[0].text,
            attempt.lowest,
            attempt.queries,
            attempt.distinct,
            attempt.found_at,
        )
        for attempt in attempts
    ]


@pytest.mark.parametrize("attack", EVERY)
def test_results_do_not_depend_on_what_runs_beside(attack: str) -> None:
    found = [
        outcomes(run(attack, victim(noisy), subjects(5), concurrency=concurrency, seed=3))
        for concurrency in (1, 2, 128)
    ]
    assert found[0] == found[1] == found[2]


def test_another_seed_is_another_search() -> None:
    first, second = (
        outcomes(run("mhm?rounds=3", victim(lambda text: 0.9), subjects(3), seed=seed))
        for seed in (0, 1)
    )
    assert first != second or first[0][3] == 1


@pytest.mark.parametrize("attack", EVERY)
@pytest.mark.parametrize("queries", [1, 2, 17, 40])
def test_a_query_budget_is_kept_exactly(attack: str, queries: int) -> None:
    asked = []

    def constant(text: str) -> float:
        asked.append(text)
        return 0.9

    attack = f"{attack}?patience=0"
    free = run(attack, victim(constant), [subject_of()])[0].queries
    asked.clear()
    (attempt,) = run(attack, victim(constant), [subject_of()], budget=Budget(queries=queries))
    assert attempt.queries == min(queries, free)
    assert attempt.stopped == ("queries" if queries < free else "finished")
    assert len(asked) == attempt.distinct <= queries


def test_a_flip_within_the_budget_counts() -> None:
    victim_of_total = victim(lambda text: 0.9 if word_count(text, "total") else 0.1)
    (free,) = run("alert", victim_of_total, [subject_of()])
    (exact,) = run("alert", victim_of_total, [subject_of()], budget=Budget(queries=free.found_at))
    (short,) = run(
        "alert", victim_of_total, [subject_of()], budget=Budget(queries=free.found_at - 1)
    )
    assert exact.adversarial is not None
    assert exact.found_at == free.found_at
    assert short.adversarial is None
    assert short.stopped == "queries"


def test_a_time_budget_stops_an_attack() -> None:
    def slow(text: str) -> float:
        return 0.9 if len(text * 2000) else 0.8

    (attempt,) = run("alert", victim(slow), [subject_of()], budget=Budget(seconds=1e-6))
    assert attempt.stopped == "seconds"
    (free,) = run("alert", victim(slow), [subject_of()])
    assert attempt.queries < free.queries


def test_equal_candidates_are_asked_once() -> None:
    asked: list[str] = []

    def constant(text: str) -> float:
        asked.append(text)
        return 0.9

    (attempt,) = run("alert", victim(constant), [subject_of()])
    assert len(asked) == len(set(asked)) == attempt.distinct == attempt.queries


class ReadsTheStart(Classifier):
    """Reads 60 characters of a program, and gives them all the same answer."""

    labels = ("safe", "vulnerable")

    def predict(self, examples):
        read = input_digests(e.programs[0].text[:60].encode() for e in examples)
        return Predictions.checked([[0.9, 0.1]] * len(examples), examples, 2, "start", read=read)


def test_inputs_that_the_victim_reads_alike_are_one() -> None:
    (attempt,) = run("wir-random", ReadsTheStart(), [subject_of()])
    assert 1 < attempt.distinct < attempt.queries


def test_nothing_is_asked_behind_a_flip() -> None:
    asked: list[str] = []

    def flips_at_the_first_name(text: str) -> float:
        asked.append(text)
        return 0.1 if word_count(text, NAMES[0]) else 0.9

    names = [f"{name}{number}" for number in range(9) for name in NAMES]
    subject = subject_of(substitutes=FixedSubstitutes([NAMES[0], *names]))
    (attempt,) = run("alert", victim(flips_at_the_first_name), [subject])
    assert attempt.adversarial is not None
    assert attempt.found_at <= attempt.queries == len(asked) < attempt.found_at + AT_A_TIME


def test_a_hopeless_search_is_stopped_unless_its_patience_is_endless() -> None:
    found = {
        patience: run(f"alert?patience={patience}", victim(lambda text: 0.9), [subject_of()])[0]
        for patience in (0, 0.5, 1)
    }
    assert [one.stopped for one in found.values()] == ["finished", "hopeless", "hopeless"]
    assert subject_of().renamings <= found[0.5].queries <= found[1].queries < found[0].queries


def test_patience_does_not_lose_a_near_flip() -> None:
    (attempt,) = run("alert?patience=0.5", victim(lambda text: 0.501), [subject_of()])
    assert attempt.stopped == "finished"


@dataclass(frozen=True, slots=True)
class ClosedGate(Gate):
    def refusal(self, transformation, source, variant, origins):
        return Refusal.COMPILER_ERRORS_CHANGED


def test_flips_that_the_gate_refuses_are_counted_and_never_a_success() -> None:
    subject = subject_of(gate=ClosedGate())
    (attempt,) = run(
        "wir-random", victim(lambda t: 0.9 if word_count(t, "total") else 0.1), [subject]
    )
    assert attempt.adversarial is None
    assert attempt.refusals[str(Refusal.COMPILER_ERRORS_CHANGED)] > 0


def test_a_black_box_is_attacked_by_scores_alone() -> None:
    attempts = [run(name, victim(noisy), subjects(3), seed=1) for name in ("guided", "alert")]
    assert [a.gradients for a in attempts[0]] == [0, 0, 0]
    assert all(a.queries > 1 for a in attempts[0])


def test_concurrency_is_checked() -> None:
    with pytest.raises(UsageError, match="concurrency"):
        run("alert", victim(noisy), [], concurrency=0)


@pytest.mark.parametrize("attack", EVERY)
def test_what_the_gate_refuses_is_never_the_best(attack: str) -> None:
    (attempt,) = run(attack, victim(noisy), [subject_of(gate=ClosedGate())], seed=3)
    assert attempt.best is None
    assert attempt.lowest == attempt.clean


def test_the_best_is_the_lowest_that_the_gate_accepts() -> None:
    refused: list[str] = []

    class RefusesMany(Gate):
        def refusal(self, transformation, source, variant, origins):
            text = variant.source.decode()
            if hashlib.sha256(text.encode()).digest()[1] % 4:
                refused.append(text)
                return Refusal.COMPILER_ERRORS_CHANGED
            return super().refusal(transformation, source, variant, origins)

    asked: dict[str, float] = {}

    def remembering(text: str) -> float:
        return asked.setdefault(text, noisy(text))

    (attempt,) = run("random?queries=60", victim(remembering), [subject_of(gate=RefusesMany())])
    assert attempt.best is not None
    best = attempt.best.example.programs[0].text
    assert best not in refused
    assert asked[best] == attempt.lowest
    valid = [p for text, p in asked.items() if hashlib.sha256(text.encode()).digest()[1] % 4 == 0]
    assert attempt.lowest == min([*valid, attempt.clean])
