"""Settings of data sets: which examples, and which of them train and validate."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from metacompress.data.dataset import DEFAULT_QUARANTINE_LIMIT
from metacompress.settings.base import Settings
from metacompress.settings.fields import MAX_SEED, Group, LanguageName, Pairs, PathText, Shown


class SelectionSettings(Settings):
    """Which examples of a data set count."""

    group: ClassVar[Group] = Group.DATA

    split: Annotated[str | None, Shown(word="NAME")] = Field(
        default=None,
        description="Split of the data: train, valid (or dev) or test; needed where the data "
        "have splits",
        examples=["test"],
    )
    fields: Annotated[dict[str, str], Pairs, Shown(word="ROLE=COLUMN", flag="field")] = Field(
        default={},
        description="Columns by role, where their names are unusual; roles: code, or code1 and "
        "code2; label, id, group, language; file and line of the program (file1, "
        "file2, ...)",
        examples=[{"code": "source"}],
    )
    language: Annotated[LanguageName | None, Shown(word="NAME")] = Field(
        default=None,
        description="Language of the programs where the data do not name it: c, cpp, java, "
        "python, go and others",
        examples=["c"],
    )
    limit: int | None = Field(
        default=None,
        ge=1,
        description="Use only a sample of N examples; a larger N keeps those of a smaller one",
        examples=[1000],
    )
    head: bool = Field(
        default=False, description="Use the first N examples of limit in place of a sample"
    )
    sample_seed: int = Field(
        default=0,
        ge=0,
        le=MAX_SEED,
        description=f"Random seed of the sample that limit draws, from 0 to {MAX_SEED}",
    )
    max_quarantined: float = Field(
        default=DEFAULT_QUARANTINE_LIMIT,
        ge=0,
        le=1,
        description="Largest tolerated share of malformed rows, from 0 to 1",
    )


class DataSettings(SelectionSettings):
    """A data set."""

    path: Annotated[PathText, Shown(word="PATH", keyword="data")] = Field(
        description="Data set: a file, a directory, hub:NAME or demo", examples=["test.jsonl"]
    )

    @property
    def skips_unanswered(self) -> bool:
        """Whether examples without a recorded prediction are left out."""
        return False


class PredictedDataSettings(DataSettings):
    """A data set for which predictions may be recorded."""

    missing: Literal["error", "skip"] = Field(
        default="error",
        description="Handling of an example that a recorded model has no prediction for: fail, "
        "or leave it out",
    )

    @property
    def skips_unanswered(self) -> bool:
        """Whether examples without a recorded prediction are left out."""
        return self.missing == "skip"
