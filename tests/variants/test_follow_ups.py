from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metacompress.runs.run_directory import RunDirectory
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.table import attempts_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset


def row(source: int, kind: str, **outcome: object) -> dict[str, object]:
    return {
        "id": f"{source}~{kind}~0",
        "source_id": str(source),
        "transformation": kind,
        **outcome,
    }


ROWS = [
    row(1, "rename", programs=["int a;"], edits=[]),
    row(1, "layout", refusal="no-site"),
    row(0, "layout", programs=["int b;"], edits=[]),
    row(2, "rename", programs=["int c;"], edits=[]),
]


@pytest.mark.parametrize("stored", [False, True])
def test_follow_ups_are_the_variants_of_their_sources(
    stored: bool, make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    sources = make_dataset(3).examples
    attempts = attempts_table(ROWS)
    if stored:
        run = RunDirectory(tmp_path)
        run.write_table("variants.parquet", attempts)
        attempts = run.open_table("variants.parquet")
    found = FollowUps(attempts, sources)
    assert len(found) == 3
    assert found.ids.to_pylist() == ["1~rename~0", "0~layout~0", "2~rename~0"]
    assert found.source_rows.tolist() == [1, 0, 2]
    assert found.kinds.names == ("layout", "rename")
    assert found.kinds.present() == ["rename", "layout"]
    assert found.kinds.are("rename").tolist() == [True, False, True]
    for examples in (list(found), list(found)):
        assert [one.id for one in examples] == found.ids.to_pylist()
        assert [one.programs[0].text for one in examples] == ["int a;", "int b;", "int c;"]
        assert [one.label for one in examples] == [1, 0, 0]
        assert [one.program_ids for one in examples] == [("1",), ("0",), ("2",)]


def test_without_variants_there_are_no_follow_ups(make_dataset: Callable[[int], Dataset]) -> None:
    found = FollowUps(attempts_table(ROWS[1:2]), make_dataset(3).examples)
    assert (len(found), list(found), found.ids.to_pylist(), found.kinds.present()) == (
        0,
        [],
        [],
        [],
    )
