from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq
import pytest
from warm_python import warm_python

import metacompress
from metacompress.data.part import Part
from metacompress.errors import ModelError, RunDirectoryError, UsageError
from metacompress.relations import DEFAULT_RELATIONS, make_relation
from metacompress.relations.outputs import Outputs
from metacompress.relations.sequential.family import SequentialFamily
from metacompress.runs.run_files import ENVIRONMENT, RECOGNITION
from metacompress.study.check.sequential.decisions import sequence_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"
COMMON = {
    "task": TASK,
    "transforms": ("rename-identifiers",),
    "relations": ("prediction-agreement", "new-disagreement"),
    "report": False,
}
SEQUENTIAL = {**COMMON, "sequential": True}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    rows = [
        {"idx": k, "func": f"int f{k}(int a, int b)\n{{\n    return a + b * {k};\n}}\n"}
        for k in range(900)
    ]
    path.write_text("".join(json.dumps({**row, "target": 0}) + "\n" for row in rows))
    return path


def asked(run: Path) -> dict[str, int]:
    return json.loads((run / "environment.json").read_text())["cost"]["inputs_asked"]


def stored(run: Path) -> dict[str, bytes]:
    """What a finished run holds, but for what depends on the clock."""
    return {
        str(path.relative_to(run)): path.read_bytes()
        for path in sorted(run.rglob("*"))
        if path.suffix in {".parquet", ".json"} and path.name not in (ENVIRONMENT, RECOGNITION)
    }


def test_equal_models_pass_with_few_sources_and_tables_hold_what_was_asked(
    data: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    result = metacompress.check("mock:", "mock:?noise=1e-9", data, run=run, **SEQUENTIAL)
    sequence = result.summary.sequence
    assert (str(result.verdict), sequence.stopped) == ("pass", "decided")
    assert 90 < sequence.asked <= 128
    assert (sequence.sources, sequence.left_out, sequence.last_test_at) == (900, 0, None)
    assert result.summary.data.sources == sequence.asked
    assert result.summary.variants.made == sequence.asked
    assert asked(run)["teacher"] == 2 * sequence.asked
    part = result.relations["new-disagreement"].follow_ups
    row = sequence.students["student"].rows["new-disagreement"]["follow_ups"]
    assert (part.low, part.high, part.confidence) == (row.low, row.high, pytest.approx(0.97))
    assert part.p_pass <= 0.015
    assert part.p_pass == pytest.approx(np.exp(-row.log_e_pass))
    assert row.decided_at <= sequence.asked
    before = stored(run)
    (run / RECOGNITION).unlink()
    metacompress.check("mock:", "mock:?noise=1e-9", data, run=run, **SEQUENTIAL)
    assert stored(run) == before
    assert asked(run) == {"teacher": 0, "student": 0}


def test_other_models_fail_with_very_few_sources(data: Path, tmp_path: Path) -> None:
    result = metacompress.check("mock:", "mock:?seed=1", data, run=tmp_path / "run", **SEQUENTIAL)
    assert str(result.verdict) == "fail"
    assert result.summary.sequence.asked == 32
    sequence = result.summary.sequence.students["student"]
    assert sequence.failed_at == 32


def test_students_are_asked_until_each_is_decided_and_the_floor_with_them(
    data: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    students = {"same": "mock:?noise=1e-9", "near": "mock:?noise=0.002", "far": "mock:?seed=1"}
    result = metacompress.check(
        "mock:", students, data, floor="mock:?noise=0.001", run=run, **SEQUENTIAL
    )
    verdicts = {name: str(found.verdict) for name, found in result.summary.students.items()}
    assert verdicts == {"same": "pass", "near": "pass", "far": "fail"}
    counts = asked(run)
    assert counts["teacher"] == counts["near"] == counts["floor"] == 2 * len(result.examples)


def test_the_overall_verdict_may_be_enough(data: Path, tmp_path: Path) -> None:
    # The first relation fails at once, the second is near its limit.
    relations = {
        "prediction-agreement": {"tolerance": 0.0005},
        "distribution-similarity": {"divergence": "total-variation", "tolerance": 0.1},
    }
    settings = {**SEQUENTIAL, "relations": relations, "transforms": (), "limit": 300}
    pair = ("mock:", "mock:?noise=0.1", data)
    rows = metacompress.check(*pair, run=tmp_path / "rows", **settings)
    verdict = metacompress.check(*pair, run=tmp_path / "verdict", until="verdict", **settings)
    assert verdict.summary.sequence.asked < rows.summary.sequence.asked
    assert str(verdict.verdict) == str(rows.verdict) == "fail"


NEAR = "mock:?noise=0.05"


def test_what_stays_open_is_tested_once_with_all_variants(data: Path, tmp_path: Path) -> None:
    settings = {**SEQUENTIAL, "variants": 3}
    result = metacompress.check("mock:", NEAR, data, limit=150, run=tmp_path / "run", **settings)
    sequence = result.summary.sequence
    assert (sequence.stopped, sequence.last_test_at) == ("exhausted", 150)
    assert result.summary.variants.made == 450
    rows = sequence.students["student"].rows
    fixed = metacompress.check(
        "mock:",
        NEAR,
        data,
        limit=150,
        run=tmp_path / "fixed",
        confidence=0.98,
        **{**COMMON, "variants": 3},
    )
    for name, parts in rows.items():
        for part, row in parts.items():
            if row.by_last_test or row.verdict is None:
                mine = getattr(result.relations[name], part)
                theirs = getattr(fixed.relations[name], part)
                assert (mine.value, mine.low, mine.high) == (theirs.value, theirs.low, theirs.high)


def test_more_sources_go_on_and_the_last_test_is_not_repeated(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    pair = ("mock:", NEAR, data)
    few = metacompress.check(*pair, limit=150, run=run, **SEQUENTIAL)
    assert str(few.verdict) == "undecided"
    state = json.loads((run / "sequence.json").read_text())
    before = few.summary.sequence
    more = metacompress.check(*pair, limit=800, run=run, **SEQUENTIAL)
    sequence = more.summary.sequence
    assert sequence.asked > 150
    assert sequence.last_test_at == 150
    after = json.loads((run / "sequence.json").read_text())
    assert after["last_test"] == state["last_test"]
    assert after["ends"] == [150, 800]
    # Nothing that was asked is asked again, and the path of the evidence is the same.
    assert asked(run)["teacher"] <= 2 * (sequence.asked - 150)
    table = pq.read_table(run / "sequence.parquet").to_pylist()
    at_first = [row for row in table if row["sources"] == 150]
    for row in at_first:
        known = before.students["student"].rows[row["relation"]][row["part"]]
        assert (row["low"], row["high"]) == (known.low, known.high)
    again = stored(run)
    metacompress.check(*pair, limit=800, run=run, **SEQUENTIAL)
    assert stored(run) == again
    with pytest.raises(RunDirectoryError, match="another check"):
        metacompress.check(*pair, limit=800, run=run, **SEQUENTIAL, margin=0.01)


def test_a_second_look_at_an_undecided_check_is_refused(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    pair = ("mock:", NEAR, data)
    first = metacompress.check(*pair, limit=100, run=run, **COMMON)
    assert str(first.verdict) == "undecided"
    for more in ({"limit": 200}, {"limit": 100, "variants": 2}, {"limit": 300, "sequential": True}):
        with pytest.raises(RunDirectoryError, match=r"--sequential from the start.*--second-look"):
            metacompress.check(*pair, run=run, overwrite=True, **COMMON, **more)
    looked = metacompress.check(
        *pair, limit=200, run=run, overwrite=True, second_look=True, **COMMON
    )
    assert "second-look" in {str(warning.name) for warning in looked.summary.warnings}
    # Other models and other relations are other questions.
    run = tmp_path / "other"
    metacompress.check(*pair, limit=100, run=run, **COMMON)
    metacompress.check("mock:", "mock:?seed=1", data, limit=120, run=run, overwrite=True, **COMMON)
    metacompress.check(*pair, limit=100, run=run, overwrite=True, **COMMON)
    others = {**COMMON, "relations": ("distribution-similarity",)}
    metacompress.check(*pair, limit=120, run=run, overwrite=True, **others)


def test_an_undecided_last_test_is_no_reason_for_a_fixed_sample(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    pair = ("mock:", NEAR, data)
    metacompress.check(*pair, limit=150, run=run, **SEQUENTIAL)
    with pytest.raises(RunDirectoryError, match="--second-look"):
        metacompress.check(*pair, limit=800, run=run, overwrite=True, **COMMON)


class Losing:
    """A model that is lost after some calls; known by its fingerprint."""

    def __init__(self, calls: int, *, apart: int) -> None:
        self.fingerprint = f"losing-{apart}"
        self._left = calls
        self._apart = apart

    def __call__(self, texts: list[str]) -> np.ndarray:
        self._left -= 1
        if self._left < 0:
            raise ConnectionError("gone")
        sums = [sum(text.encode()) for text in texts]
        p = np.array([0.2 if one % self._apart == 0 else 0.8 + one % 100 / 1000 for one in sums])
        return np.stack([p, 1 - p], axis=1)


# In the first batch, in a later one, and in the last test.
@pytest.mark.parametrize("calls", [0, 5, 10])
def test_killed_and_run_again_gives_the_same_bytes(data: Path, tmp_path: Path, calls: int) -> None:
    def check(run: Path, left: int) -> metacompress.CheckResult:
        models = Losing(10_000, apart=10**6), Losing(left, apart=40)
        return metacompress.check(*models, data, run=run, limit=130, variants=2, **SEQUENTIAL)

    assert check(tmp_path / "whole", 10_000).summary.sequence.last_test_at == 130
    run = tmp_path / "killed"
    with pytest.raises(ModelError):
        check(run, calls)
    check(run, 10_000)
    assert stored(run) == stored(tmp_path / "whole")


def test_too_few_sources_are_tested_once_with_the_whole_error(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    pair = ("mock:", "mock:?noise=1e-9", make_dataset(40))
    result = metacompress.check(*pair, run=tmp_path / "run", **SEQUENTIAL)
    fixed = metacompress.check(*pair, run=tmp_path / "fixed", **COMMON)
    sequence = result.summary.sequence
    assert (sequence.stopped, sequence.asked) == ("too-few", 0)
    assert (sequence.alpha, sequence.alpha_last) == (0, pytest.approx(0.025))
    assert result.relations == fixed.relations


def test_a_row_that_applies_to_nothing_holds_nothing_up(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    labelled = make_dataset(300)
    data = replace(labelled, examples=tuple(replace(one, label=None) for one in labelled))
    relations = ("prediction-agreement", "calibration-alignment")
    settings = {**SEQUENTIAL, "relations": relations, "transforms": ()}
    result = metacompress.check("mock:", "mock:?noise=1e-9", data, run=tmp_path / "run", **settings)
    assert str(result.verdict) == "pass"
    assert result.relations["calibration-alignment"].verdict is None
    assert result.summary.sequence.asked < 300


def test_one_source_and_groups_of_sources_are_tested_once(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    one = metacompress.check(
        "mock:", "mock:?noise=1e-9", make_dataset(1), run=tmp_path / "1", **SEQUENTIAL
    )
    assert str(one.verdict) == "undecided"
    grouped = make_dataset(400)
    examples = tuple(replace(one, group=f"g{k % 5}") for k, one in enumerate(grouped))
    data = replace(grouped, examples=examples)
    result = metacompress.check("mock:", "mock:?noise=1e-9", data, run=tmp_path / "2", **SEQUENTIAL)
    sequence = result.summary.sequence
    assert (sequence.stopped, sequence.sources, sequence.left_out) == ("too-few", 5, 395)


def test_without_transformations_only_sources_are_asked(data: Path, tmp_path: Path) -> None:
    settings = {**SEQUENTIAL, "transforms": ()}
    result = metacompress.check("mock:", "mock:?noise=1e-9", data, run=tmp_path / "run", **settings)
    assert str(result.verdict) == "pass"
    assert set(result.summary.sequence.students["student"].rows) == {"prediction-agreement"}


def test_settings_of_a_sequence_need_one(data: Path) -> None:
    for settings in ({"margin": 0.01}, {"until": "verdict"}):
        with pytest.raises(UsageError, match="add --sequential"):
            metacompress.check("mock:", "mock:?noise=1e-9", data, **COMMON, **settings)


def test_the_command_line_says_how_the_sequence_went(data: Path, tmp_path: Path) -> None:
    command = [
        warm_python(),
        "-m",
        "metacompress",
        "check",
        "--task",
        TASK,
        "--teacher",
        "mock:",
        "--student",
        "mock:?seed=1",
    ]
    command += ["--data", str(data), "--run", str(tmp_path / "run"), "--sequential"]
    command += ["--until", "verdict"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "Asked 32 of 900 sources in sequence: the verdict stands." in found.stdout
    page = (tmp_path / "run/report.html").read_text()
    assert "Asked 32 of 900 sources in sequence: the verdict stands." in page


def test_lines_to_watch_name_what_is_open_and_fit_the_terminal() -> None:
    names = [(name, part) for name in DEFAULT_RELATIONS for part in Part]
    families = {student: SequentialFamily(names, alpha=0.015) for student in ("s" * 40, "other")}
    assert sequence_lines(families) == ["0 of 0 rows decided"]
    p = np.tile([0.9, 0.1], (40, 1))
    outputs = Outputs.of_sources(p, p, np.zeros(40, int), np.arange(40))
    for family in families.values():
        scores = make_relation("prediction-agreement", {}).strata(outputs)
        family.add(40, dict.fromkeys(names, scores))
        family.narrow()
    lines = sequence_lines(families)
    assert lines[0] == "0 of 36 rows decided"
    assert len(lines) == 7
    assert max(map(len, lines)) + len("metacompress:   ") <= 80
