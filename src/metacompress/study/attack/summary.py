"""The summary of a study of attacks: how much more does the student lose than its teacher?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from pydantic import Field

from metacompress.models.role import Role
from metacompress.runs.record import Figure, Interval, JsonObject, Record
from metacompress.study.judged import JudgedPart
from metacompress.study.warnings import StudyWarning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMA: Final = "metacompress.attack/1"


class ControlSummary(Record):
    """Random variants, on each example as many as the attack asked queries."""

    succeeded: int = Field(description="attacked examples that random variants flip")
    valid_success_rate: Figure = Field(description="their share of the attacked examples")
    only_attack: int = Field(description="examples that the attack alone flips")
    only_control: int = Field(description="examples that random variants alone flip")


class VictimSummary(Record):
    """One attack on one model. Rates and drops are shares in [0, 1], not percent."""

    n: int = Field(description="examples")
    attacked: int = Field(
        description="labelled examples that the victim predicts right and in which the attack "
        "found something to change"
    )
    succeeded: int = Field(description="attacked examples that a valid variant flips")
    success_rate: Figure = Field(
        description="share of the attacked examples that flip, flips that the gate refuses included"
    )
    valid_success_rate: Figure = Field(description="succeeded / attacked")
    valid_success_interval: Interval = Field(description="interval of that rate")
    refused_flips: int = Field(
        description="attacked examples without a valid adversarial variant, of which the gate "
        "refused one that flips"
    )
    accuracy: Figure = Field(description="on the labelled examples")
    adversarial_accuracy: Figure = Field(
        description="the same, with a valid adversarial variant in place of its example"
    )
    accuracy_drop: Figure = Field(description="share of the accuracy that is lost")
    f1: Figure = Field(description="F1 on the labelled examples")
    adversarial_f1: Figure = Field(description="the same with the adversarial variants")
    f1_drop: Figure = Field(description="share of the F1 that is lost")
    queries_mean: Figure = Field(description="queries per attacked example, mean")
    queries_median: Figure = Field(description="queries per attacked example, median")
    queries_p95: Figure = Field(description="queries per attacked example, 95th percentile")
    distinct_mean: Figure = Field(
        description="inputs that the victim reads differently among the queries, mean"
    )
    gradients_mean: Figure = Field(description="gradients per attacked example, mean")
    stopped: dict[str, int] = Field(
        description="attacked examples by the reason for the end: finished, queries, seconds or "
        "hopeless"
    )
    identifiers_changed_mean: Figure = Field(
        description="names changed in an adversarial variant, mean"
    )
    tokens_changed_mean: Figure = Field(
        description="tokens changed in an adversarial variant, mean of the edit distances"
    )
    edit_distance_mean: Figure = Field(
        description="characters changed in an adversarial variant, mean of the edit distances"
    )
    control: ControlSummary | None = Field(
        description="random variants instead of the attack; null without a control"
    )
    cpu_seconds: Figure = Field(
        default=None, description="processor seconds of the attack on all examples"
    )


class DropSummary(Record):
    """Performance that teacher and student lose on the same examples."""

    teacher: Figure = Field(description="share that the teacher loses")
    student: Figure = Field(description="share that the student loses")
    difference: Figure = Field(description="student less teacher")
    difference_interval: Interval = Field(description="interval of the difference")
    greater_drop_percent: Figure = Field(
        description="the difference in percent of the teacher's loss; null where it loses nothing"
    )
    greater_drop_interval: Interval | None = Field(
        description="its interval; null where the teacher's loss may be 0 by these examples"
    )


class SuccessGap(Record):
    """Success on the examples that are attacked on both models."""

    both_attacked: int = Field(description="examples attacked on both models")
    difference: float = Field(description="success rate on the student less that on the teacher")
    difference_interval: Interval = Field(description="interval of the difference")


class PairedSummary(Record):
    """Teacher and student compared on the same examples."""

    accuracy_drop: DropSummary = Field(description="accuracy lost")
    f1_drop: DropSummary = Field(description="F1 lost")
    success_rate: SuccessGap | None = Field(
        description="success; null where no example is attacked on both models"
    )


class TransferSummary(Record):
    """Adversarial variants crafted on one model and tried on another."""

    n: int = Field(description="variants whose source the other model predicts right")
    fooled: int = Field(description="those of them that it predicts wrong")
    rate: Figure = Field(description="fooled / n")


class AttackMeasures(Record):
    """One attack."""

    name: str = Field(description="name of the attack")
    constants: JsonObject = Field(description="its constants")
    victims: dict[Role, VictimSummary] = Field(description="by the model that is attacked")
    paired: PairedSummary = Field(description="teacher and student compared")
    transfer: dict[Role, dict[Role, TransferSummary]] = Field(
        description="by the model that the variants were crafted on, then by the one that they are "
        "tried on"
    )
    relations: dict[str, dict[str, JudgedPart]] = Field(
        description="relations between teacher and student on adversarial variants: by the set of "
        "variants (teacher-crafted or student-crafted, successful or all), then by relation; "
        "empty where none was asked for"
    )


class AttackedData(Record):
    """The examples of a study of attacks."""

    source: str = Field(description="file, directory or name of the data set")
    examples: int = Field(description="examples")
    labelled: int = Field(description="examples with a label; only these can be attacked")
    groups: int = Field(description="groups of examples that share a program")
    quarantined: int = Field(description="malformed rows set aside")
    skipped: int = Field(description="examples left out because a recording lacks them")


class AttackSummary(Record):
    """Attacks on a teacher and its student."""

    not_stored: ClassVar[dict[str, Any]] = {
        "run": True,
        "attacks": {"__all__": {"victims": {"__all__": {"cpu_seconds": True}}}},
    }

    schema_name: Literal["metacompress.attack/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    warnings: list[StudyWarning] = Field(description="reasons to doubt the study")
    task: str = Field(description="name of the task")
    attacks: dict[str, AttackMeasures] = Field(description="by attack, as given with its constants")
    data: AttackedData = Field(description="the examples")
    config: JsonObject = Field(description="settings of the study")

    def victims(self) -> Iterator[tuple[str, Role, VictimSummary]]:
        """Attack, role and measures of every victim."""
        for text, attack in self.attacks.items():
            for role, found in attack.victims.items():
                yield text, role, found

    def with_costs(self, costs: Mapping[Role, Mapping[str, float]]) -> AttackSummary:
        """The summary with the processor seconds by role and attack."""
        content = self.content()
        for text, role, _ in self.victims():
            seconds = costs.get(role, {}).get(text)
            content["attacks"][text]["victims"][role]["cpu_seconds"] = seconds
        return AttackSummary.model_validate(content)
