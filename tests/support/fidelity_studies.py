"""Programs, and settings of studies of next-token fidelity on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from metacompress.settings.validation import validated
from metacompress.study.fidelity.config import FidelityConfig

if TYPE_CHECKING:
    from pathlib import Path

LABELS = "ABCDEFGHIJ"


def function(number: int) -> str:
    return (
        f"int scale{number}(int count, const int *values)\n{{\n"
        f"    int total = {number};\n"
        "    for (int index = 0; index < count; index++)\n"
        "        total += values[index]; /* très bien */\n"
        f"    return total * {number};\n}}\n"
    )


def write_programs(path: Path) -> Path:
    """Ten functions, with labels that no language model asks for."""
    rows = [{"id": f"p{k}", "code": function(k), "label": LABELS[k]} for k in range(10)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def settings(decoders: dict[str, Path], programs: Path, **others: Any) -> FidelityConfig:
    given = {
        "teacher": decoders["teacher"].as_posix(),
        "student": {"near": decoders["near"].as_posix(), "other": decoders["other"].as_posix()},
        "data": {"path": programs.as_posix(), "language": "c"},
        "transforms": ["rename-identifiers"],
        "workers": 1,
    }
    return validated(FidelityConfig, {**given, **others})
