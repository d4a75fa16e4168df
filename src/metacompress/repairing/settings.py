"""Settings of repairs: what the command line, a TOML file and the Python API fill in."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from metacompress.attacks import make_attack
from metacompress.errors import UsageError
from metacompress.relations.registry import Relations
from metacompress.settings.fields import MAX_SEED, Group, Shown, StudentModel
from metacompress.study.check.config import DEFAULT_WORSE_BY
from metacompress.study.settings import StudySettings
from metacompress.transforms import TRANSFORMS
from metacompress.variants.settings import Transforms, VariantSettings

# Of the transformations that no setting names; ours.
_UNSEEN = "control-flow"
# What attacks that change names do.
_RENAMING = "rename-identifiers"
# That a repair by precision must make pass where no setting names some; ours.
_RELATIONS = ("prediction-agreement", "new-disagreement")
_OneOrSeveralNumbers = BeforeValidator(
    lambda given: (given,) if isinstance(given, (int, float, str)) else given
)
TRAINED, UNSEEN = "trained", "unseen"
"""The transformations that a repair learns from, and those that it is only tested on."""


class By(StrEnum):
    """What a repair changes."""

    DISTILLATION = "distillation"
    """The weights: more steps on sources and on their variants, with the teacher's answers."""
    PRECISION = "precision"
    """The precision of single tensors, of a student of the teacher's own architecture."""
    TEMPERATURE = "temperature"
    """One number that probabilities are softened by; predicted classes stay."""


class RepairSettings(StudySettings, VariantSettings):
    """How a student is repaired, and on what that is proved."""

    group: ClassVar[Group] = Group.TRAINING

    by: By = Field(
        default=By.DISTILLATION,
        description="Kind of repair: distillation (more steps on sources and variants with the "
        "teacher's answers), precision (the fewest tensors kept as the teacher has them) or "
        "temperature (confidence alone: no predicted class changes)",
    )
    student: StudentModel
    valid_split: Annotated[str | None, Shown(Group.DATA, "NAME")] = Field(
        default=None,
        description="Split to choose by; default: programs held out of the data",
        examples=["valid"],
    )
    test_split: Annotated[str | None, Shown(Group.DATA, "NAME")] = Field(
        default=None,
        description="Split to prove the repair on; default: programs held out of the data",
        examples=["test"],
    )
    test_limit: Annotated[int | None, Shown(Group.DATA)] = Field(
        default=None,
        ge=1,
        description="Use only a sample of N examples of each of these two splits",
        examples=[1000],
    )
    valid_share: Annotated[float, Shown(Group.DATA)] = Field(
        default=0.15,
        gt=0,
        lt=1,
        description="Share of the programs held out to choose by, where no split is named for it",
    )
    test_share: Annotated[float, Shown(Group.DATA)] = Field(
        default=0.3,
        gt=0,
        lt=1,
        description="Share of the programs held out to prove the repair on, where no split is "
        "named for it",
    )
    unseen: Annotated[Transforms, Shown(Group.VARIANTS, "NAME", flag="unseen")] = Field(
        default=(),
        description="Transformations that no training sees, to prove the repair on; default: "
        f"{_UNSEEN}. Without --transform, all others train",
        examples=[["control-flow"]],
    )
    follow_ups: Annotated[int, Shown(Group.VARIANTS)] = Field(
        default=4,
        ge=1,
        description="Largest number of variants per source to learn from and to choose by, drawn "
        "from those that were made",
    )
    steps: int = Field(default=1000, ge=1, description="Training steps of the repaired student")
    rows_per_step: int = Field(default=32, ge=1, description="Examples per training step")
    learning_rate: float = Field(default=5e-4, gt=0, description="Peak learning rate")
    evaluations: int = Field(
        default=4, ge=1, description="Evaluations and checkpoints of a training"
    )
    temperatures: Annotated[
        tuple[Annotated[float, Field(gt=0)], ...],
        _OneOrSeveralNumbers,
        Shown(word="NUMBER", flag="temperature"),
    ] = Field(
        default=(1.0, 4.0),
        min_length=1,
        description="Temperatures of the loss to choose from by short trainings; one alone is "
        "taken as it is",
    )
    follow_up_shares: Annotated[
        tuple[Annotated[float, Field(ge=0, le=1)], ...],
        _OneOrSeveralNumbers,
        Shown(word="NUMBER", flag="follow-up-share"),
    ] = Field(
        default=(0.5, 0.8),
        min_length=1,
        description="Shares of variants among the training rows to choose from, likewise",
    )
    # Rows on which a small student cannot follow took the place of others: see docs/results.md.
    hard_share: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Share of the training rows drawn from inputs on which the student parts from "
        "its teacher, from 0 to 1",
    )
    consistency: float = Field(
        default=0.0,
        ge=0,
        description="Weight of a loss that keeps the student's answers to a source and its "
        "variants alike where the teacher predicts one class for them",
    )
    attack: Annotated[str | None, Shown(word="NAME?constant=value")] = Field(
        default=None,
        description="Attack that looks for more hard inputs, in renamings of sources to learn from "
        "(see metacompress list attacks); default: none",
        examples=["wir-random"],
    )
    attacked: int = Field(
        default=200, ge=1, description="Largest number of sources that this attack starts from"
    )
    max_queries: int = Field(
        default=40, ge=1, description="Largest number of queries of this attack for one source"
    )
    trial_share: float = Field(
        default=0.25,
        gt=0,
        le=1,
        description="Steps of each short training, as a share of those of the repair",
    )
    training_seed: Annotated[int | None, Shown(Group.TRAINING)] = Field(
        default=None,
        ge=0,
        le=MAX_SEED,
        description="Random seed of the trainings alone; default: that of all else, which draws "
        "sources, variants and rows",
        examples=[1],
    )
    control: bool = Field(
        default=False,
        description="Train a control as well: the same steps from the same student, on sources "
        "alone",
    )
    relations: Annotated[
        Relations, Shown(Group.RELATIONS, word="NAME?constant=value", flag="relation")
    ] = Field(
        default={name: {} for name in _RELATIONS},
        min_length=1,
        description="Relations that a repair by precision must make pass, with their constants and "
        "tolerances",
    )
    bits: Annotated[int, Shown(Group.MODELS)] = Field(
        default=8,
        ge=1,
        le=32,
        description="Bits that a number of the student's tensors takes where its format is its "
        "own; for sizes only",
    )
    worse_by: Annotated[float, Shown(Group.STATISTICS)] = Field(
        default=DEFAULT_WORSE_BY,
        ge=0,
        le=1,
        description="Loss of accuracy from which on a repair is no repair: 0.01 is one point of "
        "percent. The default is ours",
    )

    def models(self) -> dict[str, str]:
        """See StudySettings."""
        return {"teacher": self.teacher, "student": self.student}

    def families(self) -> dict[str, tuple[str, ...]]:
        """Names of the transformations that train, and of those that only test."""
        unseen = self.unseen or tuple(_chosen(_UNSEEN))
        trained = self.transforms or tuple(n for n in TRANSFORMS.names() if n not in unseen)
        return {TRAINED: trained, UNSEEN: unseen}

    @model_validator(mode="after")
    def _keep_apart(self) -> Self:
        trained, unseen = self.families().values()
        for name in (*trained, *unseen):
            if name not in TRANSFORMS:
                TRANSFORMS.get(name)  # says so: a misspelt one must not cost a training
        both = sorted(set(trained) & set(unseen))
        if both:
            raise UsageError(
                f"{', '.join(both)}: learnt from and unseen at once; name other --unseen",
                option="unseen",
            )
        if not trained:
            raise UsageError("all transformations are unseen; name fewer", option="unseen")
        if self.compose is not None or self.variants_from is not None:
            name = "compose" if self.compose is not None else "variants_from"
            raise UsageError(
                f"--{name.replace('_', '-')}: a repair keeps transformations apart; leave it out",
                option=name,
            )
        return self

    @model_validator(mode="after")
    def _seek_what_trains(self) -> Self:
        if self.attack is None:
            return self
        if make_attack(self.attack).changes != "names":
            raise UsageError(
                f"--attack {self.attack} applies any transformation, and some are unseen; take an "
                "attack that only renames",
                option="attack",
            )
        if _RENAMING not in self.families()[TRAINED]:
            raise UsageError(
                f"--attack {self.attack} renames, and {_RENAMING} does not train; add it to "
                "--transform, or leave --attack out",
                option="attack",
            )
        return self

    @model_validator(mode="after")
    def _leave_some_to_learn_from(self) -> Self:
        held = sum(
            share
            for split, share in (
                (self.valid_split, self.valid_share),
                (self.test_split, self.test_share),
            )
            if split is None
        )
        if held >= 1:
            raise UsageError(
                "--valid-share and --test-share leave nothing to learn from; lower one",
                option="test_share",
            )
        return self


def _chosen(level: str) -> list[str]:
    found = TRANSFORMS.chosen(level)
    return [str(name) for name in found] if isinstance(found, (list, tuple)) else []
