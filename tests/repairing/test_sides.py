from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.loading import load_dataset
from metacompress.data.task import CLONE_DETECTION, TASKS
from metacompress.errors import UsageError
from metacompress.lang.language import Language
from metacompress.repairing.settings import RepairSettings
from metacompress.repairing.sides import drawn_sides, load_sides
from metacompress.settings.validation import validated

if TYPE_CHECKING:
    from pathlib import Path

pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, unique=True)


def pair(number: int, first: int, second: int) -> Example:
    programs = tuple(Program(f"int p{one};", Language.C) for one in (first, second))
    return Example(str(number), programs, None, None, (str(first), str(second)))


def settings(**changed: Any) -> RepairSettings:
    given = {"task": "demo-problem", "teacher": "mock:", "student": "x", "data": {"path": "demo"}}
    return validated(RepairSettings, {**given, **changed})


@given(pairs, st.integers(0, 99))
def test_no_program_is_on_two_sides(edges: list[tuple[int, int]], seed: int) -> None:
    examples = [pair(number, *edge) for number, edge in enumerate(edges)]
    sides = drawn_sides(examples, {"choose": 0.2, "prove": 0.3}, seed)
    programs = [{p for one in kept for p in one.program_ids} for kept in sides.values()]
    assert sum(map(len, programs)) == len(set().union(*programs))


def test_a_named_split_loses_what_is_learnt_from(devign_file: Path, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text(devign_file.read_text())
    lines = devign_file.read_text().splitlines()
    new = [line.replace("total", "sum") for line in lines[:5]]
    devign_file.write_text("\n".join([*lines[5:9], *new]))
    task = TASKS.get("vulnerability-prediction")
    chosen = settings(
        task=task.name,
        data={"path": str(tmp_path), "split": "train"},
        test_split="test",
    )
    sides = load_sides(chosen, load_dataset(tmp_path, task, split="train"), [])
    assert len(sides.prove) == 5
    assert sides.left_out == 4


def one_program(number: int, text: str) -> Example:
    program = Program(text, Language.C)
    return Example(str(number), (program,), None, None, (str(number),))


def test_rows_of_one_text_are_on_one_side() -> None:
    rows = tuple(one_program(n, f"int a{n % 12};") for n in range(60))
    sides = load_sides(settings(), Dataset(TASKS.get("demo-problem"), rows), [])
    texts = [{one.programs[0].text for one in side} for side in (sides.learn, sides.prove)]
    assert texts[0].isdisjoint(texts[1])
    assert sides.left_out == 60 - sum(map(len, (sides.learn, sides.choose, sides.prove)))


@pytest.mark.parametrize("valid", [None, "test"])
def test_what_is_chosen_by_proves_nothing(
    valid: str | None, devign_file: Path, tmp_path: Path
) -> None:
    task = TASKS.get("vulnerability-prediction")
    (tmp_path / "train.jsonl").write_text(devign_file.read_text().replace("total", "sum"))
    split = "test" if valid is None else "train"
    chosen = settings(
        task=task.name,
        data={"path": str(tmp_path), "split": split},
        valid_split=valid,
        test_split="test",
    )
    with pytest.raises(UsageError, match="no source is left to prove the repair on") as raised:
        load_sides(chosen, load_dataset(tmp_path, task, split=split), [])
    assert raised.value.option == "test_split"


def test_sides_that_cannot_be_filled_are_refused() -> None:
    dataset = Dataset(CLONE_DETECTION, (pair(0, 0, 1), pair(1, 1, 2), pair(2, 2, 0)))
    with pytest.raises(UsageError, match="share a program with another side"):
        load_sides(settings(task="clone-detection"), dataset, [])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"transforms": ["braces"], "unseen": ["lexical"]}, "braces: learnt from and unseen"),
        ({"unseen": ["bracs"]}, "unknown transformation 'bracs'"),
        ({"unseen": ["all"]}, "all transformations are unseen"),
        ({"valid_share": 0.5, "test_share": 0.5}, "leave nothing to learn from"),
        ({"compose": 2}, "keeps transformations apart"),
        ({"temperatures": [0.0]}, "greater than 0"),
        ({"steps": 0}, "greater than or equal to 1"),
    ],
)
def test_settings_that_do_not_fit(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        settings(**changed)
