"""The summary of transformed programs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from metacompress.runs.record import Record


class MadeVariants(Record):
    """The variants of one transformation."""

    made: int = Field(description="variants that passed the gate")
    refused: dict[str, int] = Field(description="variants refused, by reason")


class TransformSummary(Record):
    """Variants made outside of any study."""

    schema_name: Literal["metacompress.transform/1"] = Field(
        default="metacompress.transform/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path | None = Field(description="file or directory of the variants, if one was written")
    made: int = Field(description="variants that passed the gate")
    attempted: int = Field(description="variants requested")
    transformations: dict[str, MadeVariants] = Field(description="by transformation")
