"""Functions whose rows say where they stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = 6
"""The functions stand in so many files, one after another, ten lines apart."""


def write_functions(path: Path, count: int) -> Path:
    """JSON Lines with so many C functions, each with its file and line."""
    rows = [
        {
            "id": f"f{k}",
            "code": f"int scale{k}(int count, const int *values)\n{{\n"
            f"    int total = {k};\n"
            "    for (int index = 0; index < count; index++)\n"
            "        total += values[index];\n"
            "    return total;\n}\n",
            "label": k % 2,
            "file": f"src/part {k % FILES}.c",
            "line": 1 + 10 * (k // FILES),
        }
        for k in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path
