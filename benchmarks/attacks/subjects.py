"""What the benchmarks of attacks work on: functions of Devign with recorded substitutes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress import Classifier, load_classifier, load_dataset
from metacompress.attacks.engine.name_tokens import NameTokens
from metacompress.attacks.engine.subject import Subject
from metacompress.attacks.substitutes.recorded import RecordedSubstitutes
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.naming import CorpusNaming

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[3] / "shared"
TASK = "vulnerability-prediction"
DATA = SHARED / "data/devign/test.jsonl.gz"
SUBSTITUTES = SHARED / "data/devign/test_substitutes.jsonl.gz"
MODELS = {
    "compressor_codebert_vulnerability_prediction": "codexglue",
    "devign_student": "transformers",
    "devign_teacher": "transformers",
}
# Names of the vocabulary come from so many functions; ALERT and guided do not use it.
VOCABULARY = 100
_PREDICTED_AT_ONCE = 32


def load_victim(model: str) -> Classifier:
    """One of MODELS."""
    return load_classifier(f"{MODELS[model]}:{SHARED / 'models' / model}", TASK)


def attackable(classifier: Classifier, first: int, count: int) -> list[tuple[int, Subject]]:
    """The first ``count`` functions from row ``first`` that the model predicts right and that have
    an identifier with substitutes; with their rows.
    """
    found: list[tuple[int, Subject]] = []
    for row, subject in _predicted_right(classifier, first):
        if len(found) == count:
            break
        if any(map(subject.substitutes, subject.identifiers)):
            found.append((row, subject))
    return found


def _predicted_right(classifier: Classifier, first: int) -> Iterator[tuple[int, Subject]]:
    examples = load_dataset(DATA, TASK).examples
    recorded = RecordedSubstitutes(SUBSTITUTES)
    names = NameTokens(classifier)

    def analysed(example):
        return AnalysedProgram.of(example.programs[0].text, example.programs[0].language)

    vocabulary = CorpusNaming.of(map(analysed, examples[:VOCABULARY]))
    for start in range(first, len(examples), _PREDICTED_AT_ONCE):
        rows = examples[start : start + _PREDICTED_AT_ONCE]
        predicted = classifier.predict(rows).probabilities.argmax(axis=1)
        for row, (example, label) in enumerate(zip(rows, predicted, strict=True), start):
            if label == example.label:
                yield (
                    row,
                    Subject(
                        example,
                        example.label,
                        {0: analysed(example)},
                        substitutes=recorded,
                        vocabulary=vocabulary,
                        name_tokens=[names],
                    ),
                )
