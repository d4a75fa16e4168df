"""Single bits that flip in what commands have stored: the same results, or a refusal in a line."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from commands import call
from outcome import Expected, Outcome, resumed_faults
from studies import Bench, Study, studies

_FLIPS = 200
# Where the files come from: a study that has ended, and ones that were killed after this share.
_STATES = (
    ("check-mock", 1.0),
    ("check-mock", 0.4),
    ("check-demo", 1.0),
    ("check-demo", 0.6),
    ("attack", 1.0),
    ("attack", 0.7),
    ("train", 1.0),
    ("train", 0.6),
    ("distill", 0.5),
    ("compress", 1.0),
)


def trials() -> list[str]:
    """Names of all flips, state by state."""
    return [
        f"{name} {'finished' if share == 1 else 'half'}/{k}"
        for number, (name, share) in enumerate(_STATES)
        for k in range(_FLIPS * number // len(_STATES), _FLIPS * (number + 1) // len(_STATES))
    ]


def attempt(trial: str, bench: Bench) -> Outcome:
    """Flip a bit of one file and call the command again."""
    state, _, text = trial.partition("/")
    number = int(text)
    name, share = _STATES[number * len(_STATES) // _FLIPS]
    study = studies()[name]
    stored = _stored(bench, study, state, share)
    folder = bench.trial_folder("flipped")
    shutil.copytree(stored, folder, dirs_exist_ok=True)
    rng = np.random.default_rng([11, number])
    files = files_with_content(folder)
    path = files[number % len(files)]  # every file in turn
    bit = flip(path, rng)
    done = call(bench.words(study), folder)
    found = study.results(folder)
    outcome = Outcome(trial, refused=int(done.status == 2), seconds=done.seconds)
    outcome.faults = [
        (kind, f"{path.relative_to(folder)}, bit {bit}: {what}")
        for kind, what in resumed_faults(done, found, bench.expected(study), may_refuse=True)
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
