"""Runs many attacks at once and turns their queries into few full calls of the model.

Each attack is a generator that waits for the probabilities of its candidates. In a round the
candidates of all running attacks are put together, those that were asked before are answered
from memory or from the prediction store, and the model gets the others in one call, which it
sorts by length. What an attack is answered does not depend on what else is in a call (see
models.batching), so the results are the same at any number of attacks at once.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from metacompress.attacks.engine.base import GradientsAt
from metacompress.errors import UsageError
from metacompress.models.recording import input_key
from metacompress.models.white_box import WhiteBox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.attacks.engine.base import Attack, Search
    from metacompress.attacks.engine.subject import Candidate, Subject
    from metacompress.models.classifier import Classifier
    from metacompress.models.store import PredictionStore
    from metacompress.models.white_box import TokenGradients

DEFAULT_CONCURRENCY = 128
# A round is one call: the store need not cut it into smaller ones.
_ROUND = 1 << 15


@dataclass(frozen=True, slots=True)
class Budget:
    """What an attack may spend on one example.

    Attributes:
        queries: candidates that it may ask about, repeated ones included; a backward pass is one.
        seconds: processor time of the model and the search, as far as rows that are asked
            together can be told apart. Results then depend on the speed of the machine.
    """

    queries: int | None = None
    seconds: float | None = None


@dataclass(slots=True)
class Attempt:
    """What came of an attack on one example.

    Attributes:
        index: of the example.
        subject: the example.
        adversarial: a valid variant that is predicted otherwise, or None.
        flips: candidates that were predicted otherwise and refused by the gate, by reason.
        best: the program of the lowest P(label) below ``clean`` that was asked about and passed
            the gate, or None.
        clean, lowest: P(label) of the source, and of ``best`` or else of the source.
        flipped_at: which query ``adversarial`` was, from 1; 0 without one.
        queries: candidates asked about, repeated ones included, and backward passes.
        distinct: different inputs among them.
        gradients: backward passes.
        stopped: what ended it: ``finished``, ``queries`` or ``seconds``.
        seconds: processor time, as in Budget.
    """

    index: int
    subject: Subject
    adversarial: Candidate | None = None
    best: Candidate | None = None
    clean: float = float("nan")
    lowest: float = float("nan")
    flipped_at: int = 0
    queries: int = 0
    distinct: int = 0
    gradients: int = 0
    stopped: str = "finished"
    seconds: float = 0.0

    @property
    def flips(self) -> dict[str, int]:
        """See above."""
        return dict(self.subject.refusals)


@dataclass(slots=True)
class _Running:
    attempt: Attempt
    search: Search
    request: Sequence[Candidate] | GradientsAt = ()
    allowed: int = 0
    known: dict[str, NDArray[np.float64]] = field(default_factory=dict)


class Scheduler:
    """Attacks one victim.

    Args:
        classifier: the victim.
        store: asked before it.
        budget: of every example.
        concurrency: attacks at once.
        seed: of everything random.
    """

    def __init__(
        self,
        classifier: Classifier,
        store: PredictionStore,
        *,
        budget: Budget | None = None,
        concurrency: int = DEFAULT_CONCURRENCY,
        seed: int = 0,
    ) -> None:
        if concurrency < 1:
            raise UsageError(
                f"concurrency must be at least 1, not {concurrency}", option="concurrency"
            )
        self._classifier = classifier
        self._store = store
        self._budget = budget or Budget()
        self._concurrency = concurrency
        self._seed = seed
        # Processor seconds of a row in the last call: what one more is expected to cost.
        self._row_seconds = 0.0
        self.asked = 0

    def run(
        self,
        attack: Attack,
        subjects: Iterable[tuple[int, Subject]],
        budget_of: Callable[[int], Budget] | None = None,
    ) -> Iterator[Attempt]:
        """Attack examples; yields each as it is done, in an order that depends on concurrency.

        Args:
            attack: what is run.
            subjects: examples with their index, which is part of the seed.
            budget_of: maps an index to its budget, where they differ.
        """
        waiting = iter(subjects)
        running: list[_Running] = []
        while True:
            while len(running) < self._concurrency and (job := next(waiting, None)) is not None:
                running.append(self._start(attack, *job))
            if not running:
                return
            for one in running:
                budget = self._budget if budget_of is None else budget_of(one.attempt.index)
                self._allow(one, budget)
            answers = self._answers(running)
            going_on = []
            for one, answer in zip(running, answers, strict=True):
                if one.attempt.stopped != "finished" and not one.allowed:
                    one.search.close()
                elif self._advance(one, answer):
                    going_on.append(one)
                    continue
                yield one.attempt
            running = going_on

    def _start(self, attack: Attack, index: int, subject: Subject) -> _Running:
        # The stream depends on what is attacked, not on what was attacked before it.
        rng = np.random.default_rng([self._seed, index, zlib.crc32(attack.name.encode())])
        one = _Running(Attempt(index, subject), attack.search(subject, rng))
        self._advance(one, None)
        return one

    def _advance(self, one: _Running, answer: object) -> bool:
        """Let a search go on to its next request; False where it is over."""
        before = time.process_time()
        try:
            one.request = one.search.send(answer)
        except StopIteration as end:
            one.attempt.adversarial = end.value
            if end.value is not None:
                one.attempt.stopped = "finished"
                one.attempt.flipped_at = _query_number(one)
            return False
        finally:
            one.attempt.seconds += time.process_time() - before
        return True

    def _allow(self, one: _Running, budget: Budget) -> None:
        """How much of a request the budget covers."""
        attempt = one.attempt
        wanted = 1 if isinstance(one.request, GradientsAt) else len(one.request)
        one.allowed = wanted
        if budget.queries is not None and attempt.queries + wanted > budget.queries:
            one.allowed = max(budget.queries - attempt.queries, 0)
            attempt.stopped = "queries"
        if budget.seconds is not None:
            rows = (budget.seconds - attempt.seconds) / max(self._row_seconds, 1e-9)
            if rows < one.allowed:
                one.allowed = max(int(rows), 0)
                attempt.stopped = "seconds"

    def _answers(self, running: Sequence[_Running]) -> list[object]:
        answers: list[object] = [None] * len(running)
        candidates = [
            (place, one.request[: one.allowed])
            for place, one in enumerate(running)
            if not isinstance(one.request, GradientsAt)
        ]
        for place, found in self._probabilities(running, candidates):
            answers[place] = found
        gradients = [
            (place, one.request)
            for place, one in enumerate(running)
            if isinstance(one.request, GradientsAt) and one.allowed
        ]
        for place, derivative in self._gradients(running, gradients):
            answers[place] = derivative
        return answers

    def _probabilities(
        self,
        running: Sequence[_Running],
        requests: Sequence[tuple[int, Sequence[Candidate]]],
    ) -> Iterator[tuple[int, NDArray[np.float64]]]:
        keys = {
            place: [input_key(self._classifier, one.example) for one in candidates]
            for place, candidates in requests
        }
        new = {
            (place, key): candidate.example
            for place, candidates in requests
            for key, candidate in zip(keys[place], candidates, strict=True)
            if key not in running[place].known
        }
        before = time.process_time()
        found, asked = self._store.predict(self._classifier, list(new.values()), block_size=_ROUND)
        spent = time.process_time() - before
        self.asked += asked
        if new:
            self._row_seconds = spent / len(new)
        for (place, key), row in zip(new, found.probabilities, strict=True):
            running[place].known[key] = row
            running[place].attempt.distinct += 1
            running[place].attempt.seconds += self._row_seconds
        for place, candidates in requests:
            rows = np.array([running[place].known[key] for key in keys[place]])
            answer = rows.reshape(len(candidates), len(self._classifier.labels))
            self._account(running[place], candidates, answer)
            yield place, answer

    def _account(
        self, one: _Running, candidates: Sequence[Candidate], answer: NDArray[np.float64]
    ) -> None:
        attempt = one.attempt
        likelihoods = attempt.subject.likelihoods(answer)
        if attempt.queries == 0 and len(candidates):
            attempt.clean = attempt.lowest = float(likelihoods[0])
        attempt.queries += len(candidates)
        for candidate, likelihood in zip(candidates, likelihoods, strict=True):
            if likelihood < attempt.lowest and attempt.subject.is_valid(candidate):
                attempt.best, attempt.lowest = candidate, float(likelihood)

    def _gradients(
        self, running: Sequence[_Running], requests: Sequence[tuple[int, GradientsAt]]
    ) -> Iterator[tuple[int, TokenGradients]]:
        for program in sorted({request.program for _, request in requests}):
            group = [(place, one) for place, one in requests if one.program == program]
            victim = self._classifier
            if not isinstance(victim, WhiteBox):
                raise UsageError("the victim is a black box: it has no gradients")
            before = time.process_time()
            found = victim.gradients(
                [request.candidate.example for _, request in group],
                [running[place].attempt.subject.label for place, _ in group],
                program,
            )
            spent = (time.process_time() - before) / len(group)
            for (place, _), derivative in zip(group, found, strict=True):
                running[place].attempt.queries += 1
                running[place].attempt.gradients += 1
                running[place].attempt.seconds += spent
                yield place, derivative


def _query_number(one: _Running) -> int:
    if isinstance(one.request, GradientsAt):
        return one.attempt.queries
    last = list(one.request[: one.allowed])
    place = next(row for row, asked in enumerate(last) if asked is one.attempt.adversarial)
    return one.attempt.queries - len(last) + place + 1
