from __future__ import annotations

from collections import Counter

import pytest

from metacompress.data.demo import SPLITS, read_problems
from metacompress.data.loading import load_dataset
from metacompress.errors import UsageError
from metacompress.lang.language import Language

CLONES = "clone-detection"


def problem_of(program_id: str) -> str:
    return program_id.partition("/")[0]


@pytest.fixture(scope="module")
def splits() -> dict:
    return {split: load_dataset("demo", CLONES, split=split) for split in SPLITS}


def test_labels_say_whether_both_programs_solve_the_same_problem(splits: dict) -> None:
    for split, dataset in splits.items():
        for example in dataset:
            first, second = map(problem_of, example.program_ids)
            assert example.label == int(first == second), (split, example.id)


def test_every_split_is_balanced(splits: dict) -> None:
    for dataset in splits.values():
        counts = Counter(example.label for example in dataset)
        assert counts[0] == counts[1] > 100


def test_every_split_holds_every_language_in_equal_parts(splits: dict) -> None:
    for split, dataset in splits.items():
        counts = Counter(example.programs[0].language for example in dataset)
        assert set(counts) == {Language.C, Language.JAVA, Language.PYTHON}
        assert min(counts.values()) > 0.3 * len(dataset), split


def test_evaluation_pairs_are_of_one_language(splits: dict) -> None:
    for split in ("valid", "test", "unseen-problems"):
        for example in splits[split]:
            assert example.programs[0].language == example.programs[1].language


def test_a_distinct_pair_in_three_has_one_input_shape(splits: dict) -> None:
    shapes = {problem.slug: problem.input_shape for problem in read_problems()}
    distinct = [example for example in splits["test"] if example.label == 0]
    hard = sum(
        shapes[problem_of(example.program_ids[0])] == shapes[problem_of(example.program_ids[1])]
        for example in distinct
    )
    assert hard >= len(distinct) / 3


def test_no_implementation_is_both_for_training_and_new(splits: dict) -> None:
    trained = {name for example in splits["train"] for name in example.program_ids}
    tested = {example.program_ids[0] for example in splits["test"]}
    validated = {example.program_ids[0] for example in splits["valid"]}
    assert not tested & trained
    assert not validated & trained
    assert not validated & tested
    assert {example.program_ids[1] for example in splits["test"]} <= trained


def test_unseen_problems_occur_nowhere_else(splits: dict) -> None:
    problems = {
        split: {problem_of(name) for example in dataset for name in example.program_ids}
        for split, dataset in splits.items()
    }
    unseen = problems.pop("unseen-problems")
    assert len(unseen) >= 8
    assert not unseen & set.union(*problems.values())
    assert problems["test"] == problems["train"]


def test_single_programs_follow_the_same_split(splits: dict) -> None:
    singles = load_dataset("demo", "demo-problem", split="test")
    assert {e.id for e in singles} == {e.program_ids[0] for e in splits["test"]}
    labels = singles.task.labels
    assert all(labels[e.label or 0] == problem_of(e.id) for e in singles)


def test_language_and_limit(splits: dict) -> None:
    java = load_dataset("demo", CLONES, split="test", language="java", limit=20)
    assert len(java) == 20
    assert all(example.programs[0].language == Language.JAVA for example in java)


@pytest.mark.parametrize(
    ("task", "split", "message"),
    [
        (CLONES, None, "unseen-problems"),
        (CLONES, "tset", "no split 'tset'"),
        ("vulnerability-prediction", "test", "not vulnerability-prediction"),
    ],
)
def test_wrong_questions_are_answered(task: str, split: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_dataset("demo", task, split=split)
