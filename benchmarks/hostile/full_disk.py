"""Disks that fill up while a command writes; with more room, it must give what it always gives."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from commands import call
from outcome import LOST, TRACEBACK, Outcome, ending_faults, resumed_faults
from studies import Bench, studies

if TYPE_CHECKING:
    from pathlib import Path

# Shares of the bytes that the undisturbed command leaves; it needs more while it works.
_SIZES = {
    "check-mock": (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 0.95),
    "predict": (0.1, 0.4, 0.7, 0.95),
    "attack": (0.1, 0.5, 0.8),
    "train": (0.1, 0.3, 0.5, 0.9, 1.2),
    "distill": (0.4, 1.0),
    "compress": (0.3, 0.7),
}
_PAGE = 4096


def missing() -> str:
    """Why this part cannot run; empty where it can."""
    return "" if os.geteuid() == 0 else "mounting a small file system needs root"


def trials() -> list[str]:
    """Names of all sizes."""
    return [f"{name}/{share}" for name, shares in _SIZES.items() for share in shares]


def attempt(trial: str, bench: Bench) -> Outcome:
    """Call a command on a disk that is too small, make the disk larger, and call it again."""
    name, _, share = trial.partition("/")
    study = studies()[name]
    expected, words = bench.expected(study), bench.words(study)
    _unmount(bench.folder / trial.replace("/", "-"))  # of a run that was killed
    folder = bench.trial_folder(trial)
    small = max(_PAGE, int(float(share) * expected.peak) // _PAGE * _PAGE)
    outcome = Outcome(trial)
    _mount(folder, f"size={small}")
    try:
        first = call(words, folder)
        outcome.faults = ending_faults(first)
        outcome.refused = int(first.status == 2)
        if first.status == 2 and "No space left" not in first.stderr and "full" not in first.stderr:
            outcome.faults.append((TRACEBACK, f"does not say why: {first.stderr[-300:]!r}"))
        _mount(folder, "remount,size=1g")
        done = call(words, folder)
        outcome.seconds = done.seconds
        again = resumed_faults(done, study.results(folder), expected)
        outcome.faults += [(kind, f"with more room: {what}") for kind, what in again]
        if first.status not in (2, expected.status):
            outcome.faults.append((LOST, f"status {first.status} on a full disk"))
    finally:
        _unmount(folder)
    return outcome


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def _mount(folder: Path, options: str) -> None:
    # A name that no other command looks for stands in place of a device.
    command = ["mount", "-t", "tmpfs", "-o", options, "metacompress-hostile", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
