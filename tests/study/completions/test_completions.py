"""A study of completions against what models write one by one, and against running them by hand."""

from __future__ import annotations

import shutil
import subprocess
import sys
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from completion_studies import NEW, OLD, function, rows, settings
from known_again import content, is_known, loaded_by

from metacompress.data.example import Program
from metacompress.errors import ModelError, UsageError
from metacompress.lang.language import Language
from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.loading import language_model_spec
from metacompress.stats.intervals.differences import mcnemar
from metacompress.stats.verdict import Verdict
from metacompress.study.completions.prompts import cut_of
from metacompress.study.completions.study import run_completions
from metacompress.study.completions.summary import read_completions
from metacompress.study.completions.written import similarity

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory

MODELS = ("teacher", "near", "far")


def table(run: RunDirectory) -> list[dict[str, Any]]:
    return run.read_table("completions.parquet").to_pylist()


def passes(program: str, tests: list[str]) -> bool:
    script = "\n".join([program, *tests])
    done = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, check=False)
    return done.returncode == 0


def test_texts_are_those_that_models_write(
    completed: RunDirectory, learnt: dict[str, Path]
) -> None:
    found = table(completed)
    assert [row["variant"] for row in found] == [-1, 0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5]
    for row in found:
        name = OLD if row["variant"] < 0 else NEW
        assert row["prompt"] == "\n".join(function(row["source"], name).split("\n")[:2])
        assert row["left_out"] is None
    for name in MODELS:
        model = LanguageModel(language_model_spec(learnt[name]))
        written = model.continuations([row["prompt"] for row in found], 60)
        for row, one in zip(found, written, strict=True):
            assert one.text.startswith(row["models"][name]["text"])
    # What the teacher learnt, it writes.
    for row in found:
        name = OLD if row["variant"] < 0 else NEW
        whole = row["prompt"] + row["models"]["teacher"]["text"]
        assert whole == function(row["source"], name)


def test_completed_programs_pass_by_hand(completed: RunDirectory) -> None:
    outcomes = set()
    for row in table(completed):
        tests = rows()[row["source"]]["test_list"]
        assert row["program_passed"] is True
        for name in MODELS:
            one = row["models"][name]
            # All behind the function is the rest of the program: nothing.
            assert one["passed"] == passes(row["prompt"] + one["text"], tests), row["id"]
            outcomes.add(one["passed"])
    assert outcomes == {True, False}


def test_figures_follow_from_the_table(completed: RunDirectory) -> None:
    summary = read_completions(completed)
    for student in ("near", "far"):
        for part, of in (("sources", False), ("follow_ups", True)):
            some = [row for row in table(completed) if (row["variant"] >= 0) == of]
            found = getattr(summary.students[student], part)
            texts = [[row["models"][name]["text"] for name in ("teacher", student)] for row in some]
            assert found.figures.programs == len(some) == 6
            assert found.figures.same.value == pytest.approx(np.mean([a == b for a, b in texts]))
            expected = np.mean([similarity(a, b) for a, b in texts])
            assert found.figures.similarity.value == pytest.approx(expected)
            for level in (found.figures.similarity, found.figures.agreed):
                assert 0 <= level.low <= level.value <= level.high <= 1
            passed = np.array([[row["models"][name]["passed"] for name in ("teacher", student)]
                               for row in some])  # fmt: skip
            tests = found.tests
            assert tests.programs == 6
            assert (tests.teacher.value, tests.student.value) == tuple(passed.mean(axis=0))
            counts = (tests.both, tests.teacher_only, tests.student_only, tests.neither)
            first, second = passed.T
            assert counts == (
                (first & second).sum(), (first & ~second).sum(), (second & ~first).sum(),
                (~first & ~second).sum(),
            )  # fmt: skip
            assert tests.p_value == pytest.approx(mcnemar(first, second))
    near, far = (summary.students[name] for name in ("near", "far"))
    assert near.sources.figures.same.value == 1
    assert near.sources.figures.first_divergent.value is None
    assert 0 < far.sources.figures.same.value < 1
    assert far.verdict is Verdict.FAIL
    assert summary.verdict is Verdict.FAIL


def test_the_first_divergent_token_is_told(completed: RunDirectory) -> None:
    for row in table(completed):
        teacher, far = (row["models"][name]["text"] for name in ("teacher", "far"))
        beside = row["students"]["far"]
        if teacher == far:
            assert (beside["first_divergent"], beside["agreed"]) == (None, 1.0)
            continue
        match = SequenceMatcher(None, teacher, far, autojunk=False).get_matching_blocks()[0]
        common = match.size if match.a == match.b == 0 else 0
        tokens = row["models"]["teacher"]["tokens"]
        assert 0 <= beside["first_divergent"] < tokens
        assert beside["agreed"] == pytest.approx(beside["first_divergent"] / tokens)
        # So many tokens hold no more than what both texts begin with.
        assert (beside["first_divergent"] == 0) or common > 0


def test_a_renaming_is_taken_back(completed: RunDirectory) -> None:
    summary = read_completions(completed)
    kept = summary.students["near"].follow_ups.kept
    assert (kept.variants, kept.teacher.value, kept.student.value) == (6, 1, 1)
    inherited = summary.students["far"].relations["completion-invariance-inheritance"]
    assert inherited.sources is None
    assert inherited.follow_ups.inputs == 6
    broken = [row["models"]["far"]["kept"] for row in table(completed) if row["variant"] >= 0]
    assert inherited.follow_ups.violations == sum(1 - one > 0.1 for one in broken) > 0


def test_a_killed_study_goes_on_to_the_same_bytes(
    learnt: dict[str, Path],
    problems: Path,
    completed: RunDirectory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("metacompress.study.completions.completing._SHARD_SIZE", 4)
    config = settings(learnt, problems, run=str(tmp_path / "run"), batch_size=2)
    whole, calls = LanguageModel.continuations, []

    def killed(model: LanguageModel, prompts: Any, most: int) -> Any:
        calls.append(len(prompts))
        if len(calls) == 5:
            raise KeyboardInterrupt
        return whole(model, prompts, most)

    with monkeypatch.context() as patch:
        patch.setattr(LanguageModel, "continuations", killed)
        with pytest.raises(KeyboardInterrupt):
            run_completions(config)
        assert calls == [8, 8, 8, 4, 4]
        calls.extend([0] * 5)
        run_completions(config)
        assert calls[10:] == [4, 4, 4]
    for name in ("summary.json", "completions.parquet"):
        assert (tmp_path / "run" / name).read_bytes() == (completed.path / name).read_bytes(), name


def test_a_finished_study_is_known_before_a_model_is_loaded(
    learnt: dict[str, Path], problems: Path, completed: RunDirectory
) -> None:
    before = content(completed.path)
    again = settings(learnt, problems, run=str(completed.path))
    assert loaded_by(run_completions, again) == ""
    assert is_known(run_completions, again)
    assert content(completed.path) == before


def test_what_cannot_be_completed_is_told(
    learnt: dict[str, Path], problems: Path, tmp_path: Path
) -> None:
    given = {"transforms": [], "tests": None}
    config = settings(learnt, problems, run=str(tmp_path / "a"), lines=4, **given)
    summary = read_completions(run_completions(config))
    assert summary.data.left_out == {"nothing-left": 6}
    assert summary.data.completed == 0
    assert [one.name for one in summary.warnings] == ["cut-inputs"]
    assert summary.verdict is Verdict.UNDECIDED
    config = settings(learnt, problems, run=str(tmp_path / "b"), tokens=250, **given)
    summary = read_completions(run_completions(config))
    assert summary.data.left_out == {"too-long": 6}
    with pytest.raises(ModelError, match="fewer --tokens"):
        run_completions(settings(learnt, problems, run=str(tmp_path / "c"), tokens=256, **given))


def test_tests_of_other_programs_are_refused(
    learnt: dict[str, Path], problems: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="has tests of no program"):
        run_completions(settings(learnt, problems, run=str(tmp_path / "run"), tests="demo"))
    same = shutil.copytree(learnt["teacher"], tmp_path / "same")
    with pytest.raises(ModelError, match="holds the weights of the teacher"):
        run_completions(settings(learnt, problems, student=str(same), run=str(tmp_path / "run")))


@pytest.mark.parametrize(
    ("language", "text", "lines", "prompt"),
    [
        (Language.C, "int f(int n)\n{\n\n    int k = n;\n    return k;\n}\n", 1, "    int k = n;"),
        (
            Language.C,
            "int f(int n) { return n; }\nint g() { int k = 1; return k; }",
            0,
            "int g() {",
        ),
        (Language.PYTHON, 'def f(n):\n    """Add."""\n    return n\n', 0, '"""Add."""'),
        (Language.PYTHON, "x = 1\ny = 2\nprint(x, y)\n", 1, "y = 2"),
        (Language("ruby"), "def f(n)\n  k = n\n  k\nend\n", 1, "  k = n"),
    ],
)
def test_prompts_end_behind_lines(language: Language, text: str, lines: int, prompt: str) -> None:
    cut = cut_of(Program(text, language), lines)
    assert text[: cut.place].endswith(prompt)


def test_named_functions_are_preferred() -> None:
    text = "def long(n):\n    n += 1\n    return n\n\ndef f(n):\n    return n\n"
    assert cut_of(Program(text, Language.PYTHON), 0, {"f"}).name == "f"
    assert cut_of(Program(text, Language.PYTHON), 0).name == "long"
    assert cut_of(Program("def f(n):\n    return n\n", Language.PYTHON), 1) is None
