"""SIGKILL at moments spread over a command; called again, it must give what it always gives."""

from __future__ import annotations

import numpy as np
from commands import call
from outcome import LOST, Outcome, resumed_faults
from studies import Bench, studies

# Trainings of a compression start processes of their own, and take half a minute.
_KILLS = {
    "check-mock": 18,
    "check-demo": 18,
    "check-devign": 12,
    "predict": 8,
    "attack": 20,
    "train": 20,
    "distill": 20,
    "compress": 10,
}
_EARLIER = 0.85


def trials() -> list[str]:
    """Names of all kills."""
    return [f"{name}/{k}" for name in studies() for k in range(_KILLS[name])]


def attempt(trial: str, bench: Bench) -> Outcome:
    """Kill a command and call it again."""
    name, _, number = trial.partition("/")
    study = studies()[name]
    expected, words = bench.expected(study), bench.words(study)
    rng = np.random.default_rng([7, int(number), len(name)])
    # One in every slice of the time that the command takes undisturbed.
    after = (int(number) + rng.random()) / _KILLS[name] * expected.seconds
    folder = bench.trial_folder(trial)
    while call(words, folder, kill_after=after).status != -9:
        # It was faster this time: a kill that comes too late is none.
        after *= _EARLIER
        folder = bench.trial_folder(trial)
    done = call(words, folder)
    found = study.results(folder)
    outcome = Outcome(trial, refused=int(done.status == 2), seconds=done.seconds)
    outcome.faults = resumed_faults(done, found, expected)
    if outcome.faults:
        outcome.faults.append((LOST, f"killed after {after:.2f} of {expected.seconds:.2f} s"))
    return outcome
