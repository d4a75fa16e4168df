"""The commands that are disturbed, and what is compared of what they leave."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from commands import call
from outcome import Expected

SHARED = Path(__file__).resolve().parents[3] / "shared"
# No results: what a run cost, pages and logs for people, files in the order of writing, and those
# whose bytes depend on it. The answers of a store are in predictions.parquet.
_NO_RESULTS = {
    "environment.json",
    "recognition.json",
    "costs.json",
    "report.html",
    "README.md",
    "log.txt",
    "percent.txt",
    "SHA256SUMS",
    "published.json",  # checksums of cards, which state seconds
    "job.json",
}
# Attempts state seconds; what matters of them is in attempts.parquet.
_NO_RESULT_KINDS = {".sqlite", ".jsonl"}
_FINAL = (
    "run/summary.json",
    "run/*.parquet",
    "answers.csv",
    "model/*",
    "compression/result.json",
    "compression/candidates.parquet",
    "compression/student/*",
)
_TIMES = {"seconds", "fingerprint"}
_SHAPE = [
    "--layers=1",
    "--hidden=32",
    "--heads=2",
    "--feed-forward=32",
    "--vocabulary=300",
    "--max-length=64",
]
_PROBLEMS = [
    "--task=demo-problem",
    "--data=demo",
    "--split=train",
    "--language=c",
    "--valid-split=valid",
]
_PAIRS = ["--task=clone-detection", "--data=demo", "--split=test"]
_MOCKS = ["--teacher=mock:", "--student=mock:?seed=1&noise=0.3"]
_DEMO = ["--teacher=demo:teacher", "--student=demo:student"]
_RENAMED = ["--transform=rename-identifiers", "--transform=flip-comparison"]


@dataclass(frozen=True)
class Study:
    """A command and the file or directory that it makes.

    Attributes:
        name: in tables.
        words: of the command line, without the output.
        option: names the output.
        out: the output, below the working directory.
        needs_teacher: whether {teacher} in ``words`` stands for a trained model.
    """

    name: str
    words: tuple[str, ...]
    option: str
    out: str
    needs_teacher: bool = False

    def command(self, teacher: Path | None) -> list[str]:
        """The words of the command line."""
        words = [word.format(teacher=teacher) for word in self.words]
        return [*words, f"{self.option}={self.out}"]

    def results(self, folder: Path) -> dict[str, str]:
        """Checksums of all that the study left in ``folder``, by their names.

        What is no result has an empty checksum: it must be there, whatever it says. A journal of
        SQLite is none; a partial file is one, and no undisturbed study leaves it.
        """
        found = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file() or path.name.endswith(("-wal", "-shm")):
                continue
            found[name] = _checksum(path)
        return found


def studies() -> dict[str, Study]:
    """Every command that can be disturbed here, by its name."""
    found = [
        Study("check-mock", ("check", *_PAIRS, *_MOCKS, *_RENAMED, "--limit=60"), "--run", "run"),
        Study("check-demo", ("check", *_PAIRS, *_DEMO, *_RENAMED, "--limit=10"), "--run", "run"),
        Study(
            "predict",
            ("predict", *_PAIRS, "--model=demo:student", "--limit=40"),
            "--out",
            "answers.csv",
        ),
        Study(
            "attack",
            (
                *("attack", *_PAIRS, *_DEMO, "--limit=2", "--max-queries=20"),
                *("--attack=mhm", "--attack=wir-random"),
            ),
            *("--run", "run"),
        ),
        Study("train", ("train", *_PROBLEMS, *_SHAPE, "--epochs=3"), "--out", "model"),
        Study(
            "distill",
            ("distill", *_PROBLEMS, *_SHAPE, "--epochs=3", "--teacher={teacher}"),
            *("--out", "model"),
            needs_teacher=True,
        ),
        Study(
            "compress",
            (
                *("compress", "avatar", *_PROBLEMS, "--teacher={teacher}", "--target-mb=0.2"),
                *("--budget=2", "--trial-epochs=1", "--epochs=1", "--jobs=2"),
                *("--space=layers=1", "--space=max-length=64", "--space=vocabulary=1000"),
            ),
            *("--out", "compression"),
            needs_teacher=True,
        ),
    ]
    devign = SHARED / "data" / "devign" / "test.jsonl.gz"
    if devign.is_file():
        models = [
            f"--{one}={SHARED / 'models' / f'devign_{one}'}" for one in ("teacher", "student")
        ]
        words = ("check", "--task=vulnerability-prediction", f"--data={devign}", *models, *_RENAMED)
        found.insert(2, Study("check-devign", (*words, "--limit=8"), "--run", "run"))
    return {study.name: study for study in found}


def is_final(name: str) -> bool:
    """Whether a file is what a study is for.

    Where one that only led there is damaged after the end, it is not made again: nothing needs it.
    """
    path = PurePosixPath(name)
    return any(len(path.parts) == one.count("/") + 1 and path.match(one) for one in _FINAL)


class Bench:
    """A folder for trials; the undisturbed runs in it are made once.

    Args:
        folder: new or of an earlier bench.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.expected = cache(self._expected)
        self.teacher = cache(self._teacher)

    def words(self, study: Study) -> list[str]:
        """The words of a study's command."""
        return study.command(self.teacher() if study.needs_teacher else None)

    def trial_folder(self, name: str) -> Path:
        """An empty folder."""
        return fresh(self.folder / name.replace("/", "-"))

    def undisturbed(self, study: Study) -> Path:
        """The folder of a study that nobody disturbed."""
        self.expected(study)
        return self.folder / "undisturbed" / study.name

    def _teacher(self) -> Path:
        folder = fresh(self.folder / "teacher")
        train = studies()["train"]
        done = call(train.command(None), folder)
        if done.status:
            raise RuntimeError(f"no teacher: {done.stderr}")
        return folder / train.out

    def _expected(self, study: Study) -> Expected:
        folder = fresh(self.folder / "undisturbed" / study.name)
        done = call(self.words(study), folder)
        if done.status not in (0, 1, 3):
            raise RuntimeError(f"{study.name}: status {done.status}: {done.stderr}")
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return Expected(done.status, study.results(folder), done.seconds, size)


def fresh(folder: Path) -> Path:
    """An empty folder in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _checksum(path: Path) -> str:
    if path.name in _NO_RESULTS or path.suffix in _NO_RESULT_KINDS:
        return ""
    content = path.read_bytes()
    if path.suffix == ".json":
        with suppress(ValueError):  # a damaged file is compared as it is
            content = json.dumps(_timeless(json.loads(content))).encode()
    return hashlib.sha256(content).hexdigest()


def _timeless(content: Any) -> Any:
    """JSON without what differs from run to run."""
    if isinstance(content, dict):
        if content.keys() == {"sha256", "outcome"}:
            # The seal of an outcome covers its seconds; a broken one is made again.
            return _timeless(content["outcome"])
        return {key: _timeless(one) for key, one in content.items() if key not in _TIMES}
    return [_timeless(one) for one in content] if isinstance(content, list) else content
