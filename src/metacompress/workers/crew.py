"""Workers of one kind, as a pool sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Order:
    """A task for a worker.

    Attributes:
        number: no other order has it.
        digest: of the job.
        job: the job, pickled.
        task: the task, pickled.
        title: of the task, for messages.
    """

    number: int
    digest: str
    job: bytes
    task: bytes
    title: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker can take orders."""

    worker: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A worker has filled an order; see ``bench.opened`` for the outcome."""

    worker: int
    order: int
    outcome: bytes


@dataclass(frozen=True, slots=True)
class Loss:
    """A worker has ended, with all orders that it had.

    Attributes:
        worker: its number.
        reason: how it ended, in words.
    """

    worker: int
    reason: str


Event = Ready | Answer | Loss


class Crew(Protocol):
    """Starts workers, carries orders to them and tells what became of them.

    A worker fills its orders one after another, in the order in which they are given.

    Attributes:
        is_local: whether the workers are on this machine.
    """

    is_local: bool

    def hire(self) -> int:
        """Start a worker; returns its number, which no other worker gets."""

    def give(self, worker: int, order: Order) -> None:
        """Give an order to a worker that is ready; one that is lost is told of by ``events``."""

    def events(self, *, wait: bool) -> Sequence[Event]:
        """What happened since the last call; waits until something does, if ``wait``."""

    def let_go(self) -> None:
        """End all workers, whatever they are doing; others can be hired."""

    def dismiss(self) -> None:
        """End all workers, and what they were hired with."""
