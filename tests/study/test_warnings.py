from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import numpy as np

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.lang.language import Language
from metacompress.models.naming.role import Role
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.report.terminal.check import print_summary
from metacompress.report.terminal.prediction import print_scores
from metacompress.stats.verdict import Verdict
from metacompress.study.warnings import (
    is_constant,
    model_warnings,
    repetition_warnings,
    window_warnings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pytest

    from metacompress.study.check.summary import TransformationSummary

TASK = "vulnerability-prediction"
CLASSES = ("safe", "vulnerable")


def predictions(
    vulnerable: Sequence[float],
    *,
    truncated: Sequence[bool] | None = None,
    unknown: Sequence[float] | None = None,
) -> Predictions:
    second = np.array(vulnerable, dtype=np.float64)
    n = len(second)
    return Predictions(
        np.column_stack([1 - second, second]),
        np.array(truncated if truncated is not None else [False] * n, dtype=bool),
        np.arange(n, dtype=np.uint64),
        np.array(unknown if unknown is not None else [np.nan] * n),
    )


def names(answers: dict[str, list[Predictions]], labels: Sequence[int]) -> list[tuple[str, str]]:
    found = model_warnings(answers, np.array(labels, dtype=np.int64), CLASSES, ["student"])
    return [(one.model, str(one.name)) for one in found]


GOOD = predictions([0.1, 0.9, 0.2, 0.8])


def test_two_ordinary_models_are_not_warned_about() -> None:
    assert names({"teacher": [GOOD], "student": [GOOD]}, [0, 1, 0, 1]) == []


def test_sources_without_any_label_are_told() -> None:
    assert names({"teacher": [GOOD]}, [-1] * 4) == [("data", "no-labels")]
    assert names({"teacher": [GOOD]}, [-1, 1, -1, -1]) == []
    (warning,) = model_warnings({"model": [GOOD]}, np.full(4, -1), CLASSES)
    assert "--field label=COLUMN" in warning.message


def test_half_of_the_tokens_unknown() -> None:
    student = predictions([0.1, 0.9, 0.2, 0.8], unknown=[0.9, 0.2, 0.6, np.nan])
    assert names({"teacher": [GOOD], "student": [student]}, [0, 1, 0, 1]) == [
        ("student", "unknown-tokens")
    ]
    student = predictions([0.1, 0.9, 0.2, 0.8], unknown=[0.5, 0.5, 0.5, 0.5])
    assert names({"student": [student]}, [0, 1, 0, 1]) == []


def test_half_of_the_inputs_cut_off() -> None:
    cut = predictions([0.1, 0.9, 0.2, 0.8], truncated=[True, True, True, False])
    assert names({"student": [cut]}, [0, 1, 0, 1]) == [("student", "cut-inputs")]
    half = predictions([0.1, 0.9, 0.2, 0.8], truncated=[True, True, False, False])
    assert names({"student": [half]}, [0, 1, 0, 1]) == []


def test_what_a_model_reads_is_counted_over_sources_and_follow_ups() -> None:
    cut = predictions([0.1, 0.9], truncated=[True, True])
    assert names({"student": [GOOD, cut]}, [0, 1, 0, 1]) == []
    assert names({"student": [cut, cut, predictions([0.3])]}, [0, 1]) == [("student", "cut-inputs")]


def test_constant_probabilities_and_one_class() -> None:
    constant = predictions([0.7, 0.7, 0.7])
    assert names({"student": [constant]}, [0, 1, 1]) == [
        ("student", "constant-probabilities"),
        ("student", "one-class"),
    ]
    assert names({"student": [predictions([0.7, 0.8, 0.9])]}, [0, 1, 1]) == [
        ("student", "one-class")
    ]
    assert not is_constant([predictions([0.7]), predictions([0.6])])
    assert not is_constant([predictions([0.7])])


def test_copies_that_count_as_independent_are_told() -> None:
    def example(number: int, text: str, group: str) -> Example:
        return Example(str(number), (Program(text, Language.C),), 0, group, (str(number),))

    different = [example(k, f"int f{k};", str(k)) for k in range(20)]
    copies = [example(k, "int f0;", str(k)) for k in range(20, 30)]
    assert repetition_warnings(different + copies[:1]) == []
    (found,) = repetition_warnings(different + copies)
    assert found.message.startswith("data: 10 of the 30 sources have the text of another one")
    assert repetition_warnings([]) == []
    # Those of one group are known to depend on each other.
    assert repetition_warnings([example(k, "int f0;", "g") for k in range(9)]) == []


def test_a_teacher_no_better_than_the_majority_class() -> None:
    teacher = predictions([0.1, 0.2, 0.8, 0.3])
    assert names({"teacher": [teacher]}, [0, 0, 0, 1]) == [("teacher", "no-better-than-majority")]
    assert names({"student": [teacher]}, [0, 0, 0, 1]) == []
    # Data of one class have no majority to be better than.
    assert names({"teacher": [teacher]}, [0, 0, -1, 0]) == []
    assert names({"teacher": [teacher]}, [-1, -1, -1, -1]) == [("data", "no-labels")]


def identical(made: TransformationSummary) -> tuple[int, int, int]:
    return made.identical.all, made.identical.models["teacher"], made.identical.models["student"]


def test_a_constant_student_never_passes_in_silence(
    make_dataset: Callable[[int], Dataset],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = metacompress.check(
        lambda texts: [[0.95, 0.05] for _ in texts],
        lambda texts: [[0.95, 0.05] for _ in texts],
        make_dataset(200),
        report=False,
        task=TASK,
        transforms=["rename-identifiers"],
        run=tmp_path / "run",
    )
    assert all(found.verdict is Verdict.PASS for found in result.relations.values())
    assert result.verdict is Verdict.UNDECIDED
    warned = {(one.model, one.name) for one in result.summary.warnings}
    assert {("teacher", "constant-probabilities"), ("student", "constant-probabilities")} <= warned
    stored = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert stored["warnings"] == result.summary.content()["warnings"]
    page = result.to_html()
    assert page.index("constant-probabilities") < page.index('id="relations"')
    print_summary(result.summary, None)
    shown = capsys.readouterr().out
    assert shown.index("constant-probabilities") < shown.index("prediction-agreement")
    assert "no evidence" in shown


class _FirstLine(Classifier):
    """Reads the first line of a program only, white space collapsed."""

    labels = CLASSES

    def __init__(self, shift: float, *, reads_all: bool = False) -> None:
        self.fingerprint = f"first-line-{shift}-{reads_all}"
        self._shift = shift
        self._reads_all = reads_all

    def predict(self, examples: Sequence[Example]) -> Predictions:
        texts = [one.programs[0].text for one in examples]
        read = texts if self._reads_all else [" ".join(t.splitlines()[0].split()) for t in texts]
        digests = np.array([zlib.crc32(text.encode()) for text in read], dtype=np.uint64)
        second = digests % 97 / 97 * (1 - self._shift)
        return Predictions.checked(
            np.column_stack([1 - second, second]), examples, 2, "first-line", read=digests
        )


def test_variants_that_a_model_cannot_tell_from_their_source_are_in_no_rate(
    tmp_path: Path,
) -> None:
    examples = tuple(
        Example(
            str(k),
            (Program(f"int f{k}(int a)\n{{\n    return a == {k};\n}}\n", Language.C),),
            k % 2,
            str(k),
            (str(k),),
        )
        for k in range(60)
    )
    dataset = Dataset(VULNERABILITY_PREDICTION, examples)
    settings = {
        "task": TASK,
        # The first changes the body and the second the signature.
        "transforms": ["flip-comparison", "rename-identifiers"],
    }
    blind = metacompress.check(
        _FirstLine(0.0), _FirstLine(0.1), dataset, report=False, run=tmp_path / "blind", **settings
    )
    made = blind.summary.variants.transformations
    assert identical(made["flip-comparison"]) == (60, 60, 60)
    assert identical(made["rename-identifiers"]) == (0, 0, 0)
    for found in blind.relations.values():
        assert found.follow_ups is None or found.follow_ups.inputs <= 60
    assert blind.relations["prediction-agreement"].follow_ups.inputs == 60
    assert blind.summary.models[Role.STUDENT].follow_ups.inputs == 60
    judged = blind.violations.to_pylist()
    assert not any("flip-comparison" in row["id"] for row in judged)
    rows = [row for row in blind.predictions.to_pylist() if row["part"] == "follow_ups"]
    assert [row["student_identical"] for row in rows] == [
        "flip-comparison" in r["id"] for r in rows
    ]

    one_sees = metacompress.check(
        _FirstLine(0.0),
        _FirstLine(0.1, reads_all=True),
        dataset,
        report=False,
        run=tmp_path / "one-sees",
        **settings,
    )
    made = one_sees.summary.variants.transformations
    assert identical(made["flip-comparison"]) == (0, 60, 0)
    assert one_sees.relations["prediction-agreement"].follow_ups.inputs == 120
    assert "60" in one_sees.to_html()


def test_a_study_whose_variants_are_all_invisible_is_judged_on_sources(tmp_path: Path) -> None:
    examples = tuple(
        Example(
            str(k),
            (Program(f"int f{k}(void)\n{{ return g() == {k}; }}\n", Language.C),),
            k % 2,
            str(k),
            (str(k),),
        )
        for k in range(20)
    )
    result = metacompress.check(
        _FirstLine(0.0),
        _FirstLine(0.1),
        Dataset(VULNERABILITY_PREDICTION, examples),
        report=False,
        task=TASK,
        transforms=["flip-comparison"],
        run=tmp_path / "run",
    )
    assert result.summary.variants.identical.all == 20
    assert result.relations["prediction-agreement"].follow_ups.inputs == 0
    assert result.relations["prediction-agreement"].follow_ups.verdict is None


def test_attacks_and_predictions_are_warned_about_too(
    make_dataset: Callable[[int], Dataset],
    devign_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def constant(texts: list[str]) -> list[list[float]]:
        return [[0.6, 0.4] for _ in texts]

    result = metacompress.attack(
        constant,
        "mock:",
        make_dataset(6),
        task=TASK,
        attacks=["random?queries=2"],
        run=tmp_path / "attack",
    )
    warned = {(one.model, one.name) for one in result.summary.warnings}
    assert ("teacher", "constant-probabilities") in warned
    found = metacompress.predict(constant, devign_file, task=TASK)
    assert {one.name for one in found.summary().warnings} >= {"constant-probabilities"}
    print_scores(found.summary())
    assert capsys.readouterr().out.startswith("warning constant-probabilities")


class Window(Classifier):
    """Tells what it cuts, or does not."""

    labels = CLASSES

    def __init__(self, tells: bool = True) -> None:
        self.tells_truncation = tells

    def predict(self, examples: Sequence[Example]) -> Predictions:
        raise NotImplementedError


def test_other_windows_than_the_teachers_are_told() -> None:
    half = [True] * 50 + [False] * 50
    few = [True] * 45 + [False] * 55
    cut = {
        "teacher": half,
        "same": half,
        "nearly": few,
        "longer": [False] * 100,
        "reverse": [not one for one in half],
        "silent": [False] * 100,
    }
    answers = {name: [predictions([0.5] * 100, truncated=one)] for name, one in cut.items()}
    models = {name: Window(name != "silent") for name in cut}
    found = window_warnings(answers, models, "teacher")
    assert [(one.model, str(one.name)) for one in found] == [
        ("longer", "cut-otherwise"),
        ("reverse", "cut-otherwise"),
    ]
    assert "0.0 % of the inputs are longer than its window" in found[0].message
    assert "50.0 % the reverse" in found[0].message
    assert window_warnings(answers, {**models, "teacher": Window(False)}, "teacher") == []
    nothing = {name: [predictions([], truncated=[])] for name in cut}
    assert window_warnings(nothing, models, "teacher") == []
