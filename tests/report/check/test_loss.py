from __future__ import annotations

from typing import TYPE_CHECKING

import metacompress
from metacompress.data.part import Part
from metacompress.report.check.loss import beyond_rows, loss_statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset


def test_a_loss_statement_tells_every_row_once(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(60),
        task="vulnerability-prediction",
        transforms=("rename-identifiers",),
        run=tmp_path / "run",
    )
    (student,) = result.students.values()
    told = {one.title: one.sentences for one in loss_statement(student)}
    rows = [
        (name, part, judged.verdict)
        for name, found in student.relations.items()
        for part, judged in found.parts()
    ]
    titles = {"pass": "Preserved", "fail": "Lost", "undecided": "Not decided"}
    for name, part, verdict in rows:
        if verdict is not None:
            begins = f"{name} on {part.words}: "
            found = [title for title, all_ in told.items() for s in all_ if s.startswith(begins)]
            assert found == [titles[verdict]]
    assert "Lost" in told
    on_sources, on_follow_ups, moved = told["Direction"]
    assert (on_sources[:11], on_follow_ups[:14]) == ("on sources:", "on follow-ups:")
    shares = student.direction[Part.FOLLOW_UPS].left
    assert f"student alone changed its prediction on {100 * shares['student']:.0f} %" in moved
    assert {one.title for one in beyond_rows(student)} <= {
        "Not decided",
        "Direction",
        "Confidence",
        "Floor",
    }
    page = result.to_html()
    assert all(sentence in page for sentence in told["Lost"])
