"""Shrinking in a check: which counterexamples, what is kept of them, and what it depends on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.errors import DataError, UsageError
from metacompress.relations import make_relation
from metacompress.relations.one_pair import judge_pair
from metacompress.runs.run_directory import RunDirectory
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.survey.survey import run_student_first
from metacompress.study.replay.summary import Outcome

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
FUNCTION = """\
int f{k}(int a, int b) {{
    int total = a + {k};
    int rest = b * {k};
    while (rest > {k}) {{ rest -= total + 1; }}
    if (total > 9) {{ total = rest; }}
    return total;
}}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shrinking") / "test.jsonl"
    rows = [{"idx": k, "func": FUNCTION.format(k=k), "target": k % 2} for k in range(12)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def checked(data: Path, run: Path, **settings: object) -> metacompress.CheckResult:
    return metacompress.check(
        "mock:",
        "mock:?seed=1",
        data,
        task=TASK,
        transforms="rename-identifiers",
        variants=2,
        slices=False,
        report=False,
        run=run,
        **settings,
    )


@pytest.fixture(scope="module")
def shrunk(data: Path) -> metacompress.CheckResult:
    return checked(data, data.parent / "shrunk", shrink=5, shrink_queries=30)


def test_the_worst_are_smaller_and_violate_what_their_sources_do_not(
    shrunk: metacompress.CheckResult,
) -> None:
    found = shrunk.summary.shrinking
    assert found is not None
    assert len(found.counterexamples) == 5 < found.found
    assert found.left_out == ["calibration-alignment", "disagreement-increment", "robustness-gap"]
    counts = [
        (one.edits, one.edits_before, one.statements, one.statements_before)
        for one in found.counterexamples
    ]
    assert any(edits < before for edits, before, _, _ in counts if edits and before)
    assert any(left < before for _, _, left, before in counts if left and before)
    for one in found.counterexamples:
        kept = one.counterexample
        judged = judge_pair(
            make_relation(kept.relation, kept.constants),
            kept.label,
            (kept.teacher_answers.source, kept.teacher_answers.variant),
            (kept.student_answers.source, kept.student_answers.variant),
        )
        assert judged.violated
        assert not judged.source_violated
        assert kept.source != kept.variant
        assert one.refusal is None
        assert one.queries <= 30


def test_the_answers_are_those_of_the_models_to_what_is_left(
    shrunk: metacompress.CheckResult,
) -> None:
    found = shrunk.summary.shrinking
    assert found is not None
    kept = found.counterexamples[0].counterexample
    rows = [
        {"idx": k, "func": text, "target": kept.label}
        for k, (text,) in enumerate((kept.source, kept.variant))
    ]
    for model, answers in (
        ("mock:", kept.teacher_answers),
        ("mock:?seed=1", kept.student_answers),
    ):
        predicted = metacompress.predict(model, rows, task=TASK, language="c")
        assert predicted.predictions.probabilities.tolist() == [answers.source, answers.variant]


def test_without_it_the_study_is_the_same_and_its_identity_is_silent(
    data: Path, shrunk: metacompress.CheckResult
) -> None:
    plain = checked(data, data.parent / "plain", shrink_queries=7)
    assert plain.summary.shrinking is None
    assert not RunDirectory(plain.run).has("counterexamples.json")
    assert '"shrink' not in (plain.run / "study.json").read_text()
    assert '"shrink"' in (shrunk.run / "study.json").read_text()
    assert plain.summary.students == shrunk.summary.students


def test_two_workers_give_the_same_bytes(data: Path, shrunk: metacompress.CheckResult) -> None:
    again = checked(data, data.parent / "again", shrink=5, shrink_queries=30, workers=2)
    for name in ("summary.json", "counterexamples.json"):
        assert (again.run / name).read_bytes() == (shrunk.run / name).read_bytes()


def test_student_first_shrinks_nothing(data: Path) -> None:
    config = CheckConfig.model_validate(
        {
            "task": TASK,
            "teacher": "mock:",
            "student": "mock:?seed=1",
            "data": {"path": str(data)},
            "shrink": 1,
        }
    )
    with pytest.raises(UsageError, match="--shrink"):
        run_student_first(config)


def test_a_replay_fails_on_the_same_student_and_passes_on_the_teacher(
    shrunk: metacompress.CheckResult,
) -> None:
    file = shrunk.run / "counterexamples.json"
    failed = metacompress.replay(file, "mock:?seed=1")
    assert failed.verdict == "fail"
    assert failed.outcomes[Outcome.VIOLATED] == 5
    passed = metacompress.replay(file, "mock:?seed=1", teacher="mock:?seed=1")
    assert passed.verdict == "pass"
    assert passed.outcomes[Outcome.VIOLATED] == 0


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"task": "x"}')
    with pytest.raises(DataError, match="not a file of counterexamples"):
        metacompress.replay(path, "mock:")
    with pytest.raises(DataError, match="cannot be read"):
        metacompress.replay(tmp_path / "missing.json", "mock:")
