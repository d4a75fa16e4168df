"""A compression's directory belongs to what it learnt from, by content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from metacompress.compression import compress as module
from metacompress.compression.settings import CompressionSettings
from metacompress.errors import RunDirectoryError
from metacompress.settings.validation import validated

if TYPE_CHECKING:
    from pathlib import Path


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize("finished", [True, False], ids=["finished", "half-finished"])
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("labels", "examples"),
        ("programs", "examples"),
        ("teacher", "teacher_fingerprint"),
        ("substitutes", "inputs"),
        ("variants", "inputs"),
    ],
)
def test_changed_inputs_are_refused(
    change: str, name: str, finished: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []

    class Summary:
        def stored(self) -> dict[str, Any]:
            return {}

    def run(*arguments: Any) -> Summary:
        begun.append(arguments)
        if not finished:
            raise KeyboardInterrupt
        return Summary()

    # Who may go on is decided before anything is trained.
    monkeypatch.setattr(module._Compression, "run", run)
    monkeypatch.setattr(module, "read_compression", lambda run: None)
    monkeypatch.setattr(module, "_figures", lambda summary: ())

    def compress(changed: str = "", **options: Any) -> None:
        invert, code = changed == "labels", "return 1 + {};" if changed == "programs" else "{};"
        rows = [
            {"id": str(k), "code": f"int f() {{ {code.format(k)} }}", "label": (k + invert) % 2}
            for k in range(20)
        ]
        _write(tmp_path / "d.jsonl", rows)
        p = 0.9 if changed == "teacher" else 0.8
        _write(tmp_path / "t.jsonl", [{"id": r["id"], "prob_1": p, "prob_0": 1 - p} for r in rows])
        for other in ("substitutes", "variants"):
            (tmp_path / other).write_text(f"other {other}" if changed == other else other)
        given = {
            "technique": "avatar",
            "task": "vulnerability-prediction",
            "teacher": f"recorded:{tmp_path}/t.jsonl",
            "data": {"path": str(tmp_path / "d.jsonl"), "language": "c"},
            "substitutes": tmp_path / "substitutes",
            "variants": tmp_path / "variants",
            "out": tmp_path / "out",
        }
        try:
            module.compress(validated(CompressionSettings, given), **options)
        except KeyboardInterrupt:
            assert not finished

    compress()
    compress()
    assert len(begun) == (1 if finished else 2)
    with pytest.raises(RunDirectoryError, match=rf"another compression \(different: {name}\)"):
        compress(change)
    before = len(begun)
    compress(change, overwrite=True)
    assert len(begun) == before + 1
