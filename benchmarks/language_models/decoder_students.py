"""Smaller versions of one decoder, made once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import metacompress

if TYPE_CHECKING:
    from pathlib import Path

STUDENTS: dict[str, tuple[Any, dict[str, int]]] = {
    "int8": (metacompress.quantize, {"bits": 8}),
    "int4-g32": (metacompress.quantize, {"bits": 4, "group_size": 32}),
    "int4-g128": (metacompress.quantize, {"bits": 4, "group_size": 128}),
    "less-3-layers": (metacompress.prune, {"layers": 3}),
}


def student(name: str, model: Path, out: Path) -> Path:
    """Directory of a student of ``model``; made where it is not there."""
    make, settings = STUDENTS[name]
    place = out / "students" / name
    if not place.is_dir():
        make(model=f"causal:{model}", out=place, **settings)
    return place
