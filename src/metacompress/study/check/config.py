"""The configuration of a check: what the command line, a TOML file and the Python API fill in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import tomlkit
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from metacompress.relations import DEFAULT_RELATIONS
from metacompress.relations.registry import Relations
from metacompress.settings.data import DataConfig
from metacompress.settings.fields import InputPath, PathText, Seed
from metacompress.settings.toml import add_fields
from metacompress.settings.validation import validated
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.validity import ValidityLevel


class StudyConfig(BaseModel):
    """One study. Paths stand as given; relative ones are relative to the working directory."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    task: str = Field(
        description="clone-detection or vulnerability-prediction",
        examples=["vulnerability-prediction"],
    )
    teacher: str = Field(
        description="model specification, KIND:LOCATION?option=value", examples=["path/to/teacher"]
    )
    student: str = Field(description="model specification", examples=["onnx:path/to/student"])
    data: DataConfig
    transforms: Annotated[tuple[str, ...], BeforeValidator(TRANSFORMS.chosen)] = Field(
        default=(),
        description="what makes follow-up inputs: names, levels or all; none: sources only",
    )
    compose: int | None = Field(
        default=None,
        ge=1,
        description="apply so many random ones in a row; else one at a time",
        examples=[3],
    )
    variants: int = Field(default=1, ge=1, description="variants per example and transformation")
    programs: Literal["first", "second", "both"] = Field(
        default="first", description="which program of a pair is transformed"
    )
    substitutes: InputPath | None = Field(
        default=None,
        description="file of recorded substitutes; else names come from the data",
        examples=["substitutes.jsonl"],
    )
    validity: ValidityLevel = Field(
        default=ValidityLevel.BINDINGS, description="what every variant must pass"
    )
    relations: Relations = Field(
        default={name: {} for name in DEFAULT_RELATIONS},
        min_length=1,
        description="relations with their constants and tolerances",
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="of every interval")
    resamples: int = Field(default=2000, ge=100, description="of every bootstrap")
    seed: Seed = Field(default=0, description="of everything that is random")
    run: PathText | None = Field(default=None, description="run directory", examples=["runs/mine"])
    store: PathText | None = Field(
        default=None,
        description="prediction store to share between runs",
        examples=["predictions.sqlite"],
    )

    def identity(self) -> dict[str, Any]:
        """Everything that the results depend on: all but where they are kept."""
        return self.model_dump(mode="json", exclude={"run", "store"})


def make_config(settings: dict[str, Any]) -> StudyConfig:
    """Validate the settings of a study.

    Raises:
        UsageError: a setting is missing, unknown or out of range; the message names it.
    """
    return validated(StudyConfig, settings)


def write_config(settings: dict[str, Any]) -> str:
    """A commented TOML file with ``settings``; what is not set stands as a comment."""
    document = tomlkit.document()
    document.add(tomlkit.comment("A MetaCompress study: metacompress check THIS_FILE"))
    add_fields(document, StudyConfig, {k: v for k, v in settings.items() if k != "data"})
    data = tomlkit.table()
    add_fields(data, DataConfig, settings.get("data", {}))
    document.add("data", data)
    relations = tomlkit.table(is_super_table=True)
    for name, constants in settings.get("relations", {n: {} for n in DEFAULT_RELATIONS}).items():
        table = tomlkit.table()
        table.update(constants)
        relations.add(name, table)
    document.add("relations", relations)
    return tomlkit.dumps(document)
