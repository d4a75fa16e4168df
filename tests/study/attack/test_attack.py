from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from standard_error import errors_of
from warm_python import warm_python

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.lang.program import AnalysedProgram
from metacompress.models.naming.role import Role
from metacompress.transforms.validity import check_renaming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TASK = "vulnerability-prediction"


def weak_teacher(texts: list[str]) -> list[list[float]]:
    """Calls a function safe unless its number is odd; gives way where two names are gone."""
    return _by_names(texts, ("total +=", "values["))


def weak_student(texts: list[str]) -> list[list[float]]:
    """The same, but one name is enough."""
    return _by_names(texts, ("total +=",))


def _by_names(texts: list[str], names: tuple[str, ...]) -> list[list[float]]:
    found = []
    for text in texts:
        odd = int(text.split("scale")[1].split("(")[0]) % 2
        right = 0.9 if any(name in text for name in names) else 0.2
        found.append([1 - right, right] if odd else [right, 1 - right])
    return found


def attack(dataset: Dataset, run: Path, **settings: object) -> metacompress.AttackResult:
    given = {"attacks": ("alert", "wir-random"), "max_queries": 150}
    return metacompress.attack(
        weak_teacher, weak_student, dataset, task=TASK, run=run, **(given | settings)
    )


def test_measures_and_their_arithmetic(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = attack(make_dataset(12), tmp_path / "run")
    for name in ("alert", "wir-random"):
        student = result.victim(name, "student")
        assert student.n == student.attacked == 12
        assert student.success_rate == student.valid_success_rate == 1
        assert student.accuracy == 1
        assert student.adversarial_accuracy == 0
        assert student.accuracy_drop == student.f1_drop == 1
        assert student.queries_mean > 1
        assert student.cpu_seconds > 0
        teacher = result.victim(name, "teacher")
        drop = result.summary.attacks[name].paired.accuracy_drop
        assert drop.teacher == teacher.accuracy_drop
        assert drop.difference == pytest.approx(drop.student - drop.teacher)
        low, high = drop.difference_interval
        assert low <= drop.difference <= high
        transfer = result.summary.attacks[name].transfer
        assert transfer[Role.STUDENT][Role.STUDENT].rate == 1
        fooled = transfer[Role.STUDENT][Role.TEACHER]
        assert fooled.n == 12
        assert fooled.fooled <= fooled.n


def test_every_emitted_program_passes_the_gate(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    dataset = make_dataset(6)
    result = attack(dataset, tmp_path / "run", attacks=("alert", "mhm", "wir-random", "beam"))
    rows = [row for row in result.attempts.to_pylist() if row["succeeded"]]
    assert len({row["attack"] for row in rows}) >= 4
    for row in rows:
        (text,) = row["programs"]
        source = dataset[row["index"]].programs[0]
        programs = [AnalysedProgram.of(one, source.language) for one in (source.text, text)]
        assert check_renaming(*programs) is None
        assert row["identifiers_changed"] == len(json.loads(row["changes"])["renaming"])
        assert row["tokens_changed"] >= row["identifiers_changed"] > 0
        assert row["edit_distance"] > 0


def test_the_same_seed_gives_the_same_bytes(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    for name, concurrency in (("one", 1), ("two", 64)):
        attack(
            make_dataset(8),
            tmp_path / name,
            concurrency=concurrency,
            relations={"prediction-agreement": {}},
        )
    for file in ("summary.json", "attempts.parquet"):
        one, two = ((tmp_path / name / file).read_bytes() for name in ("one", "two"))
        assert one == two


def test_relations_see_who_crafted_what(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = attack(
        make_dataset(10), tmp_path / "run", relations={"invariance-inheritance": {}}, control=False
    )
    parts = result.summary.attacks["alert"].relations
    assert list(parts) == [
        "teacher-crafted, successful",
        "teacher-crafted, all",
        "student-crafted, successful",
        "student-crafted, all",
    ]
    crafted = parts["student-crafted, successful"]["invariance-inheritance"]
    # The teacher holds where only one name is gone: each such variant is a violation.
    fooled = result.summary.attacks["alert"].transfer[Role.STUDENT][Role.TEACHER].fooled
    assert crafted.violations == crafted.inputs == 10 - fooled
    assert result.victim("alert", "student").control is None


def test_the_control_has_as_many_queries_and_no_more(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = attack(make_dataset(10), tmp_path / "run", attacks=("alert", "transformation"))
    rows = result.attempts.to_pylist()
    for kind, name in (("names", "alert"), ("transformations", "transformation")):
        for role in ("teacher", "student"):
            own = {r["index"]: r for r in rows if (r["victim"], r["attack"]) == (role, name)}
            control = {
                r["index"]: r
                for r in rows
                if (r["victim"], r["attack"]) == (role, f"random-control-{kind}")
            }
            assert own.keys() == control.keys()
            assert all(control[i]["queries"] <= own[i]["queries"] for i in own)
            found = result.victim(name, role).control
            wins = sum(0 < control[i]["found_at"] <= own[i]["queries"] for i in own)
            assert found.succeeded == wins


def test_wrongly_predicted_and_unlabelled_examples_are_not_attacked(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    examples = make_dataset(6).examples
    changed = (
        replace(examples[0], label=1),  # the victims say 0
        replace(examples[1], label=None),
        *examples[2:],
    )
    result = attack(Dataset(make_dataset(2).task, changed), tmp_path / "run")
    student = result.victim("alert", "student")
    assert (student.n, student.attacked) == (6, 4)
    assert student.accuracy == pytest.approx(4 / 5)
    none = Dataset(make_dataset(2).task, tuple(replace(e, label=None) for e in examples))
    with pytest.raises(UsageError, match="need labels"):
        attack(none, tmp_path / "other")


def test_pairs_are_attacked_in_the_programs_that_are_asked_for(tmp_path: Path) -> None:
    data = metacompress.load_dataset("demo", "clone-detection", split="test", limit=4)

    def same(pairs: list[tuple[str, str]]) -> np.ndarray:
        known = {tuple(p.text for p in e.programs): e.label for e in data}
        sure = [known.get(pair) for pair in pairs]
        return np.array([[0.5, 0.5] if s is None else [1 - s, s] for s in sure], dtype=float)

    for programs, changed in (("first", {0}), ("second", {1}), ("both", {0, 1})):
        result = metacompress.attack(
            same,
            partial(same),
            data,
            task="clone-detection",
            attacks=("wir-random",),
            programs=programs,
            control=False,
            run=tmp_path / programs,
        )
        seen = set()
        for row in result.attempts.to_pylist():
            if row["programs"] is not None:
                source = data[row["index"]].programs
                seen |= {k for k in (0, 1) if row["programs"][k] != source[k].text}
        assert seen <= changed
        assert seen


def test_a_killed_study_goes_on_after_the_last_attacked_example(
    devign_file: Path, tmp_path: Path
) -> None:
    def command(run: Path, python: str) -> list[str]:
        return [
            python, "-m", "metacompress", "attack", "--task", TASK,
            "--data", str(devign_file), "--teacher", "mock:", "--student", "mock:?seed=1",
            "--attack", "mhm?rounds=40", "--attack", "alert", "--max-queries", "1200",
            "--concurrency", "2", "--run", str(run), "--json",
        ]  # fmt: skip

    killed = tmp_path / "killed"
    progress = killed / "attempts" / "teacher-mhm%3Frounds%3D40.jsonl"
    process = subprocess.Popen(command(killed, sys.executable), stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (progress.exists() and progress.read_bytes().count(b"\n") >= 3):
        assert process.poll() is None, "the study ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (killed / "summary.json").exists()
    # A line that was being written is lost, and nothing else.
    with progress.open("ab") as file:
        file.write(b'{"victim": "teacher", "att')
    before = progress.read_bytes().count(b"\n")
    done = subprocess.run(
        command(killed, warm_python()), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert progress.read_bytes().count(b"\n") > before
    subprocess.run(command(tmp_path / "whole", warm_python()), capture_output=True, check=True)
    for file in ("summary.json", "attempts.parquet"):
        assert (killed / file).read_bytes() == (tmp_path / "whole" / file).read_bytes()
    printed = json.loads(done.stdout)
    for found in printed["attacks"].values():
        for role in ("teacher", "student"):
            assert found["victims"][role].keys() >= {
                "n", "attacked", "success_rate", "valid_success_rate", "queries_mean",
                "cpu_seconds", "accuracy_drop", "f1_drop",
            }  # fmt: skip


def test_another_study_is_not_overwritten(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    attack(make_dataset(3), tmp_path / "run")
    with pytest.raises(RunDirectoryError, match="different: seed"):
        attack(make_dataset(3), tmp_path / "run", seed=1)
    attack(make_dataset(3), tmp_path / "run", seed=1, overwrite=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--attack", "alerts"), "did you mean 'alert'"),
        (("--attack", "mhm?rounds=x"), "rounds"),
        (("--substitutes", "corpus:here"), "substitutes are written"),
        (("--substitutes", "nowhere.jsonl"), "nowhere.jsonl"),
        (("--substitutes", "embeddings:mock:"), "no embeddings"),
        (("--max-queries", "0"), "max_queries"),
        (("--validity", "execute"), "validity"),
        (("--programs", "third"), "programs"),
    ],
)
def test_wrong_settings_end_in_one_line(
    devign_file: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    command = [warm_python(), "-m", "metacompress", "attack", "--task", TASK]
    command += ["--data", str(devign_file), "--teacher", "mock:", "--student", "mock:?noise=1e-9"]
    done = subprocess.run(
        [*command, "--run", str(tmp_path / "run"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert len(errors_of(done.stderr)) == 1


def test_the_terminal_report_can_be_read(devign_file: Path, tmp_path: Path) -> None:
    command = [warm_python(), "-m", "metacompress", "attack", "--task", TASK]
    command += ["--data", str(devign_file), "--teacher", "mock:", "--student", "mock:?noise=0.1"]
    command += [
        "--attack",
        "wir-random",
        "--limit",
        "12",
        "--relation",
        "all",
    ]
    done = subprocess.run(
        [*command, "--run", str(tmp_path / "run")], capture_output=True, text=True, check=True
    )
    for word in ("lost %", "random %", "student more by", "crafted on", "prediction-agreement"):
        assert word in done.stdout
    assert "…" not in done.stdout
