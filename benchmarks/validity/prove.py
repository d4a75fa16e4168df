"""Prove that variants compile and behave as their sources do: python benchmarks/validity/prove.py.

Every transformation is applied to programs of every corpus: at one site, at several as users get
them, at all sites at once and again, and in chains of six. New names come from the corpus. Each
mode takes a share of the programs, which ``--mode all=0.5`` changes; with ``--mode``, only the
modes given are run. Each outcome is appended to
``rows.jsonl`` of the run directory, program by program, so that a run that was killed goes on
where it was; ``table.md`` is written at the end, ``failures/`` holds a file for each failure, and
``--json FILE`` keeps the counts, as benchmarks/results/proof.json has them.
``--faults`` runs wrong rewritings through the same pipeline: all of them must be caught.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from corpora import CORPORA
from faults import FAULTS
from making import CHAIN, DEFAULT_SHARES, Mode, corpus_naming, takes_part
from pipeline import examine
from subjects import Subject
from table import fault_counts, proof_counts, write_failures, write_table

from metacompress.transforms import TRANSFORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.transforms.base import Transformation
    from metacompress.transforms.naming import CorpusNaming

_PATIENCE = 1800.0  # seconds for one program


def load(names: list[str] | None, faults: bool) -> list[Transformation[Any]]:
    """What can be loaded of the transformations."""
    if faults:
        return [one() for one in FAULTS if names is None or one.name in names]
    found = []
    for name in names or TRANSFORMS.names():
        try:
            found.append(TRANSFORMS.get(name)())
        except Exception as error:  # noqa: BLE001 - one that is broken must not stop the others
            print(f"{name} is left out: {error}", file=sys.stderr)
    return found


def subjects(arguments: argparse.Namespace) -> Iterator[Subject]:
    """The programs that take part in a mode."""
    shares = mode_shares(arguments)
    for corpus in arguments.corpus or CORPORA:
        for subject in read_corpus(arguments, corpus):
            if any(takes_part(subject, mode, share) for mode, share in shares.items()):
                yield subject


def read_corpus(arguments: argparse.Namespace, corpus: str) -> list[Subject]:
    """The programs of a corpus, kept in the run directory: to make random ones takes minutes."""
    path = arguments.run / "corpora" / f"{corpus}.jsonl"
    if not path.exists():
        found = list(CORPORA[corpus](arguments.share))
        if not found:
            return []
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text("".join(json.dumps(one.to_json()) + "\n" for one in found))
        unfinished.replace(path)
    with path.open(encoding="utf-8") as lines:
        return [Subject.from_json(json.loads(line)) for line in lines]


def mode_shares(arguments: argparse.Namespace) -> dict[Mode, float]:
    """How large a share of the programs takes part in each mode."""
    if not arguments.mode:
        return dict.fromkeys(Mode, 1.0) if arguments.faults else DEFAULT_SHARES
    return dict(arguments.mode)


def _mode(text: str) -> tuple[Mode, float]:
    name, _, share = text.partition("=")
    mode = Mode(name)
    value = float(share) if share else DEFAULT_SHARES[mode]
    if not 0 < value <= 1:
        raise ValueError(text)
    return mode, value


def work(arguments: argparse.Namespace) -> None:
    """Read programs from standard input and write their rows to standard output."""
    transformations = load(arguments.transform, arguments.faults)
    shares = mode_shares(arguments)
    namings: dict[str, CorpusNaming] = {}
    for line in sys.stdin:
        subject = Subject.from_json(json.loads(line))
        try:
            modes = [mode for mode, share in shares.items() if takes_part(subject, mode, share)]
            if subject.corpus not in namings:
                namings[subject.corpus] = corpus_naming(read_corpus(arguments, subject.corpus))
            rows = list(examine(subject, transformations, modes, namings[subject.corpus]))
        except Exception:  # noqa: BLE001 - reported with the program it belongs to
            rows = [
                {"subject": subject.id, "corpus": subject.corpus, "broken": traceback.format_exc()}
            ]
        print(json.dumps(rows), flush=True)


class Progress:
    """Appends the rows of finished programs, and says how far it is."""

    def __init__(self, path: Path, total: int) -> None:
        self._path, self._total = path, total
        self._lock = threading.Lock()
        self._start = time.monotonic()
        self._finished = self._variants = self._failures = 0

    def finish(self, subject: Subject, rows: list[dict[str, Any]]) -> None:
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"finished": subject.id, "rows": rows}) + "\n")
            self._finished += 1
            self._variants += sum("fault" in row and row["refusal"] is None for row in rows)
            self._failures += sum(row.get("fault") is not None for row in rows)
            minutes = (time.monotonic() - self._start) / 60
            print(
                f"\r{self._finished}/{self._total} programs  {self._variants} variants  "
                f"{self._failures} failures  {minutes:.1f} min  {subject.id:.40}\x1b[K",
                end="" if sys.stdout.isatty() else "\n",
                flush=True,
            )


def dispatch(
    command: list[str], tasks: Iterator[Subject], lock: threading.Lock, progress: Progress
) -> None:
    """Feed one worker process until no program is left; a dead worker is replaced."""
    worker: subprocess.Popen[str] | None = None
    while True:
        with lock:
            subject = next(tasks, None)
        if subject is None:
            break
        if worker is None or worker.poll() is not None:
            worker = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert worker.stdin is not None
        assert worker.stdout is not None
        timer = threading.Timer(_PATIENCE, worker.kill)
        timer.start()
        try:
            worker.stdin.write(json.dumps(subject.to_json()) + "\n")
            worker.stdin.flush()
            answer = worker.stdout.readline()
        except BrokenPipeError:
            answer = ""
        timer.cancel()
        broken = [{"subject": subject.id, "corpus": subject.corpus, "broken": "the worker died"}]
        progress.finish(subject, json.loads(answer) if answer else broken)
    if worker is not None and worker.stdin is not None:
        worker.stdin.close()
        worker.wait()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--share", type=float, default=1.0, help="of the programs (1)")
    parser.add_argument("--corpus", action="append", choices=list(CORPORA), help="repeatable (all)")
    parser.add_argument(
        "--mode",
        action="append",
        type=_mode,
        metavar="MODE[=SHARE]",
        help=f"{', '.join(f'{mode}={share:g}' for mode, share in DEFAULT_SHARES.items())}; "
        "repeatable (all)",
    )
    parser.add_argument("--transform", action="append", help="repeatable (all)")
    parser.add_argument("--faults", action="store_true", help="wrong rewritings instead")
    parser.add_argument("--run", type=Path, help="run directory (runs/proof or runs/proof-faults)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the counts there")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    if arguments.worker:
        work(arguments)
        return 0
    run = arguments.run = arguments.run or Path("runs") / (
        "proof-faults" if arguments.faults else "proof"
    )
    run.mkdir(parents=True, exist_ok=True)
    log = run / "rows.jsonl"
    wanted = sorted(one.name for one in load(arguments.transform, arguments.faults))
    settings = run / "settings.json"
    shares = {str(mode): share for mode, share in mode_shares(arguments).items()}
    plan = {"transformations": wanted, "share": arguments.share, "modes": shares}
    if settings.exists() and json.loads(settings.read_text()) != plan:
        print(f"{run} belongs to another proof ({settings}): give another --run or remove it")
        return 2
    settings.write_text(json.dumps(plan, indent=2) + "\n")
    known = {record["finished"] for record in read_log(log)}
    left = [subject for subject in subjects(arguments) if subject.id not in known]
    print(f"{len(known)} programs are done, {len(left)} are left")
    progress, tasks, lock = Progress(log, len(left)), iter(left), threading.Lock()
    command = [sys.executable, __file__, "--worker", *(["--faults"] if arguments.faults else [])]
    command += [f"--transform={name}" for name in wanted]
    command += [f"--share={arguments.share}", f"--run={run}"]
    command += [f"--mode={mode}={share}" for mode, share in shares.items()]
    threads = [
        threading.Thread(target=dispatch, args=(command, tasks, lock, progress))
        for _ in range(arguments.workers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = [row for record in read_log(log) for row in record["rows"]]
    if arguments.faults:
        wanted += [CHAIN] if Mode.CHAIN in shares else []
    if arguments.json is not None:
        counts = fault_counts(rows, wanted) if arguments.faults else proof_counts(rows)
        arguments.json.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    if arguments.faults:
        return write_table(rows, run / "table.md", wanted, faults=True)
    write_failures(rows, run / "failures")
    return write_table(rows, run / "table.md", wanted, faults=False)


def read_log(log: Path) -> Iterator[dict[str, Any]]:
    """The records of a log; the last line may have been cut off."""
    if log.exists():
        for line in log.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue


if __name__ == "__main__":
    sys.exit(main())
