"""The tasks that models of code are trained for."""

from __future__ import annotations

from dataclasses import dataclass

from metacompress.registry import Registry


@dataclass(frozen=True, slots=True)
class Task:
    """What a classifier decides.

    Attributes:
        name: the task's name on the command line.
        arity: programs per example, 1 or 2.
        labels: class names; an example's label is an index into them. Without any, what the data
            say of labels is not read.
        positive: index of the class that precision, recall and F1 are about.
        summary: one line for listings.
    """

    name: str
    arity: int
    labels: tuple[str, ...]
    positive: int
    summary: str


CLONE_DETECTION = Task(
    name="clone-detection",
    arity=2,
    labels=("distinct", "clone"),
    positive=1,
    summary="Do two programs do the same?",
)

VULNERABILITY_PREDICTION = Task(
    name="vulnerability-prediction",
    arity=1,
    labels=("safe", "vulnerable"),
    positive=1,
    summary="Does a function contain a vulnerability?",
)

NEXT_TOKEN = Task(
    name="next-token",
    arity=1,
    labels=(),
    positive=0,
    summary="Which token comes next?",
)
"""The task of language models, which has no classes: programs for it need no label. It is not
registered, since classifiers cannot have it; see ``metacompress fidelity``.
"""

TASKS: Registry[Task] = Registry(
    kind="task",
    group="metacompress.tasks",
    builtins={
        CLONE_DETECTION.name: "metacompress.data.task:CLONE_DETECTION",
        VULNERABILITY_PREDICTION.name: "metacompress.data.task:VULNERABILITY_PREDICTION",
        "demo-problem": "metacompress.data.demo.problems:DEMO_PROBLEM",
    },
)
