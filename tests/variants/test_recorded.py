"""Variants of other tools: checked where that can be done, and told apart where it cannot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.task import CLONE_DETECTION, VULNERABILITY_PREDICTION
from metacompress.errors import DataError
from metacompress.lang.edits import apply_edits, difference
from metacompress.lang.language import Language
from metacompress.runs.progress import NoProgress
from metacompress.variants.plan import make_plan
from metacompress.variants.settings import VariantSettings
from metacompress.variants.transforming import transform_dataset

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.data.task import Task
    from metacompress.variants.attempt import VariantAttempt

SOURCE = "int twice(int n)\n{\n    int total = n + n;\n    return total;\n}\n"
RENAMED = SOURCE.replace("total", "zusammen")


def rows(path: Path, *given: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in given))
    return path


def data(*texts: str, language: str = "c", task: Task = VULNERABILITY_PREDICTION) -> Dataset:
    arity = task.arity
    programs = [Program(text, Language(language)) for text in texts]
    groups = [tuple(programs[k : k + arity]) for k in range(0, len(programs), arity)]
    return Dataset(
        task,
        tuple(
            Example(str(k), group, k % 2, str(k), tuple(f"{k}{p}" for p in range(arity)))
            for k, group in enumerate(groups)
        ),
    )


def attempts(dataset: Dataset, path: Path, **settings: Any) -> list[VariantAttempt]:
    chosen = VariantSettings(variants_from=str(path), **settings)
    plan = make_plan(chosen, arity=dataset.task.arity)
    return list(transform_dataset(dataset, plan, NoProgress()).attempts)


def test_each_text_passes_the_gate_or_is_refused_with_its_reason(tmp_path: Path) -> None:
    texts = {
        RENAMED: None,
        SOURCE.replace("    int total = n + n;\n    return total;", "    return 2 * n;"): None,
        SOURCE.replace("return total", "return totl"): "bindings-changed",
        SOURCE.replace("}", ""): "new-parse-error",
        SOURCE: "unchanged",
    }
    order = [*texts, RENAMED]
    path = rows(
        tmp_path / "made.jsonl",
        *({"source_id": 0, "code": text, "tool": "an llm"} for text in order),
        {"source_id": "elsewhere", "code": "int x;", "tool": "an llm"},
    )
    found = attempts(data(SOURCE), path)
    assert [one.refusal for one in found] == [*texts.values(), "duplicate"]
    assert {one.transformation for one in found} == {"an llm"}
    assert [one.id for one in found] == [f"0~an llm~{k}" for k in range(len(order))]
    (edit,) = found[0].edits
    assert edit.replacement == "zusammen = n + n;\n    return zusammen"


def test_a_compiler_checks_them_where_it_is_asked_for(tmp_path: Path) -> None:
    path = rows(
        tmp_path / "made.jsonl",
        {"source_id": "0", "code": SOURCE.replace("n + n", '"n" * n'), "tool": "mine"},
        {"source_id": "0", "code": RENAMED, "tool": "mine"},
    )
    found = attempts(data(SOURCE), path, validity="compile")
    assert [one.refusal for one in found] == ["compiler-errors-changed", None]


def test_languages_without_a_front_end_are_told_apart(tmp_path: Path) -> None:
    path = rows(
        tmp_path / "made.jsonl",
        {"source_id": "0", "code": "fn f() { 1 + 1 }", "tool": "mine"},
        {"source_id": "0", "code": "fn f() { 2 }", "tool": "mine"},
    )
    found = attempts(data("fn f() { 2 }", language="rust"), path)
    assert [(one.transformation, one.refusal) for one in found] == [
        ("mine (unchecked)", None),
        ("mine (unchecked)", "unchanged"),
    ]


def test_of_a_pair_one_program_or_both_may_change(tmp_path: Path) -> None:
    path = rows(
        tmp_path / "made.jsonl",
        {"source_id": "0", "code2": RENAMED, "tool": "mine"},
        {"source_id": "0", "code1": RENAMED, "code2": RENAMED, "tool": "mine"},
    )
    first, both = attempts(data(SOURCE, SOURCE, task=CLONE_DETECTION), path)
    assert first.programs == (SOURCE, RENAMED)
    assert {edit.program for edit in first.edits} == {1}
    assert both.programs == (RENAMED, RENAMED)
    assert {edit.program for edit in both.edits} == {0, 1}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"code": "int a;", "tool": "x"}, "line 1: expected texts in the fields source_id, code"),
        ({"source_id": "0", "tool": "x"}, "expected texts"),
        ({"source_id": "0", "code": " ", "tool": "x"}, "expected texts"),
        ({"source_id": "0", "code": "int a;"}, "expected texts"),
        ({"source_id": "9", "code": "int a;", "tool": "x"}, "no variant of an example of"),
        ({"source_id": "0", "code": "int a;", "tool": "rename-identifiers"}, "stands for other"),
    ],
)
def test_what_is_no_variant_is_refused(tmp_path: Path, row: dict[str, Any], what: str) -> None:
    path = rows(tmp_path / "made.jsonl", row)
    with pytest.raises(DataError, match=what):
        attempts(data(SOURCE), path, transforms=("rename-identifiers",))


def test_what_transform_writes_is_read_back(tmp_path: Path) -> None:
    dataset = data(SOURCE, SOURCE.replace("twice", "double"))
    written = tmp_path / "variants.jsonl"
    made = metacompress.transform(dataset, "rename-identifiers", out=written)
    found = attempts(dataset, written)
    assert [one.programs for one in found] == [one.programs for one in made.variants]
    assert {one.transformation for one in found} == {"rename-identifiers"}


@pytest.mark.parametrize("sequential", [False, True])
def test_a_check_names_the_tool(tmp_path: Path, sequential: bool) -> None:
    sources = [SOURCE.replace("twice", f"f{k}") for k in range(6)]
    languages = ["c"] * 4 + ["rust"] * 2
    examples = [
        {"id": str(k), "code": text, "label": k % 2, "language": language}
        for k, (text, language) in enumerate(zip(sources, languages, strict=True))
    ]
    path = rows(
        tmp_path / "made.jsonl",
        *(
            {"source_id": str(k), "code": text.replace("total", "sum"), "tool": "mine"}
            for k, text in enumerate(sources)
        ),
    )
    found = metacompress.check(
        "mock:", "mock:?seed=1", examples, task="vulnerability-prediction",
        variants_from=path, run=tmp_path / "run", sequential=sequential,
    )  # fmt: skip
    kinds = found.summary.variants.transformations
    assert kinds["mine"].made == 4
    assert kinds["mine (unchecked)"].made == 2
    (warning,) = [one for one in found.summary.warnings if one.name == "unchecked-variants"]
    assert "2 of the 6 follow-ups" in warning.message
    report = (tmp_path / "run/report.html").read_text()
    assert "mine (unchecked)" in report


@pytest.mark.parametrize(
    ("before", "after"),
    [("abcabc", "abc"), ("ä = ö", "ä = öö"), ("x", "y"), ("same", "same"), ("", "n"), ("a", "aa")],
)
def test_a_difference_makes_one_of_the_other(before: str, after: str) -> None:
    edits = difference(before, after)
    assert len(edits) == (before != after)
    assert apply_edits(before.encode(), edits)[0].decode() == after
