"""Types of settings, each with its description: a setting that several models have is written once.

The marks in an annotation say how a setting is shown and validated; see ``settings.flat``.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from metacompress.files.existing import existing_path
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Group(StrEnum):
    """What a setting is about; help texts and reference pages list settings in this order."""

    DATA = "Data"
    MODELS = "Models"
    VARIANTS = "Variants"
    ATTACKS = "Attacks"
    RELATIONS = "Relations"
    STATISTICS = "Statistics"
    SEARCH = "Search"
    TRIALS = "Trials"
    ARCHITECTURE = "New model"
    TRAINING = "Training"
    PRUNING = "Pruning"
    RUN = "Run"
    OUTPUT = "Output"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a setting is shown; a mark for annotations.

    Attributes:
        group: where help texts list it; None for the group of its model.
        word: stands for its value in help texts; None for a word that follows from the type.
        keyword: its name in Python and, with dashes, at the command line; None for that of its
            field, which is also its TOML key.
        flag: its name at the command line where that is another one: of what is repeated there.
    """

    group: Group | None = None
    word: str | None = None
    keyword: str | None = None
    flag: str | None = None


def _as_text(value: object) -> object:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _plain_language(value: str) -> str:
    return Language.parse(value)


def _known_device(value: str) -> str:
    if not re.fullmatch(r"auto|cpu|mps|cuda(:\d+)?", value):
        raise ValueError(f"write auto, cpu, cuda, cuda:N or mps, not {value!r}")
    return value


PathText = Annotated[str, BeforeValidator(_as_text)]
"""A path as text; it may be given as a Path."""


@dataclass(frozen=True, slots=True)
class ByContent:
    """Mark of a setting that names an input, which counts by its content and not by its name.

    Attributes:
        place: maps the setting to the file or directory that it names; None where it names
            nothing on this disk, for instance a hub id.
    """

    place: Callable[[str], Path | None]


InputPath = Annotated[str, BeforeValidator(_as_text), ByContent(existing_path)]
"""The same, of a file or a model's directory that is read: see ``input_files``."""


def _read_pairs(given: object) -> object:
    """``NAME=VALUE``, one or several, as a table; anything else as it is."""
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        return given
    table: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise ValueError(f"write NAME=VALUE, not {text!r}")
        if name in table:
            raise ValueError(f"{name} is given twice")
        table[name] = value
    return table


Pairs = BeforeValidator(_read_pairs)
"""Lets a user write a table as texts ``NAME=VALUE``."""

OneOrSeveral = BeforeValidator(lambda names: (names,) if isinstance(names, str) else names)
"""Lets a user give one name as a text where several may stand."""

MAX_SEED = 2**32 - 1
"""Largest seed: what every library that is seeded takes."""

Seed = Annotated[
    int,
    Field(ge=0, le=MAX_SEED, description="Random seed, from 0 to 4294967295"),
    Shown(Group.RUN),
]
LanguageName = Annotated[str, AfterValidator(_plain_language)]
"""A language in any spelling that is understood."""

TaskName = Annotated[
    str,
    Field(
        description="Task of the models: clone-detection, vulnerability-prediction, or another "
        "one that metacompress list tasks shows",
        examples=["vulnerability-prediction"],
    ),
    Shown(Group.DATA, "NAME"),
]
TeacherModel = Annotated[
    str,
    Field(
        description="Teacher: a model specification KIND:LOCATION?option=value, live or recorded",
        examples=["path/to/teacher"],
    ),
    Shown(Group.MODELS, "MODEL"),
]
StudentModel = Annotated[
    str,
    Field(description="Student: a model specification", examples=["onnx:path/to/student"]),
    Shown(Group.MODELS, "MODEL"),
]
Device = Annotated[
    str,
    AfterValidator(_known_device),
    Field(
        description="Device that PyTorch models run on, where their specification names none: "
        "auto, cpu, cuda, cuda:N or mps; auto takes a GPU if there is one"
    ),
    Shown(Group.MODELS, "NAME"),
]
BackendName = Annotated[
    Literal["auto", "torch", "onnx"],
    Field(
        description="Back end that runs models of the kind transformers on the CPU: torch, onnx "
        "(ONNX Runtime, whose probabilities must be within 1e-5 of torch's), or auto for the one "
        "that takes less processor time; a run goes on with the one it began with"
    ),
    Shown(Group.MODELS, "NAME"),
]
BatchSize = Annotated[
    int | None,
    Field(
        ge=1,
        description="Inputs per batch of a model, where its specification names none; default: "
        "by the length of the inputs; changes no result",
        examples=[32],
    ),
    Shown(Group.MODELS),
]
RunDirectoryPath = Annotated[
    PathText | None,
    Field(
        description="Run directory; default: one below runs/, named after the study",
        examples=["runs/mine"],
    ),
    Shown(Group.OUTPUT, "DIR"),
]
StorePath = Annotated[
    PathText | None,
    Field(
        description="Prediction store to share between runs; studies without --run share one",
        examples=["predictions.sqlite"],
    ),
    Shown(Group.OUTPUT, "FILE"),
]
OutDirectory = Annotated[
    PathText,
    Field(description="Output directory", examples=["out"]),
    Shown(Group.OUTPUT, "DIR"),
]
Precision = Annotated[
    Literal["fp32", "bf16", "fp16"],
    Field(description="Floating-point precision of the training"),
    Shown(Group.TRAINING),
]
Patience = Annotated[
    int | None,
    Field(ge=1, description="Evaluations in a row without a better one that end a training early"),
    Shown(Group.TRAINING),
]
Epochs = Annotated[
    float,
    Field(gt=0, description="Largest number of passes over the training data"),
    Shown(Group.TRAINING),
]
