"""Start and end: what help, the import and a finished study cost, and how soon Ctrl-C ends.

    python benchmarks/first_steps.py > benchmarks/results/first-steps.json

Prints JSON. Ctrl-C is typed into a terminal (a pty) of its own that runs the command, so many
seconds after its start; what a command then says last must tell what is kept.
"""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any

DATA = ("--task", "clone-detection", "--data", "demo", "--split", "train")
PARTS = (*DATA, "--valid-split", "valid", "--test-split", "test")
ATTACK = (*DATA[:4], "--split", "test", "--teacher", "demo:teacher", "--student", "demo:student")
SMALL = ("--hidden", "32", "--heads", "2", "--feed-forward", "64", "--vocabulary", "500")
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {
    "demo": (("demo", "--run", "run"), (0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 2.0, 8.0)),
    "attack": (("attack", *ATTACK, "--attack", "mhm", "--run", "run"), (1.0, 8.0, 16.0)),
    "train": (("train", *PARTS, *SMALL, "--out", "model"), (2.0, 15.0)),
    "compress avatar": (
        ("compress", "avatar", *PARTS, "--teacher", "demo:teacher", "--out", "students"),
        (3.0, 20.0),
    ),
}
STARTS = {
    "metacompress --help": ("-m", "metacompress", "--help"),
    "import metacompress": ("-c", "import metacompress"),
}
ROUNDS = 5


def main() -> None:
    """Measure, and print."""
    starts = []
    with tempfile.TemporaryDirectory() as scratch:
        demo = ("-m", "metacompress", "demo", "--run", f"{scratch}/run")
        cpu_seconds(demo)
        for name, words in {**STARTS, "metacompress demo": demo}.items():
            seconds = [cpu_seconds(words) for _ in range(ROUNDS)]
            starts.append({"command": name, "cpu_seconds": [min(seconds), max(seconds)]})
    interrupts = []
    for name, (words, moments) in COMMANDS.items():
        for moment in moments:
            interrupts.append({"command": name, **interrupted(words, moment)})
            print(interrupts[-1], file=sys.stderr, flush=True)
    print(json.dumps({"starts": starts, "interrupts": interrupts}, indent=1))


def cpu_seconds(words: tuple[str, ...]) -> float:
    """Of one process of Python, start and end included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1, 3):  # 1 and 3 are verdicts
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def interrupted(words: tuple[str, ...], moment: float) -> dict[str, Any]:
    """Seconds that the end took, exit status, and whether the last line says what goes on."""
    with tempfile.TemporaryDirectory() as scratch:
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(scratch)
            # A shell starts what it puts into the background with the signal ignored.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.execv(sys.executable, [sys.executable, "-m", "metacompress", *words])
        typed_at = time.monotonic() + moment
        started, written, typed = time.monotonic(), b"", False
        os.set_blocking(terminal, False)
        while True:
            if not typed and time.monotonic() >= typed_at:
                typed = os.write(terminal, b"\x03") == 1
                started = time.monotonic()
            try:
                written += os.read(terminal, 65536)
            except BlockingIOError:
                time.sleep(0.005)
            except OSError:  # the other end is closed
                break
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    lines = written.decode(errors="replace").rstrip().splitlines()
    return {
        "typed_after_seconds": moment,
        "ended_after_seconds": round(time.monotonic() - started, 2),
        "exit_status": os.waitstatus_to_exitcode(status),
        "told": bool(lines) and "interrupted; " in lines[-1],
    }


if __name__ == "__main__":
    main()
