"""Attempts to make a variant, outside of any study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class AppliedEdit:
    """One edit of a program.

    Attributes:
        program: position of the program in its example.
        step: number of the transformation, where several were applied in a row.
        transformation: its name.
        start, end: bytes of the text before this step that were replaced.
        replacement: new text.
    """

    program: int
    step: int
    transformation: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class VariantAttempt:
    """One requested variant.

    Attributes:
        id: of the variant.
        source_id: of its example.
        transformation: that was applied.
        refusal: why there is no variant, or None.
        programs: texts of the variant, in the order of the example's; empty without one.
        edits: that lead from the source to it.
    """

    id: str
    source_id: str
    transformation: str
    refusal: str | None
    programs: tuple[str, ...]
    edits: tuple[AppliedEdit, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> VariantAttempt:
        """The attempt in a row of a table of variants."""
        return cls(
            id=row["id"],
            source_id=row["source_id"],
            transformation=row["transformation"],
            refusal=row.get("refusal"),
            programs=tuple(row.get("programs") or ()),
            edits=tuple(AppliedEdit(**edit) for edit in row.get("edits") or ()),
        )
