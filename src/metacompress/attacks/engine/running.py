"""A search under way: what it wants to know, what it may ask and what it was answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.attacks.engine.base import GradientsAt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from metacompress.attacks.engine.attempt import Attempt, Budget
    from metacompress.attacks.engine.base import Search
    from metacompress.attacks.engine.prospect import Prospect
    from metacompress.attacks.engine.subject import Candidate
    from metacompress.data.example import Example

# New candidates of a request that are asked at a time: those behind an adversarial one need no
# answer. It is a multiple of the rows that a model is given at least
# (models.runtime.batching.MIN_ROWS).
AT_A_TIME = 16


class _Known(NamedTuple):
    """What was answered about an input.

    Attributes:
        query: its number among the queries of the attempt, from 1.
        probabilities: (w,).
    """

    query: int
    probabilities: NDArray[np.float64]


class Running:
    """One search with its attempt.

    A request is asked in parts of a few new candidates. The search gets the answers so far, and
    no others, where one of them is adversarial, a budget ends, or nothing more is to be hoped.

    Args:
        attempt: that is filled in.
        search: on the attempt's subject.
        budget: of the attempt.
        prospect: of the search.
        width: numbers of an answer of the victim, w.
        key_of: what identifies an input to the victim.

    Attributes:
        gradients_at: a request for gradients, if the search waits for one.
        is_over: whether the search has ended, or was closed.
    """

    def __init__(
        self,
        attempt: Attempt,
        search: Search,
        budget: Budget,
        prospect: Prospect,
        width: int,
        key_of: Callable[[Example], str],
    ) -> None:
        self.attempt = attempt
        self.gradients_at: GradientsAt | None = None
        self.is_over = False
        self._search = search
        self._budget = budget
        self._width = width
        self._key_of = key_of
        self._prospect = prospect
        self._known: dict[str, _Known] = {}
        self._read: set[int] = set()
        self._request: Sequence[Candidate] = ()
        self._answers: list[NDArray[np.float64]] = []
        self._part: list[tuple[str, Candidate]] = []
        self._new: dict[str, Candidate] = {}
        self._advance(None)

    def next_part(self, row_seconds: float) -> list[Candidate]:
        """The candidates to ask now, none of them for the second time.

        Args:
            row_seconds: what one more input is expected to take.
        """
        allowed, limit = self._allowed(row_seconds)
        self._part, self._new = [], {}
        if self.gradients_at is not None:
            if not allowed:
                self._close(limit)
            return []
        for candidate in self._request[len(self._answers) :]:
            key = self._key_of(candidate.example)
            if key not in self._known and key not in self._new:
                if len(self._new) == allowed:
                    self.attempt.stopped = limit
                    break
                self._new[key] = candidate
            self._part.append((key, candidate))
        if self._request and not self._part and not self._answers:
            self._close(self.attempt.stopped)
        return list(self._new.values())

    def answer(
        self, probabilities: NDArray[np.float64], read: NDArray[np.uint64], seconds: float
    ) -> None:
        """Take the victim's answers to ``next_part``, and let the search go on if it can.

        Args:
            probabilities: of the candidates, in their order (m, w).
            read: what the victim read of them, as in Predictions (m,).
            seconds: processor time that they took.
        """
        attempt = self.attempt
        attempt.seconds += seconds
        knows_source = bool(self._known)
        for key, row in zip(self._new, probabilities, strict=True):
            attempt.queries += 1
            self._known[key] = _Known(attempt.queries, row)
        self._read.update(read.tolist())
        attempt.distinct = len(self._read)
        rows = [self._known[key].probabilities for key, _ in self._part]
        self._answers += rows
        is_found = self._account(rows)
        if knows_source:
            self._note_margins()
        if not is_found and self._prospect.is_hopeless:
            attempt.stopped = "hopeless"
        if is_found or attempt.stopped != "finished" or len(self._answers) == len(self._request):
            self._advance(np.reshape(self._answers, (-1, self._width)))

    def answer_gradients(self, gradients: object, seconds: float) -> None:
        """Take the derivatives that were asked for."""
        self.attempt.queries += 1
        self.attempt.gradients += 1
        self.attempt.seconds += seconds
        self._advance(gradients)

    def _allowed(self, row_seconds: float) -> tuple[int, str]:
        """How many new candidates may be asked now, and what limits them."""
        budget, attempt = self._budget, self.attempt
        allowed, limit = AT_A_TIME, "finished"
        if budget.queries is not None and budget.queries - attempt.queries < allowed:
            allowed, limit = budget.queries - attempt.queries, "queries"
        if budget.seconds is not None:
            rows = (budget.seconds - attempt.seconds) / max(row_seconds, 1e-9)
            if rows < allowed:
                allowed, limit = max(int(rows), 0), "seconds"
        return allowed, limit

    def _account(self, rows: Sequence[NDArray[np.float64]]) -> bool:
        """Note what the candidates of a part are worth; whether one is adversarial."""
        attempt, subject = self.attempt, self.attempt.subject
        if not rows:
            return False
        answers = np.array(rows)
        candidates = [candidate for _, candidate in self._part]
        ranks = subject.goal.ranks(answers)
        if np.isnan(attempt.clean):
            attempt.clean = attempt.lowest = float(ranks[0])
        for row in np.argsort(ranks, kind="stable"):
            if not ranks[row] < attempt.lowest:
                break
            if subject.is_valid(candidates[row]):
                attempt.best, attempt.lowest = candidates[row], float(ranks[row])
                break
        reached = np.flatnonzero(subject.goal.is_reached(answers))
        return any(subject.is_valid(candidates[row]) for row in reached)

    def _note_margins(self) -> None:
        programs = [key for key, candidate in self._new.items() if candidate.is_program]
        if programs:
            answers = np.array([self._known[key].probabilities for key in programs])
            self._prospect.note(self.attempt.subject.goal.margins(answers))

    def _advance(self, answer: object) -> None:
        """Let the search go on to its next request, or to its end."""
        before = time.process_time()
        try:
            request = self._search.send(answer)
        except StopIteration as end:
            self._end(end.value)
        else:
            self.gradients_at, self._request, self._answers = None, (), []
            if isinstance(request, GradientsAt):
                self.gradients_at = request
            else:
                self._request = request
            if self.attempt.stopped != "finished":
                self._close(self.attempt.stopped)
        finally:
            self.attempt.seconds += time.process_time() - before

    def _end(self, adversarial: Candidate | None) -> None:
        self.is_over = True
        self.attempt.adversarial = adversarial
        if adversarial is not None:
            self.attempt.stopped = "finished"
            self.attempt.found_at = self._known[self._key_of(adversarial.example)].query

    def _close(self, why: str) -> None:
        self.attempt.stopped = why
        self.is_over = True
        self._search.close()
