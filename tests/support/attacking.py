"""Toy victims, and the shortest way to attack them."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from metacompress.attacks import make_attack
from metacompress.attacks.engine.scheduler import Scheduler
from metacompress.attacks.engine.subject import Subject
from metacompress.attacks.engine.victim import Victim
from metacompress.attacks.substitutes.corpus import CorpusSubstitutes
from metacompress.data.example import Example, Program
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.models.loading import load_classifier
from metacompress.models.storing.store import PredictionStore
from metacompress.transforms.gate import DEFAULT_GATE
from metacompress.transforms.naming import CorpusNaming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from metacompress.attacks.engine.attempt import Attempt
    from metacompress.models.protocols.classifier import Classifier

C_FUNCTION = """int area(int width, int height, int *rows)
{
    int total = 0;
    int limit = width * height;
    for (int index = 0; index < limit; index++) {
        if (rows[index] > total) {
            total = rows[index];
        }
    }
    return total;
}
"""
NAMES = ("amount", "buffer", "chunk", "depth", "entry", "flag", "group", "handle", "item", "joint")


class FixedSubstitutes:
    """The same candidates for every identifier."""

    def __init__(self, names: Iterable[str] = NAMES) -> None:
        self._names = tuple(names)

    def propose(self, program_id, program, names, rng):
        return dict.fromkeys(names, self._names)


def victim(score: Callable[[str], float]) -> Classifier:
    """A classifier of single programs; ``score`` maps a text to P(safe)."""

    def probabilities(texts: list[str]) -> np.ndarray:
        safe = np.array([score(text) for text in texts])
        return np.stack([safe, 1 - safe], axis=1)

    return load_classifier(probabilities, VULNERABILITY_PREDICTION)


def word_count(text: str, word: str) -> int:
    return len(re.findall(rf"\b{word}\b", text))


def subject_of(
    text: str = C_FUNCTION,
    language: Language = Language.C,
    label: int = 0,
    name: str = "example",
    **settings: object,
) -> Subject:
    program = AnalysedProgram.of(text, language)
    vocabulary = CorpusNaming.of([AnalysedProgram.of(C_FUNCTION, Language.C), program])
    given = {"substitutes": FixedSubstitutes(), "vocabulary": vocabulary, "gate": DEFAULT_GATE}
    example = Example(name, (Program(text, language),), label, name, (name,))
    return Subject(example, label, {0: program}, **(given | settings))


def run(
    attack: str,
    classifier: Classifier | tuple[Classifier, Classifier],
    subjects: Sequence[Subject],
    **settings: object,
) -> list[Attempt]:
    """Attack ``subjects``, by one model or by teacher and student; attempts in their order."""
    models = classifier if isinstance(classifier, tuple) else (classifier,)
    with (
        TemporaryDirectory() as scratch,
        PredictionStore(Path(scratch) / "store.sqlite") as store,
    ):
        scheduler = Scheduler(
            Victim({f"model {number}": one for number, one in enumerate(models)}, store), **settings
        )
        found = list(scheduler.run(make_attack(attack), list(enumerate(subjects))))
    return sorted(found, key=lambda attempt: attempt.index)


__all__ = [
    "C_FUNCTION",
    "NAMES",
    "CorpusSubstitutes",
    "FixedSubstitutes",
    "run",
    "subject_of",
    "victim",
    "word_count",
]
