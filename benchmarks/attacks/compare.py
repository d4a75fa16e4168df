"""Attacks through the scheduler against a loop that works as the published program does.

    OMP_NUM_THREADS=1 python benchmarks/attacks/compare.py > benchmarks/results/attack-speed.json

One thread, one process, the same model, substitutes and examples on both sides; ratios are of
processor seconds. The default rows are others than those that constants were chosen on. The floor
is the bare forward of the unique texts that the attack asked about, by the cheapest exact back end;
for guided, whose backward passes no forward replaces, those are told beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
from floor import Floor
from subjects import MODELS, SHARED, SUBSTITUTES, attackable, load_victim

from metacompress import Classifier
from metacompress.attacks import make_attack
from metacompress.attacks.engine.scheduler import Scheduler
from metacompress.attacks.engine.victim import Victim as Asked
from metacompress.lang.edits import Origins
from metacompress.lang.program import AnalysedProgram
from metacompress.models.storing.store import PredictionStore
from metacompress.transforms.lexical.rename_identifiers import RenameIdentifiers
from reference import PublishedAlert, Victim

ATTACKS = ("alert", "alert?patience=0", "guided", "guided?patience=0")
SEED = 0


class Recording(Classifier):
    """Asks another classifier; keeps the texts, and the seconds of backward passes."""

    def __init__(self, victim: Classifier) -> None:
        self.labels, self.fingerprint = victim.labels, victim.fingerprint
        self.victim = victim
        self.texts: dict[str, None] = {}
        self.backward_seconds = 0.0

    def predict(self, examples):
        self.texts |= dict.fromkeys(example.programs[0].text for example in examples)
        return self.victim.predict(examples)

    def gradients(self, examples, labels, program):
        start = time.process_time()
        found = self.victim.gradients(examples, labels, program)
        self.backward_seconds += time.process_time() - start
        return found

    @property
    def embeddings(self):
        return self.victim.embeddings

    def tokens_of(self, names, *, spaced):
        return self.victim.tokens_of(names, spaced=spaced)


def by_the_scheduler(name: str, classifier: Classifier, subjects) -> tuple[dict, Recording]:
    """Figures per example, and what was asked."""
    classifier.forget()
    recording = Recording(classifier)
    with (
        tempfile.TemporaryDirectory() as scratch,
        PredictionStore(Path(scratch) / "store.sqlite") as store,
    ):
        start = time.process_time()
        scheduler = Scheduler(Asked({"victim": recording}, store), seed=SEED)
        attempts = list(scheduler.run(make_attack(name), iter(subjects)))
        seconds = time.process_time() - start
    n = len(attempts)
    return {
        "cpu_seconds": seconds / n,
        "queries": sum(one.queries for one in attempts) / n,
        "distinct": sum(one.distinct for one in attempts) / n,
        "gradients": sum(one.gradients for one in attempts) / n,
        "valid_success": sum(one.adversarial is not None for one in attempts) / n,
        "hopeless": sum(one.stopped == "hopeless" for one in attempts),
    }, recording


def by_the_reference(victim: Victim, subjects, *, genetic: bool) -> dict[str, object]:
    """Figures per example of the published program's search."""
    with gzip.open(SUBSTITUTES, "rt", encoding="utf-8") as file:
        recorded = {str(row["idx"]): row["substitutes"] for row in map(json.loads, file)}
    search = PublishedAlert(victim, genetic=genetic, seed=SEED)
    start = time.process_time()
    outcomes = [
        search.attack(s.example.programs[0].text, s.label, recorded[s.example.id])
        for _, s in subjects
    ]
    seconds = time.process_time() - start
    n = len(subjects)
    flipped = [
        (subject, outcome.adversarial)
        for (_, subject), outcome in zip(subjects, outcomes, strict=True)
        if outcome.adversarial is not None
    ]
    return {
        "cpu_seconds": seconds / n,
        "queries": sum(sum(one.queries.values()) for one in outcomes) / n,
        "by_stage": {
            stage: sum(one.queries[stage] for one in outcomes) / n for stage in outcomes[0].queries
        },
        "success": len(flipped) / n,
        "valid_success": sum(is_valid(*one) for one in flipped) / n,
    }


def is_valid(subject, text: str) -> bool:
    """Whether a text passes the gate that ours must pass."""
    source = subject.sources[0]
    variant = AnalysedProgram.of(text, source.language)
    return subject.gate.refusal(RenameIdentifiers(), source, variant, Origins(())) is None


def compare(model: str, given: argparse.Namespace, scratch: Path) -> dict[str, object]:
    directory = SHARED / "models" / model
    classifier, victim = load_victim(model), Victim(directory)
    subjects = attackable(classifier, given.first, given.count)
    floor = Floor(victim, directory, [s.example.programs[0].text for _, s in subjects], scratch)
    measured: dict[str, dict[str, Any]] = {}
    attacks = given.attack or ATTACKS
    for name in attacks:
        figures, asked = by_the_scheduler(name, classifier, subjects)
        n = len(subjects)
        least, inputs = floor.cpu_seconds(list(asked.texts))
        backward = asked.backward_seconds / n
        measured[name] = figures | {
            "backward_cpu_seconds": backward,
            "floor_cpu_seconds": least / n,
            "floor_inputs": inputs / n,
            "over_floor": (figures["cpu_seconds"] - backward) / (least / n) - 1,
        }
        print(json.dumps({name: measured[name]}), file=sys.stderr, flush=True)
    references = {}
    stages = {"greedy": False} | ({} if given.no_genetic else {"genetic": True})
    for stage, with_genetic in stages.items():
        published = by_the_reference(victim, subjects, genetic=with_genetic)
        published["times_ours"] = {
            name: published["cpu_seconds"] / measured[name]["cpu_seconds"] for name in attacks
        }
        references[stage] = published
    return {
        "examples": len(subjects),
        "batch_limit": classifier.batch_limit,
        "floor": {"back_end": floor.back_end, "rows": floor.rows},
        "attacks": measured,
        "references": references,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=1200, help="row to start from")
    parser.add_argument("--count", type=int, default=40, help="attackable functions")
    parser.add_argument("--model", choices=sorted(MODELS), action="append")
    parser.add_argument("--attack", action="append", help=f"default: {', '.join(ATTACKS)}")
    parser.add_argument("--no-genetic", action="store_true", help="leave out the dear stage")
    given = parser.parse_args()
    torch.set_num_threads(1)
    models = {}
    for model in given.model or ["devign_teacher"]:
        with tempfile.TemporaryDirectory() as scratch:
            models[model] = compare(model, given, Path(scratch))
    print(json.dumps({"models": models}, indent=1))


if __name__ == "__main__":
    main()
