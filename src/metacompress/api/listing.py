"""The summary of ``metacompress list``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from metacompress.runs.record import Record


class ListSummary(Record):
    """Names to choose from."""

    schema_name: Literal["metacompress.list/1"] = Field(
        default="metacompress.list/1",
        alias="schema",
        description="name and version of this format",
    )
    kind: str = Field(
        description="what is listed: models, transforms, attacks, substitutes, relations, "
        "token-relations, completion-relations, techniques or tasks"
    )
    entries: dict[str, str] = Field(description="one line of description by name")
