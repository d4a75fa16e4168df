"""What patience costs and saves: how the constants of engine.prospect were chosen.

    python benchmarks/attacks/stopping.py > benchmarks/results/attack-stopping.json

Every search is run to its end once, on choosing rows and on other, held-out rows, and its trace
is replayed with every patience. Chosen is the least patience that loses at most half a point of
valid success on the choosing rows of all victims together: a point is what a user may lose, and
the other half is left to chance. The last lines run the attack with its default on the held-out
rows and compare with the replay.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np
from subjects import attackable, load_victim

from metacompress.attacks import make_attack
from metacompress.attacks.engine.base import GradientsAt
from metacompress.attacks.engine.prospect import Prospect
from metacompress.attacks.engine.running import AT_A_TIME
from metacompress.attacks.engine.scheduler import Scheduler
from metacompress.attacks.engine.victim import Victim
from metacompress.models.storing.store import PredictionStore

PATIENCES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.5, 2.0)
LOSS = 0.005
VICTIMS = ("devign_student", "devign_teacher")


@dataclass
class Trace:
    """One search to its end.

    Attributes:
        renamings: single renamings of the example.
        requests: the margins of the new candidates of each request, nan for what is no program;
            None for gradients.
        flipped_at: which query the adversarial candidate was; 0 without one.
        queries: until the end.
    """

    renamings: int
    requests: list[np.ndarray | None] = field(default_factory=list)
    flipped_at: int = 0
    queries: int = 0

    def replay(self, patience: float) -> tuple[int, bool]:
        """Queries, and whether the search still succeeds."""
        prospect = Prospect(patience, self.renamings)
        queries = 0
        for number, request in enumerate(self.requests):
            if request is None:
                queries += 1
                continue
            for start in range(0, len(request), AT_A_TIME):
                part = request[start : start + AT_A_TIME]
                queries += len(part)
                if 0 < self.flipped_at <= queries:
                    return queries, True
                if number:  # the source is first
                    prospect.note(part[np.isfinite(part)])
                if prospect.is_hopeless:
                    return queries, False
        return queries, False


class Traced:
    """An attack that writes down what it is answered."""

    def __init__(self, name: str) -> None:
        self._attack = make_attack(f"{name}?patience=0")
        self.name = name
        self.patience = 0.0
        self.traces: dict[str, Trace] = {}

    def search(self, subject, rng):
        trace = self.traces[subject.example.id] = Trace(subject.renamings)
        search = self._attack.search(subject, rng)
        seen: set[str] = set()
        answers = None
        while True:
            try:
                request = search.send(answers)
            except StopIteration as end:
                return end.value
            answers = yield request
            if isinstance(request, GradientsAt):
                trace.requests.append(None)
                continue
            values = subject.goal.margins(answers)
            new = []
            for candidate, margin in zip(request, values, strict=False):
                key = candidate.example.content_key()
                if key not in seen:
                    seen.add(key)
                    new.append(margin if candidate.is_program else np.nan)
            trace.requests.append(np.array(new))


def run(attack, classifier, subjects):
    with (
        tempfile.TemporaryDirectory() as scratch,
        PredictionStore(Path(scratch) / "store.sqlite") as store,
    ):
        return list(Scheduler(Victim({"victim": classifier}, store)).run(attack, iter(subjects)))


def traces_of(name: str, classifier, first: int, count: int) -> list[Trace]:
    attack = Traced(name)
    for attempt in run(attack, classifier, attackable(classifier, first, count)):
        trace = attack.traces[attempt.subject.example.id]
        trace.flipped_at, trace.queries = attempt.found_at, attempt.queries
    assert all(one.replay(0) == (one.queries, one.flipped_at > 0) for one in attack.traces.values())
    return list(attack.traces.values())


def table(traces: list[Trace]) -> dict[str, dict[str, float]]:
    """By patience: the share of queries that is saved, and the points of success that are lost."""
    queries = sum(one.queries for one in traces)
    flips = sum(one.flipped_at > 0 for one in traces)
    found = {}
    for patience in PATIENCES:
        ends = [one.replay(patience) for one in traces]
        found[str(patience)] = {
            "saved_percent": round(100 * (1 - sum(asked for asked, _ in ends) / queries), 1),
            "lost_points": round(100 * (flips - sum(won for _, won in ends)) / len(traces), 2),
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attack", action="append")
    parser.add_argument("--victim", action="append")
    parser.add_argument("--choose", type=int, default=0, help="first row to choose on")
    parser.add_argument("--count", type=int, default=150, help="functions to choose on")
    parser.add_argument("--held-out", type=int, default=1200, help="first row to report on")
    parser.add_argument("--held-count", type=int, default=40, help="functions to report on")
    given = parser.parse_args()
    victims = {name: load_victim(name) for name in given.victim or VICTIMS}
    attacks = {}
    for name in given.attack or ("alert", "guided"):
        chosen_on = {v: traces_of(name, c, given.choose, given.count) for v, c in victims.items()}
        choosing = table([one for traces in chosen_on.values() for one in traces])
        fitting = [p for p in PATIENCES if choosing[str(p)]["lost_points"] <= 100 * LOSS]
        shown = {
            "choosing": {"all": choosing} | {v: table(t) for v, t in chosen_on.items()},
            "chosen": min(fitting, default=0),
            "default": make_attack(name).patience,
            "held_out": {},
        }
        for victim, classifier in victims.items():
            subjects = attackable(classifier, given.held_out, given.held_count)
            traces = traces_of(name, classifier, given.held_out, given.held_count)
            attempts = run(make_attack(name), classifier, subjects)
            shown["held_out"][victim] = table(traces) | {
                "default_as_run": {
                    "queries": sum(one.queries for one in attempts) / len(attempts),
                    "queries_to_the_end": sum(one.queries for one in traces) / len(traces),
                    "valid_success": float(np.mean([bool(one.adversarial) for one in attempts])),
                    "valid_success_to_the_end": float(np.mean([t.flipped_at > 0 for t in traces])),
                    "hopeless": sum(one.stopped == "hopeless" for one in attempts),
                }
            }
        attacks[name] = shown
        print(json.dumps({name: shown}), file=sys.stderr, flush=True)
    print(json.dumps({"functions": given.count, "attacks": attacks}, indent=1))


if __name__ == "__main__":
    main()
