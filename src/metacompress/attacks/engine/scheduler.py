"""Runs many attacks at once and turns their queries into few full calls of the model.

Each attack is a generator that waits for the probabilities of its candidates. In a round, the
next candidates of all running attacks are put together; those in the prediction store are read
from it, and each model gets the others in one call, which it sorts by length. What an attack is
answered does not depend on what else is in a call (see models.runtime.batching), so the results are
the same at any number of attacks at once.
"""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

import numpy as np

from metacompress.attacks.engine.attempt import Attempt, Budget
from metacompress.attacks.engine.prospect import Prospect
from metacompress.attacks.engine.running import Running
from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from metacompress.attacks.engine.base import Attack
    from metacompress.attacks.engine.subject import Subject
    from metacompress.attacks.engine.victim import Victim

DEFAULT_CONCURRENCY = 128


class Scheduler:
    """Attacks one victim.

    Args:
        victim: what they ask.
        budget: of every example.
        concurrency: attacks at once.
        seed: of everything random.
    """

    def __init__(
        self,
        victim: Victim,
        *,
        budget: Budget | None = None,
        concurrency: int = DEFAULT_CONCURRENCY,
        seed: int = 0,
    ) -> None:
        if concurrency < 1:
            raise UsageError(
                f"concurrency must be at least 1, not {concurrency}", option="concurrency"
            )
        self._victim = victim
        self._budget = budget or Budget()
        self._concurrency = concurrency
        self._seed = seed
        # Processor seconds of a row in the last call: what one more is expected to cost.
        self._row_seconds = 0.0

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
        running: list[Running] = []
        while True:
            while len(running) < self._concurrency and (job := next(waiting, None)) is not None:
                index, subject = job
                budget = self._budget if budget_of is None else budget_of(index)
                running.append(self._start(attack, index, subject, budget))
            if not running:
                return
            self._answer_candidates([one for one in running if not one.is_over])
            self._answer_gradients([one for one in running if not one.is_over])
            for one in running:
                if one.is_over:
                    yield one.attempt
            running = [one for one in running if not one.is_over]

    def _start(self, attack: Attack, index: int, subject: Subject, budget: Budget) -> Running:
        # The stream depends on what is attacked, not on what was attacked before it.
        rng = np.random.default_rng([self._seed, index, zlib.crc32(attack.name.encode())])
        search = attack.search(subject, rng)
        return Running(
            Attempt(index, subject),
            search,
            budget,
            Prospect(attack.patience, subject.renamings if attack.patience else 0),
            self._victim.width,
            self._victim.key_of,
        )

    def _answer_candidates(self, running: Sequence[Running]) -> None:
        """Ask what the searches want to know of candidates, all in one call."""
        parts = [(one, one.next_part(self._row_seconds)) for one in running]
        parts = [(one, part) for one, part in parts if not one.is_over and one.gradients_at is None]
        examples = [candidate.example for _, part in parts for candidate in part]
        before = time.process_time()
        found = self._victim.answer(examples)
        spent = time.process_time() - before
        if examples:
            self._row_seconds = spent / len(examples)
        start = 0
        for one, part in parts:
            rows = slice(start, start := start + len(part))
            seconds = len(part) * self._row_seconds
            one.answer(found.probabilities[rows], found.read[rows], seconds)

    def _answer_gradients(self, running: Sequence[Running]) -> None:
        """Ask for the gradients that searches wait for, program by program."""
        waiting = [(one, request) for one in running if (request := one.gradients_at) is not None]
        for program in sorted({request.program for _, request in waiting}):
            group = [(one, request) for one, request in waiting if request.program == program]
            before = time.process_time()
            found = self._victim.gradients(
                [request.candidate.example for _, request in group],
                [one.attempt.subject.label for one, _ in group],
                program,
            )
            spent = (time.process_time() - before) / len(group)
            for (one, _), gradients in zip(group, found, strict=True):
                one.answer_gradients(gradients, spent)
