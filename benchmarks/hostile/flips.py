"""Single bits that flip in what commands have stored: the same results, or a refusal in a line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
from commands import call
from outcome import Expected, Outcome, resumed_faults
from studies import Bench, Study, is_final, studies

if TYPE_CHECKING:
    from pathlib import Path

# Where the files come from: a study that has ended, and ones that were killed after this share.
_STATES = {
    "check-mock finished": (1.0, 20),
    "check-mock half": (0.4, 25),
    "check-demo finished": (1.0, 20),
    "check-demo half": (0.6, 25),
    "attack finished": (1.0, 15),
    "attack half": (0.7, 20),
    "train finished": (1.0, 15),
    "train half": (0.7, 25),
    "distill half": (0.7, 15),
    "compress finished": (1.0, 12),
    "compress half": (0.8, 8),
}


def trials() -> list[str]:
    """Names of all flips, state by state."""
    return [f"{state}/{k}" for state, (_, count) in _STATES.items() for k in range(count)]


def attempt(trial: str, bench: Bench) -> Outcome:
    """Flip a bit of one file and call the command again."""
    state, _, text = trial.partition("/")
    number = int(text)
    study = studies()[state.partition(" ")[0]]
    stored = _stored(bench, study, state, _STATES[state][0])
    folder = bench.trial_folder("flipped")
    shutil.copytree(stored, folder, dirs_exist_ok=True)
    rng = np.random.default_rng([11, number, len(state)])
    files = files_with_content(folder)
    count = _STATES[state][1]
    # Every file in turn where there are few, and files at even distances where there are many.
    place = number % len(files) if len(files) < count else number * len(files) // count
    path = files[place]
    bit = flip(path, rng)
    done = call(bench.words(study), folder)
    found = study.results(folder)
    outcome = Outcome(trial, refused=int(done.status == 2), seconds=done.seconds)
    outcome.faults = [
        (kind, f"{path.relative_to(folder)}, bit {bit}: {what}")
        for kind, what in resumed_faults(
            done, found, bench.expected(study), may_refuse=True, counts=is_final
        )
    ]
    return outcome


def files_with_content(folder: Path) -> list[Path]:
    """The files in which a bit can flip."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def flip(path: Path, rng: np.random.Generator) -> int:
    """Flip one bit of a file; returns its number."""
    content = bytearray(path.read_bytes())
    bit = int(rng.integers(8 * len(content)))
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)
    return bit


def _stored(bench: Bench, study: Study, state: str, share: float) -> Path:
    expected: Expected = bench.expected(study)
    if share == 1:
        return bench.undisturbed(study)
    folder = bench.folder / "half" / state.replace(" ", "-")
    while not files_with_content(folder):
        bench.trial_folder(f"half/{state.replace(' ', '-')}")
        folder.mkdir(parents=True, exist_ok=True)
        call(bench.words(study), folder, kill_after=share * expected.seconds)
        share = min(share + 0.1, 0.95)
    return folder
