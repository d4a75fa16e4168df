"""The summary of a repair: what was made, what it cost, and what that did to held-out sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

from pydantic import Field

from metacompress.data.part import Part
from metacompress.repairing.settings import By
from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.runs.run_files import ENVIRONMENT, SUMMARY
from metacompress.stats.verdict import Verdict
from metacompress.study.check.readings.comparison import ComparedPart
from metacompress.study.check.readings.direction import Left
from metacompress.study.costs import ModelCost
from metacompress.study.warnings import StudyWarning

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory

SCHEMA: Final = "metacompress.repair/1"
# What each kind of repair has to bring down on held-out variants.
TARGETS: Final = {
    By.DISTILLATION: "new-disagreement",
    By.PRECISION: "new-disagreement",
    By.TEMPERATURE: "distribution-similarity",
}


class Family(Record):
    """The held-out variants of one family of transformations."""

    transformations: list[str] = Field(description="transformations that made a variant")
    follow_ups: int = Field(description="variants")
    relations: dict[str, dict[Part, ComparedPart]] = Field(
        description="by relation and part, sources or follow_ups: both students and their "
        "difference, paired by source; pass where the second is not worse"
    )

    left_before: Left | None = Field(
        default=None,
        description="shares of the new disagreements of the first student with its teacher, by who "
        "no longer predicts the class that both predict of the source; null without any",
    )
    left_after: Left | None = Field(default=None, description="likewise, of the second student")

    def target(self, by: By) -> ComparedPart | None:
        """The row that a repair of this kind is about; None where it applies to no variant."""
        return self.relations.get(TARGETS[by], {}).get(Part.FOLLOW_UPS)


class Accuracy(Record):
    """Accuracy of two students on the labelled held-out sources, paired by source."""

    labelled: int = Field(description="held-out sources with a label")
    before: float = Field(description="share of right predictions of the first student")
    after: float = Field(description="likewise, of the second one")
    difference: Figure = Field(description="the second minus the first")
    low: Figure = Field(description="lower end of its interval, clustered by program")
    high: Figure = Field(description="upper end of its interval")

    def is_lost(self, worse_by: float) -> bool:
        """Whether the interval lies below -``worse_by``, all of it."""
        return self.high is not None and self.high < -worse_by


class Proof(Record):
    """Two students on sources that no training saw."""

    verdict: Verdict = Field(
        description="pass: the interval of the difference of the target relation on variants of "
        "the trained transformations lies below 0, and that of the accuracy not below -worse_by; "
        "fail: the target's lies above 0, or the accuracy's below -worse_by; undecided: neither is "
        "shown"
    )
    before: str = Field(description="the first student: student, or control")
    after: str = Field(description="the second student: repaired")
    sources: int = Field(description="held-out sources")
    families: dict[str, Family] = Field(
        description="trained: transformations that the repair learnt from; unseen: others"
    )
    accuracy: Accuracy | None = Field(description="accuracies; null without a label")


class Trial(Record):
    """A short training, to choose settings by."""

    temperature: float = Field(description="temperature of the loss")
    follow_up_share: float = Field(description="share of variants among the training rows")
    agreement: Figure = Field(
        description="share of the sources and variants to choose by that it predicts as the "
        "teacher does"
    )


class Distillation(Record):
    """How a repaired student was trained."""

    temperature: float = Field(description="temperature of the loss, chosen")
    follow_up_share: float = Field(description="share of variants among the training rows, chosen")
    trials: list[Trial] = Field(description="short trainings; empty where nothing was to choose")
    inputs: int = Field(description="sources and variants to learn from")
    hard: int = Field(description="of these, those on which the student parted from its teacher")
    sought: int = Field(default=0, description="of these, renamings that an attack found")
    steps: int = Field(description="training steps of the repaired student")
    agreement_before: Figure = Field(
        description="share of the sources and variants to choose by that the student predicts as "
        "the teacher does"
    )
    agreement: Figure = Field(description="likewise, of the repaired student")


class KeptStep(Record):
    """A choice of tensors that the search for the fewest went through."""

    kept: list[str] = Field(description="tensors in the teacher's precision")
    violations: float = Field(
        description="violation rates of the relations, summed, on the inputs to choose by"
    )
    passes: bool = Field(description="whether every relation passes there")
    bytes: int = Field(description="size of the student's weights with these")


class Precision(Record):
    """Which tensors of a student stay in the teacher's precision."""

    tensors: int = Field(description="tensors in which the two differ")
    kept: list[str] = Field(
        description="of these, those that the repaired student has of its teacher"
    )
    bytes_before: int = Field(description="size of the student's weights")
    bytes: int = Field(description="size of the repaired student's weights")
    bytes_teacher: int = Field(description="size with all tensors kept")
    steps: list[KeptStep] = Field(
        description="the way there: the most useful tensor at a time, then without those that are "
        "not needed"
    )


class RepairCost(Record):
    """What a repair took; it depends on the machine."""

    training_seconds: float = Field(
        description="CPU seconds of all trainings in this process, trials and control included"
    )
    asked: dict[str, int] = Field(description="inputs that each model was asked for")
    cpu_per_input: dict[str, float] = Field(
        description="CPU seconds of one prediction by itself, by student, where it was measured"
    )


class RepairSummary(Record):
    """A repair of one student."""

    not_stored: ClassVar[dict[str, Any]] = {"run": True, "cost": True}

    schema_name: Literal["metacompress.repair/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(default=None, description="run directory; not stored in it")
    by: By = Field(description="kind of the repair")
    verdict: Verdict = Field(description="verdict of the proof: whether a repair is shown")
    warnings: list[StudyWarning] = Field(default=[], description="reasons to doubt the verdict")
    task: str = Field(description="name of the task")
    target: str = Field(description="relation whose violations the repair has to bring down")
    repaired: str | None = Field(
        description="directory of the repaired student in the run directory; null where it is "
        "the student with a temperature, or with the tensors of the teacher that are named"
    )
    examples: dict[str, int] = Field(
        description="sources by what they were for (learn, choose, prove), and left_out: those "
        "whose programs stand on several sides"
    )
    distillation: Distillation | None = Field(
        description="how the student was trained; null for other kinds"
    )
    precision: Precision | None = Field(
        default=None, description="which tensors were kept; null for other kinds"
    )
    temperature: Figure = Field(
        default=None,
        description="temperature that probabilities are softened by: cosmetic, as no predicted "
        "class changes; null for other kinds",
    )
    sizes: dict[str, ModelCost] = Field(description="size and operations, before and after")
    proof: Proof = Field(description="the student before and after, on held-out sources")
    control: Proof | None = Field(
        description="the repaired student beside a control: the same steps on sources alone; null "
        "without one"
    )
    cost: RepairCost | None = Field(
        default=None, description="what the repair took; kept apart, in environment.json"
    )
    config: JsonObject = Field(description="settings of the repair")

    @property
    def worse_by(self) -> float:
        """The largest loss of accuracy that a repair may have."""
        return cast("float", self.config["worse_by"])


def read_repair(run: RunDirectory) -> RepairSummary:
    """Read the summary of a finished repair.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    found = read_record(run, SUMMARY, RepairSummary, run=run.path)
    spent = run.read_json(ENVIRONMENT)["cost"]
    latency = {name: one["cpu"] for name, one in spent["latency"].items() if "cpu" in one}
    cost = RepairCost(
        training_seconds=spent["latency"].get("training", {}).get("seconds", 0.0),
        asked=spent["inputs_asked"],
        cpu_per_input=latency,
    )
    return found.model_copy(update={"cost": cost})
