"""The settings of a data set."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from metacompress.data.loading import DEFAULT_QUARANTINE_LIMIT
from metacompress.settings.fields import LanguageName, PathText
from metacompress.settings.validation import validated


class DataConfig(BaseModel):
    """Which examples a study is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: PathText = Field(description="file, directory, or hub:NAME", examples=["test.jsonl"])
    split: str | None = Field(
        default=None, description="train, valid or test, for directories", examples=["test"]
    )
    fields: dict[str, str] = Field(
        default={},
        description="columns by role, where their names are unusual",
        examples=[{"code": "source"}],
    )
    language: LanguageName | None = Field(
        default=None, description="c, cpp, java, python, go, ...", examples=["c"]
    )
    limit: int | None = Field(
        default=None, ge=1, description="first so many examples only", examples=[1000]
    )
    max_quarantined: float = Field(
        default=DEFAULT_QUARANTINE_LIMIT,
        ge=0,
        le=1,
        description="share of malformed rows tolerated",
    )
    missing: Literal["error", "skip"] = Field(
        default="error", description="what to do with examples that a recording lacks"
    )


def make_data_config(settings: dict[str, Any]) -> DataConfig:
    """Validate the settings of a data set; see ``validated``."""
    return validated(DataConfig, settings)
