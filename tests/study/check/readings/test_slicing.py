from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress.analysis.constructs import Construct
from metacompress.data.example import Example, Program
from metacompress.errors import RunDirectoryError
from metacompress.lang.language import Language
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.runs.progress import NoProgress
from metacompress.study.check.readings.properties import (
    constructs_of,
    source_slices,
    transformation_slices,
)

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.relations.slicing.slices import Slice

TASK = "vulnerability-prediction"
LOOP = "int f(int n) {{ for (;;) n += {0}; return n; }}"
PLAIN = "int f(int n) {{ return n + {0}; }}"


class PartsOnLoops:
    """Says safe, but for one kind of program."""

    labels = ("safe", "vulnerable")

    def __init__(self, word: str) -> None:
        self.word = word
        self.fingerprint = f"parts on {word}"

    def __call__(self, programs: list[str]) -> np.ndarray:
        return np.array([[0.2, 0.8] if self.word in text else [0.9, 0.1] for text in programs])


def examples(count: int) -> list[dict[str, object]]:
    return [
        {
            "idx": k,
            # Of about the same length: only the loop tells the two apart.
            "func": (LOOP if k % 4 == 0 else PLAIN).format(k).ljust(60 + k % 7),
            "target": k // 4 % 2,
        }
        for k in range(count)
    ]


def check(run: Path, count: int = 200, word: str = "for", **settings: object):
    return metacompress.check(
        PartsOnLoops("nothing"), PartsOnLoops(word), examples(count), task=TASK, run=run, **settings
    )


def test_a_check_finds_the_slice_in_which_the_student_parts(tmp_path: Path) -> None:
    result = check(tmp_path / "run", transforms=("rename-identifiers",))
    slices = result.students["student"].slices
    assert slices is not None
    clearest = slices.found[0]
    assert (clearest.relation, clearest.name) == ("prediction-agreement", "loops")
    assert (clearest.rate, clearest.elsewhere, clearest.share_of_violations) == (1, 0, 1)
    assert clearest.share_of_inputs == pytest.approx(0.25)
    assert clearest.sources == clearest.violations == 50
    # The tree needs one split, and its figures are those of the other half.
    assert [one.name for one in slices.combinations] == ["loops"]
    assert slices.combinations[0].sources < 50
    table = result.slices
    assert len(table) == slices.tested + slices.combinations_tested
    assert table["found"].to_pylist().count(True) == len(slices.found) + len(slices.combinations)
    assert set(table["part"].to_pylist()) == {"sources", "follow_ups"}
    content = json.loads((tmp_path / "run/summary.json").read_text())
    assert content["students"]["student"]["slices"]["found"][0]["name"] == "loops"


def test_nothing_stands_out_where_the_two_never_part(tmp_path: Path) -> None:
    slices = check(tmp_path / "run", word="never").students["student"].slices
    assert slices is not None
    assert slices.tested > 0
    assert (slices.found, slices.combinations, slices.combinations_tested) == ([], [], 0)


def test_few_sources_have_no_slices(tmp_path: Path) -> None:
    slices = check(tmp_path / "run", count=5).students["student"].slices
    assert slices is not None
    assert slices.tested == 0


def test_slices_can_be_turned_off(tmp_path: Path) -> None:
    result = check(tmp_path / "run", count=20, slices=False)
    assert result.students["student"].slices is None
    with pytest.raises(RunDirectoryError):
        _ = result.slices


def test_pairs_of_shared_programs(tmp_path: Path) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        "demo",
        task="clone-detection",
        split="test",
        limit=60,
        run=tmp_path / "run",
    )
    slices = result.students["student"].slices
    assert slices is not None
    assert all(one.kind for one in slices.found)
    assert "language" in set(result.slices["kind"].to_pylist())


def named(slices: list[Slice], name: str) -> Slice:
    return next(one for one in slices if one.name == name)


def sliced(*programs: tuple[Program, ...], labels: tuple[int | None, ...] = ()) -> list[Slice]:
    n = len(programs)
    labels = labels or (None,) * n
    found = [Example(str(k), one, labels[k], None, (str(k),)) for k, one in enumerate(programs)]
    known = np.array([-1 if label is None else label for label in labels], dtype=np.int64)
    p = np.tile([0.4, 0.6], (n, 1))
    outputs = Outputs.of_sources(p, p, known, np.arange(n))
    constructs = constructs_of(found, NoProgress())
    return source_slices(found, ("safe", "vulnerable"), outputs, np.arange(n) == 0, constructs)


def test_what_cannot_be_analysed_is_in_no_slice_of_constructs_and_outside_of_none() -> None:
    loop, plain = (Program(text.format(1), Language.C) for text in (LOOP, PLAIN))
    other = Program("fn f() { loop {} }", Language("rust"))
    slices = sliced((loop,), (plain,), (other,), (loop, other), (plain, other))
    loops = named(slices, Construct.LOOPS)
    assert loops.inside.tolist() == [True, False, False, True, False]
    assert loops.known.tolist() == [True, True, False, True, False]
    assert named(slices, "not analysed").inside.tolist() == [False, False, True, True, True]
    assert named(slices, "language c and rust").inside.tolist() == [False, False, False, True, True]


def test_labels_predictions_lengths_and_truncation() -> None:
    texts = [("x" * k,) for k in range(1, 9)]
    programs = [(Program(text, Language("rust")),) for (text,) in texts]
    slices = sliced(*programs, labels=(0, 1, None, 0, 1, 0, 1, 0))
    assert named(slices, "label safe").inside.sum() == 4
    assert named(slices, "label safe").known.sum() == 7
    assert named(slices, "predicted vulnerable").inside.all()
    assert named(slices, "cut off").inside.sum() == 1
    quarters = [one for one in slices if one.kind == "length"]
    assert np.array([one.inside for one in quarters]).sum(axis=0).tolist() == [1] * 8
    assert [one.inside.sum() for one in quarters] == [2, 2, 2, 2]
    assert quarters[0].name == "up to 2 characters"
    assert quarters[-1].name == "over 6 characters"


def test_no_sources_and_sources_of_one_length() -> None:
    assert not any(one.kind in ("language", "length") for one in sliced())
    same = sliced(*[(Program("x", Language("rust")),)] * 3)
    assert [one.name for one in same if one.kind == "length" and one.inside.any()] == [
        "up to 1 characters"
    ]


def test_slices_of_transformations() -> None:
    found = transformation_slices(Kinds.of(["b", "a", "b"]))
    assert [(one.name, one.inside.tolist()) for one in found] == [
        ("b", [True, False, True]),
        ("a", [False, True, False]),
    ]
    assert transformation_slices(Kinds.of([])) == []
