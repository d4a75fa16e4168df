"""Attacks through the scheduler against a loop that works as the published programs do.

    python benchmarks/attacks/compare.py

One thread, one process, the same model, substitutes, examples and seed on both sides. Ratios are
of processor seconds. The floor is one call of the model with all distinct inputs that the attack
asked about.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
import zlib
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np
import torch

from metacompress import Classifier, load_classifier, load_dataset
from metacompress.attacks import make_attack
from metacompress.attacks.engine.name_tokens import NameTokens
from metacompress.attacks.engine.scheduler import Scheduler
from metacompress.attacks.engine.subject import Subject
from metacompress.attacks.substitutes.recorded import RecordedSubstitutes
from metacompress.lang.program import AnalysedProgram
from metacompress.models.store import PredictionStore
from metacompress.transforms.naming import CorpusNaming
from reference import PaddedModel, attack_one_by_one

SHARED = Path(__file__).resolve().parents[3] / "shared"
TASK = "vulnerability-prediction"
DATA = SHARED / "data/devign/test.jsonl.gz"
SUBSTITUTES = SHARED / "data/devign/test_substitutes.jsonl.gz"
MODELS = {
    "compressor_codebert_vulnerability_prediction": "codexglue",
    "devign_teacher": "transformers",
}
SEED = 0


class Recording(Classifier):
    """Asks another classifier and keeps the distinct inputs that it was asked about."""

    def __init__(self, victim: Classifier) -> None:
        self.labels, self.fingerprint = victim.labels, victim.fingerprint
        self.victim = victim
        self.inputs: dict[str, object] = {}

    def predict(self, examples):
        self.inputs.update({example.content_key(): example for example in examples})
        return self.victim.predict(examples)

    def gradients(self, examples, labels, program):
        return self.victim.gradients(examples, labels, program)

    @property
    def embeddings(self):
        return self.victim.embeddings

    def tokens_of(self, names, *, spaced):
        return self.victim.tokens_of(names, spaced=spaced)


def attackable(classifier: Classifier, first: int, count: int) -> list[tuple[int, Subject]]:
    """The first ``count`` functions from row ``first`` that the model predicts right and that have
    an identifier with substitutes.
    """
    dataset = load_dataset(DATA, TASK)
    recorded = RecordedSubstitutes(SUBSTITUTES)
    rows = dataset.examples[first : first + 3 * count]
    programs = [AnalysedProgram.of(e.programs[0].text, e.programs[0].language) for e in rows]
    vocabulary = CorpusNaming.of(programs)
    names = NameTokens(classifier)
    predicted = classifier.predict(rows).probabilities.argmax(axis=1)
    subjects = []
    for offset, (example, program) in enumerate(zip(rows, programs, strict=True)):
        subject = Subject(
            example,
            example.label,
            {0: program},
            substitutes=recorded,
            vocabulary=vocabulary,
            name_tokens=names,
        )
        if predicted[offset] == example.label and any(
            map(subject.substitutes, subject.identifiers)
        ):
            subjects.append((first + offset, subject))
    return subjects[:count]


def through_the_scheduler(name: str, classifier: Classifier, subjects):
    """Outcomes by index, processor seconds, and the distinct inputs that were asked about."""
    classifier.forget()
    recording = Recording(classifier)
    with (
        tempfile.TemporaryDirectory() as scratch,
        PredictionStore(Path(scratch) / "store.sqlite") as store,
    ):
        start = time.process_time()
        scheduler = Scheduler(recording, store, seed=SEED)
        attempts = {a.index: a for a in scheduler.run(make_attack(name), iter(subjects))}
        seconds = time.process_time() - start
    return attempts, seconds, list(recording.inputs.values())


def compare(model: str, kind: str, first: int, count: int) -> dict[str, object]:
    directory = SHARED / "models" / model
    classifier = load_classifier(f"{kind}:{directory}", TASK)
    subjects = attackable(classifier, first, count)
    n = len(subjects)

    alert, alert_seconds, inputs = through_the_scheduler("alert", classifier, subjects)
    classifier.forget()
    start = time.process_time()
    classifier.predict(inputs)
    floor = time.process_time() - start
    guided, guided_seconds, _ = through_the_scheduler("guided", classifier, subjects)

    padded = PaddedModel(directory)
    reference: dict[int, object] = {}
    asked = 0
    start = time.process_time()
    for index, subject in subjects:
        rng = np.random.default_rng([SEED, index, zlib.crc32(b"alert")])
        reference[index], queries = attack_one_by_one(make_attack("alert"), subject, padded, rng)
        asked += queries
        print(f"{model}: {len(reference)} of {n} by the reference loop", flush=True)
    reference_seconds = time.process_time() - start

    same = sum(
        (None if found is None else found.renaming)
        == (None if alert[index].adversarial is None else alert[index].adversarial.renaming)
        for index, found in reference.items()
    )
    return {
        "model": model,
        "examples": n,
        "reference": {
            "queries": asked / n,
            "cpu_seconds": reference_seconds / n,
            "valid_success": sum(found is not None for found in reference.values()) / n,
        },
        "alert": {
            **_figures(alert, alert_seconds),
            "ratio": reference_seconds / alert_seconds,
            "floor_cpu_seconds": floor / n,
            "over_floor": alert_seconds / floor - 1,
            "same_outcomes": same,
        },
        "guided": {
            **_figures(guided, guided_seconds),
            "ratio": reference_seconds / guided_seconds,
        },
    }


def _figures(attempts, seconds: float) -> dict[str, float]:
    n = len(attempts)
    return {
        "queries": sum(a.queries for a in attempts.values()) / n,
        "distinct": sum(a.distinct for a in attempts.values()) / n,
        "cpu_seconds": seconds / n,
        "valid_success": sum(a.adversarial is not None for a in attempts.values()) / n,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=0, help="row to start from")
    parser.add_argument("--count", type=int, default=38, help="attackable functions")
    parser.add_argument("--model", choices=sorted(MODELS), action="append")
    given = parser.parse_args()
    torch.set_num_threads(1)
    found = [
        compare(model, MODELS[model], given.first, given.count)
        for model in given.model or sorted(MODELS)
    ]
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
