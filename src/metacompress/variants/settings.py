"""Settings of variants: which transformations make them, and what they must pass."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from metacompress.settings.base import Settings
from metacompress.settings.data import SelectionSettings
from metacompress.settings.fields import Group, InputPath, PathText, Seed, Shown, TaskName
from metacompress.settings.task import TaskClasses
from metacompress.settings.workers import WorkerSettings
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.validity_level import ValidityLevel


def _not_executed(level: object) -> object:
    if level == ValidityLevel.EXECUTE:
        raise ValueError("execute needs inputs, which data sets do not have; use compile")
    return level


Transforms = Annotated[
    tuple[str, ...],
    BeforeValidator(TRANSFORMS.chosen),
    Field(
        description="Transformations that make variants: names, levels (lexical, syntactic, "
        "data-flow, control-flow) or all (see metacompress list transforms)",
        examples=[["rename-identifiers"]],
    ),
    Shown(Group.VARIANTS, "NAME", flag="transform"),
]
RecordedSubstitutes = Annotated[
    InputPath | None,
    Field(
        description="File of recorded names that renaming takes; default: names of the data",
        examples=["substitutes.jsonl"],
    ),
    Shown(Group.VARIANTS, "FILE"),
]
TargetPrograms = Annotated[
    Literal["first", "second", "both"],
    Field(description="Program of a pair that is changed"),
    Shown(Group.VARIANTS),
]


class VariantSettings(Settings):
    """How variants are made."""

    group: ClassVar[Group] = Group.VARIANTS

    transforms: Transforms = ()
    compose: int | None = Field(
        default=None,
        ge=1,
        description="Transformations per variant, drawn at random; default: one variant for each "
        "transformation",
        examples=[3],
    )
    variants: int = Field(
        default=1, ge=1, description="Variants per example and transformation (or composition)"
    )
    programs: TargetPrograms = "first"
    substitutes: RecordedSubstitutes = None
    variants_from: Annotated[InputPath | None, Shown(word="FILE")] = Field(
        default=None,
        description="Table of variants that other tools made: source_id, code (of pairs code1 "
        "and code2) and tool",
        examples=["follow-ups.jsonl"],
    )
    validity: Annotated[
        Literal[ValidityLevel.PARSE, ValidityLevel.BINDINGS, ValidityLevel.COMPILE],
        BeforeValidator(_not_executed),
    ] = Field(default=ValidityLevel.BINDINGS, description="Checks that every variant must pass")
    seed: Seed = 0


class TransformSettings(WorkerSettings, VariantSettings, TaskClasses):
    """Variants of a source file or of a data set, outside of any study."""

    source: Annotated[PathText, Shown(Group.DATA, "FILE|DATA")] = Field(
        description="Source file, - for standard input, or data set: a table, a directory, "
        "hub:NAME or demo",
        examples=["program.c"],
    )
    task: Annotated[
        TaskName | None,
        Field(
            description="Task of a data set; a source file needs none",
            examples=["vulnerability-prediction"],
        ),
        Shown(Group.DATA, "NAME"),
    ] = None
    data: SelectionSettings = SelectionSettings()
    out: Annotated[PathText | None, Shown(Group.OUTPUT, "PATH")] = Field(
        default=None,
        description="Output: of a source file, a file or, for several variants, a directory; of a "
        "data set, a .jsonl, .csv, .tsv or .parquet file that is a data set itself",
        examples=["variants.jsonl"],
    )


def composition_name(count: int) -> str:
    """What stands for the transformation's name where ``count`` of them were applied."""
    return f"compose-{count}"
