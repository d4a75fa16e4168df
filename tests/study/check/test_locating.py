"""Locating in a check: known causes are found, and what there is to know is written down."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.errors import UsageError
from metacompress.runs.run_directory import RunDirectory
from metacompress.stats.scores.divergences import jensen_shannon
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.survey.survey import run_student_first
from metacompress.study.replay.summary import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from metacompress.study.location import EditReading

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


def sure(texts: Sequence[str]) -> list[list[float]]:
    return [[0.2, 0.8] for _ in texts]


def reads_one_word(texts: Sequence[str]) -> list[list[float]]:
    """A student that asks one thing alone: is there a name ``total``?"""
    return [[0.3, 0.7] if re.search(r"\btotal\b", text) else [0.9, 0.1] for text in texts]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locating") / "test.jsonl"
    rows = [{"idx": k, "func": FUNCTION.format(k=k), "target": k % 2} for k in range(6)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def checked(
    teacher: object, student: object, data: Path, name: str, **settings: object
) -> metacompress.CheckResult:
    return metacompress.check(
        teacher,
        student,
        data,
        task=TASK,
        transforms="rename-identifiers",
        variants=2,
        slices=False,
        report=False,
        run=data.parent / name,
        **settings,
    )


def readings(result: metacompress.CheckResult) -> list[EditReading]:
    found = result.summary.location
    assert found is not None
    read = [one.counterexample.location for one in found.counterexamples]
    return [one.by_edits for one in read if one is not None and one.by_edits is not None]


@pytest.fixture(scope="module")
def located(data: Path) -> metacompress.CheckResult:
    return checked("mock:", "mock:?seed=1", data, "located", locate=3)


def test_the_only_name_that_the_student_reads_carries_all_of_it(data: Path) -> None:
    result = checked(sure, reads_one_word, data, "one", locate=20, relations="new-disagreement")
    found = readings(result)
    assert found
    for one in found:
        first, *others = one.edits
        assert first.before == "total"
        assert first.share == one.explained == 1
        assert (first.undone_violates, first.alone_violates) == (False, True)
        assert {edit.share for edit in others} <= {0}
        assert all(edit.undone_violates and not edit.alone_violates for edit in others)
        assert one.queries <= 2 * len(one.edits)
        assert {line.line for line in one.lines if line.share == 1} == {2, 4, 5, 6}
        assert {line.share for line in one.lines} <= {0, 1}


def test_two_edits_of_which_either_will_do_share_it(data: Path) -> None:
    def reads_two(texts: Sequence[str]) -> list[list[float]]:
        return [
            [0.3, 0.7] if {"total", "rest"} <= set(re.findall(r"\w+", text)) else [0.9, 0.1]
            for text in texts
        ]

    found = readings(checked(sure, reads_two, data, "two", locate=20, relations="new-disagreement"))
    both = [
        {edit.before: edit.share for edit in one.edits}
        for one in found
        if {"total", "rest"} <= {edit.before for edit in one.edits}
    ]
    assert both
    assert all(one["total"] == one["rest"] == 0.5 for one in both)


def test_a_location_is_of_the_programs_beside_it(located: metacompress.CheckResult) -> None:
    assert located.summary.location is not None
    assert located.summary.shrinking is None
    kept = [one.counterexample for one in located.summary.location.counterexamples]
    assert len(kept) == 3 < located.summary.location.found
    for one in kept:
        assert one.location is not None
        assert one.location.by_gradients is None
        assert one.location.no_gradients is not None
        assert "teacher does not tell its gradients" in one.location.no_gradients
        assert one.location.by_edits is not None
        for edit in one.location.by_edits.edits:
            assert {one.source[0][at.start : at.end] for at in edit.source} == {edit.before}
            assert {one.variant[0][at.start : at.end] for at in edit.variant} == {edit.after}
            lines = one.variant[0].split("\n")
            assert all(edit.after in lines[at.line - 1] for at in edit.variant)
    content = json.loads((located.run / "counterexamples.json").read_text())
    assert [one["location"] for one in content["counterexamples"]] == [
        one.location.content() for one in kept if one.location is not None
    ]


def test_a_replay_takes_no_notice_of_locations(located: metacompress.CheckResult) -> None:
    replayed = metacompress.replay(located.run / "counterexamples.json", "mock:?seed=1")
    assert replayed.outcomes[Outcome.VIOLATED] == 3


def test_the_file_has_each_once_shrunk_or_as_it_was_found(
    data: Path, located: metacompress.CheckResult
) -> None:
    both = checked("mock:", "mock:?seed=1", data, "both", locate=3, shrink=1, shrink_queries=8)
    assert both.summary.location == located.summary.location
    content = json.loads((both.run / "counterexamples.json").read_text())["counterexamples"]
    assert [one["location"] is None for one in content] == [True, False, False]
    again = json.loads((located.run / "counterexamples.json").read_text())["counterexamples"]
    assert [one["id"] for one in content] == [one["id"] for one in again]


def test_queries_are_limited_and_edits_taken_together(data: Path) -> None:
    found = readings(checked("mock:", "mock:?seed=1", data, "few", locate=3, locate_queries=4))
    assert all(len(one.edits) <= 2 and one.queries <= 4 for one in found)
    assert any(edit.taken_together > 1 for one in found for edit in one.edits)
    with pytest.raises(UsageError, match="locate_queries"):
        checked("mock:", "mock:?seed=1", data, "none", locate=3, locate_queries=1)


def test_without_it_the_identity_is_silent(data: Path, located: metacompress.CheckResult) -> None:
    plain = checked("mock:", "mock:?seed=1", data, "plain", locate_queries=7)
    assert plain.summary.location is None
    assert not RunDirectory(plain.run).has("counterexamples.json")
    assert '"locate' not in (plain.run / "study.json").read_text()
    assert '"locate"' in (located.run / "study.json").read_text()


def test_student_first_locates_nothing(data: Path) -> None:
    settings = {"task": TASK, "teacher": "mock:", "student": "mock:?seed=1", "locate": 1}
    config = CheckConfig.model_validate({**settings, "data": {"path": str(data)}})
    with pytest.raises(UsageError, match="--locate"):
        run_student_first(config)


def test_a_language_without_a_front_end_has_no_location_and_no_smaller_form(
    tmp_path: Path,
) -> None:
    rows = [{"id": "a", "code": "fn f() { total }", "language": "rust"}]
    follow_ups = tmp_path / "follow-ups.jsonl"
    follow_ups.write_text('{"source_id": "a", "tool": "mine", "code": "fn f() { sum }"}\n')
    result = metacompress.check(
        sure,
        reads_one_word,
        rows,
        task=TASK,
        variants_from=str(follow_ups),
        relations="new-disagreement",
        locate=1,
        shrink=1,
        report=False,
        run=tmp_path / "run",
    )
    assert result.summary.location is not None
    assert result.summary.shrinking is not None
    (one,) = result.summary.location.counterexamples
    assert one.counterexample.location is not None
    assert one.counterexample.location.by_edits is None
    assert "rust has none" in str(one.counterexample.location.no_edits)
    assert "rust has none" in str(result.summary.shrinking.counterexamples[0].refusal)


def test_models_that_tell_their_gradients_are_read_by_them(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    import tiny_models

    # The tiny vocabulary knows the names a and b, and no other one.
    text = "int f ( int a ) { int b ; return a + b + a ; }"
    rows = [{"idx": 0, "func": text, "target": 0}]
    data = tmp_path / "data" / "test.jsonl"
    data.parent.mkdir()
    data.write_text(json.dumps(rows[0]) + "\n")
    sizes: dict[str, dict[str, int]] = {
        "teacher": {},
        "student": {"hidden_size": 12, "num_hidden_layers": 2},
    }
    models = [str(tiny_models.write_model(tmp_path / name, **one)) for name, one in sizes.items()]
    first, second = (
        metacompress.predict(model, rows, task=TASK, language="c").predictions.probabilities
        for model in models
    )
    # What parts the two more than the source does.
    closest = {"distribution-similarity": {"eps": float(jensen_shannon(first, second)[0]) + 1e-9}}
    result = checked(*models, data, "white", locate=2, relations=closest)
    assert result.summary.location is not None
    found = [one.counterexample for one in result.summary.location.counterexamples]
    assert found
    for one in found:
        assert one.location is not None
        assert one.location.no_gradients is None
        read = one.location.by_gradients
        assert read is not None
        for token in read.tokens:
            assert one.variant[0][token.place.start : token.place.end] == token.text
        total = sum(abs(token.share) for token in read.tokens) + read.rest
        assert total == pytest.approx(1, abs=1e-3)
        assert sum(line.share for line in read.lines) == pytest.approx(
            sum(token.share for token in read.tokens), abs=1e-3
        )
