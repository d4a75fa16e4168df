"""Settings of compressions: what the command line, a TOML file and the Python API fill in."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import Field, model_validator

from metacompress.compression.search.space import parse_restriction
from metacompress.compression.techniques.registry import TECHNIQUES
from metacompress.errors import UsageError
from metacompress.settings.base import Settings
from metacompress.settings.data import PredictedDataSettings
from metacompress.settings.fields import (
    Epochs,
    Group,
    InputPath,
    OneOrSeveral,
    OutDirectory,
    PathText,
    Shown,
    StorePath,
    TeacherModel,
)
from metacompress.settings.output import TrackerName
from metacompress.training.settings import LearningSettings
from metacompress.variants.settings import RecordedSubstitutes, Transforms

UNUSED: Final = {
    "compressor": (Group.TRIALS, Group.VARIANTS),
    "avatar": (Group.VARIANTS,),
    "morph": (),
}
"""Groups of settings that a technique does not use; its command has no flags for them."""


class CompressionSettings(LearningSettings):
    """One student by one technique."""

    group: ClassVar[Group] = Group.SEARCH

    technique: Literal["compressor", "avatar", "morph"] = Field(
        description="Technique that makes the student", examples=["avatar"]
    )
    teacher: TeacherModel
    data: PredictedDataSettings
    target_mb: float = Field(
        default=3.0, gt=0, description="Largest size of the student, in megabytes"
    )
    cost: Literal["exact", "published"] = Field(
        default="exact",
        description="Way to count parameters and operations: exact, or by published formulas",
    )
    space: Annotated[dict[str, tuple[Any, ...]], Shown(word="NAME=VALUE,VALUE")] = Field(
        default={},
        description="Values of a hyper-parameter, in place of the technique's own",
        examples=[{"layers": [2, 3]}],
    )
    budget: Annotated[int, Shown(Group.TRIALS)] = Field(
        default=20, ge=2, description="Configurations that are trained to search, at least 2"
    )
    budget_minutes: Annotated[float | None, Shown(Group.TRIALS)] = Field(
        default=None,
        gt=0,
        description="Largest time of the search's trainings, in minutes; none begins after it",
        examples=[60.0],
    )
    trial_epochs: Annotated[float, Shown(Group.TRIALS)] = Field(
        default=5, gt=0, description="Passes over the data of each of the search's trainings"
    )
    trial_examples: Annotated[int | None, Shown(Group.TRIALS)] = Field(
        default=None,
        ge=1,
        description="Largest number of examples of each of the search's trainings; default: all",
        examples=[1000],
    )
    epochs: Epochs = 20
    seeds: Annotated[int, Shown(Group.TRAINING)] = Field(
        default=1, ge=1, description="Students to train, of which the median is taken"
    )
    temperature: Annotated[float | None, Shown(Group.TRAINING)] = Field(
        default=None,
        gt=0,
        description="Temperature of the soft loss; default: as the technique has it",
        examples=[2.0],
    )
    transforms: Transforms = ("rename-identifiers",)
    substitutes: RecordedSubstitutes = None
    variants: Annotated[InputPath | None, Shown(Group.VARIANTS, "FILE")] = Field(
        default=None,
        description="Table of recorded variants with a column source_id, as metacompress "
        "transform writes it; default: variants are made",
        examples=["variants.jsonl"],
    )
    variant_labels: Annotated[Literal["asked", "inherited"], Shown(Group.VARIANTS)] = Field(
        default="asked",
        description="Soft label of a variant: the teacher's answer to it, or that to its source",
    )
    faithful: Annotated[
        tuple[Literal["frozen-biases", "double-softmax", "in-place-mutation"], ...],
        OneOrSeveral,
        Shown(Group.TRAINING, word="QUIRK"),
    ] = Field(
        default=(),
        description="Quirks of the published programs to reproduce: frozen-biases, "
        "double-softmax, in-place-mutation (avatar)",
        examples=[["frozen-biases"]],
    )
    jobs: Annotated[int, Shown(Group.RUN)] = Field(
        default=1, ge=1, description="Trainings that run at once"
    )
    store: StorePath = None
    tracker: TrackerName = None

    @property
    def needs_labels(self) -> bool:
        """Whether every example must have a label; a teacher's answers do without."""
        return False

    def identity(self) -> dict[str, Any]:
        """Everything that the result depends on."""
        return self.model_dump(mode="json", exclude={"out", "jobs", "store", "device", "tracker"})

    @model_validator(mode="before")
    @classmethod
    def _read_space(cls, settings: Any) -> Any:
        """Understand ``NAME=VALUE,VALUE`` in the space, with values of the technique's types."""
        given = settings.get("space")
        if not isinstance(given, list) or settings.get("technique") not in TECHNIQUES.names():
            return settings
        space = TECHNIQUES.get(settings["technique"]).space
        return {**settings, "space": dict(parse_restriction(text, space) for text in given)}

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.technique != "avatar" and "in-place-mutation" in self.faithful:
            raise UsageError("--faithful in-place-mutation is a quirk of avatar", option="faithful")
        return self


class QuantizeSettings(Settings):
    """A model to write with weights of fewer bits."""

    model: Annotated[PathText, Shown(Group.MODELS, "MODEL")] = Field(
        description="Classifier: a Hugging Face directory or hub id, or onnx:DIR; or a causal "
        "language model: a directory, a GGUF file, or causal:LOCATION",
        examples=["path/to/model"],
    )
    out: OutDirectory
    bits: Annotated[Literal[4, 8], Shown(Group.MODELS)] = Field(
        default=8, description="Bits of a weight; 4 are for language models"
    )
    group_size: Annotated[int | None, Shown(Group.MODELS)] = Field(
        default=None,
        ge=1,
        description="Neighbours in a row of a language model's weights that share a scale; "
        "default: a whole row of 8 bits, and 128 of 4",
        examples=[32],
    )


class PruneSettings(Settings):
    """A model to take layers, heads, neurons and weights from."""

    group: ClassVar[Group] = Group.PRUNING

    model: Annotated[PathText, Shown(Group.MODELS, "MODEL")] = Field(
        description="BERT or RoBERTa classifier: a Hugging Face directory or hub id; or a causal "
        "language model: a directory, a GGUF file, or causal:LOCATION",
        examples=["path/to/model"],
    )
    out: OutDirectory
    layers: int = Field(
        default=0,
        ge=0,
        description="Number of a language model's layers that are removed: those that change the "
        "vectors of tokens least, on programs of the demo set",
    )
    heads: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Share of each layer's attention heads that become zero, from 0 to 1",
    )
    feed_forward: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Share of each layer's inner neurons that are removed, from 0 to 1",
    )
    magnitude: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Share of the layers' single weights that become zero, from 0 to 1",
    )

    def shares(self) -> dict[str, float]:
        """What is taken away, by what it is."""
        return self.model_dump(include={"heads", "feed_forward", "magnitude"})
