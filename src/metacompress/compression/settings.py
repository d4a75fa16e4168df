"""Settings of a compression: what the command line and the Python API fill in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from metacompress.errors import UsageError
from metacompress.settings.data import DataConfig
from metacompress.settings.fields import InputPath, OneOrSeveral, PathText, Seed
from metacompress.settings.validation import validated
from metacompress.transforms import TRANSFORMS


class CompressionSettings(BaseModel):
    """One student by one technique. Paths stand as given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    technique: Literal["compressor", "avatar", "morph"]
    task: str
    teacher: str = Field(description="model specification; recorded: takes recorded soft labels")
    data: DataConfig
    out: PathText = Field(description="directory of everything that is made")
    valid_split: str | None = Field(default=None, description="of the same data")
    hold_out: float | None = Field(
        default=None, gt=0, lt=1, description="share of the groups that validates instead"
    )
    test_split: str | None = Field(default=None, description="scored once, at the end")
    target_mb: float = Field(default=3.0, gt=0, description="size of the student in MB")
    cost: Literal["exact", "published"] = Field(
        default="exact", description="how parameters and operations are counted"
    )
    space: dict[str, tuple[Any, ...]] = Field(
        default={}, description="dimension = values, in place of the technique's own"
    )
    budget: int = Field(default=20, ge=2, description="configurations that are trained to search")
    budget_minutes: float | None = Field(
        default=None, gt=0, description="of these trainings; none is begun after them"
    )
    trial_epochs: float = Field(default=5, gt=0, description="of these trainings")
    trial_examples: int | None = Field(
        default=None, ge=1, description="that these trainings learn from, at most"
    )
    epochs: float = Field(default=20, gt=0, description="of the student's training")
    patience: int | None = Field(
        default=3, ge=1, description="evaluations without a better one that end a training"
    )
    seeds: int = Field(default=1, ge=1, description="students of the chosen configuration")
    temperature: float | None = Field(
        default=None, gt=0, description="of the soft loss; default: the technique's"
    )
    transforms: Annotated[tuple[str, ...], BeforeValidator(TRANSFORMS.chosen)] = Field(
        default=("rename-identifiers",), description="what makes variants, for morph"
    )
    substitutes: InputPath | None = Field(default=None, description="file of recorded names")
    variants: InputPath | None = Field(
        default=None, description="table of recorded variants with a column source_id"
    )
    variant_labels: Literal["asked", "inherited"] = Field(
        default="asked", description="what students learn of a variant: its answer or its source's"
    )
    faithful: Annotated[
        tuple[Literal["frozen-biases", "double-softmax", "in-place-mutation"], ...], OneOrSeveral
    ] = Field(default=(), description="what published programs do and papers do not say")
    precision: Literal["fp32", "bf16", "fp16"] = "fp32"
    jobs: int = Field(default=1, ge=1, description="trainings at once")
    store: PathText | None = Field(
        default=None, description="prediction store to share between runs"
    )
    seed: Seed = 0

    @property
    def needs_labels(self) -> bool:
        """Whether every example must have a label; a teacher's answers do without."""
        return False

    def identity(self) -> dict[str, Any]:
        """Everything that the result depends on."""
        return self.model_dump(mode="json", exclude={"out", "jobs", "store"})


def make_compression_settings(settings: dict[str, Any]) -> CompressionSettings:
    """Validate settings.

    Raises:
        UsageError: one is missing, unknown or out of range, or two exclude each other.
    """
    made = validated(CompressionSettings, settings)
    if made.valid_split is not None and made.hold_out is not None:
        raise UsageError("give --valid-split or --hold-out, not both", option="hold_out")
    if made.technique != "avatar" and "in-place-mutation" in made.faithful:
        raise UsageError("--faithful in-place-mutation is a quirk of avatar", option="faithful")
    return made
