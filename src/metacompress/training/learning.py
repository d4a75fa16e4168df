"""What a training is given, and what it leaves, whatever kind of model learns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.tracking import Tracker
    from metacompress.training.fitting import Fitted
    from metacompress.training.summary import SplitScores, TokensRead


@dataclass(frozen=True, slots=True)
class Learned:
    """A fitted model, and what its card says of how it came about.

    Attributes:
        fitted: the model with its scores.
        examples: that it was trained and scored on, by part.
        leaked: inputs of the test that were left out of the others.
        teacher_fingerprint: of the teacher, if there is one that another process knows again.
        start_scores: of the model before, by part; empty where it was not scored.
        read: what a language model read; None of a classifier.
    """

    fitted: Fitted
    examples: dict[str, int]
    leaked: int
    teacher_fingerprint: str | None
    start_scores: dict[str, SplitScores] = field(default_factory=dict)
    read: TokensRead | None = None


class Learner(Protocol):
    """A training whose examples and models are there.

    Attributes:
        task: its name.
        identity: everything that its result depends on.
        unknown: names of the models that have no fingerprint.
        start: directory of the model that it starts from; None for a new one.
    """

    task: str
    identity: dict[str, Any]
    unknown: Sequence[str]
    start: Path | None

    def learn(self, work: RunDirectory, progress: Progress, tracker: Tracker) -> Learned:
        """Train, from the last checkpoint in ``work`` where there is one."""
