from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import metacompress
from metacompress.report.check.heat_map import Cell, HeatMaps
from metacompress.runs.run_directory import RunDirectory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from metacompress.data.dataset import Dataset


def test_shades_tell_rates_apart() -> None:
    shades = [Cell(violations, 100).shade for violations in (0, 1, 5, 30, 100)]
    assert shades == sorted(set(shades))
    assert (shades[0], shades[-1]) == (0, 9)


def test_cells_count_the_rows_of_the_tables(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(24),
        task="vulnerability-prediction",
        transforms=("rename-identifiers", "comments"),
        relations=("prediction-agreement", "new-disagreement"),
        run=tmp_path / "run",
        report=False,
    )
    transformation = {
        row["id"]: row["transformation"] for row in result.variants.to_pylist() if row["programs"]
    }
    counted: Counter[tuple[str, str, str]] = Counter()
    for row in result.violations.to_pylist():
        made_by = transformation[row["id"]] if row["part"] == "follow_ups" else ""
        counted[row["relation"], made_by, "inputs"] += row["applicable"]
        counted[row["relation"], made_by, "violations"] += row["violated"]
    maps = {
        one.facet: one for one in HeatMaps(RunDirectory(result.run), result.summary).of("student")
    }
    assert set(maps["transformation"].rows) == {"", "rename-identifiers", "comments"}
    for made_by, cells in maps["transformation"].rows.items():
        for relation, cell in zip(maps["transformation"].relations, cells, strict=True):
            inputs = counted[relation, made_by, "inputs"]
            if cell is None:
                assert inputs == 0
            else:
                assert cell.inputs == inputs
                assert cell.violations == counted[relation, made_by, "violations"]
    # Every source has one of the two labels, so that both rows together are all inputs.
    index = maps["slice"].relations.index("prediction-agreement")

    def inputs_of(rows: Iterable[list[Cell | None]]) -> int:
        return sum(cells[index].inputs for cells in rows if cells[index])

    by_label = [maps["slice"].rows[f"label {name}"] for name in ("safe", "vulnerable")]
    assert inputs_of(by_label) == inputs_of(maps["transformation"].rows.values()) > 0
