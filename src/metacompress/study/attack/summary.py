"""The summary of a study of attacks: what more does the student lose, or where do they part?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from pydantic import Field

from metacompress.models.naming.role import Role
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


class DisagreementControl(Record):
    """Random variants, on each example as many as the attack asked queries."""

    found: int = Field(description="attacked examples on which a random variant parts the models")
    rate: Figure = Field(description="their share of the attacked examples")
    only_attack: int = Field(description="examples that the attack alone parts")
    only_control: int = Field(description="examples that random variants alone part")
    difference: Figure = Field(description="rate of the attack less that of random variants")
    difference_interval: Interval = Field(description="interval of the difference")
    times: Figure = Field(
        description="rate of the attack over that of random variants; null where these part none"
    )
    times_interval: Interval | None = Field(
        description="its interval; null where the rate of random variants may be 0 by these "
        "examples"
    )


class DisagreementSummary(Record):
    """One attack that looks for disagreements of teacher and student."""

    n: int = Field(description="examples")
    skipped: int = Field(description="examples on which teacher and student disagree already")
    attacked: int = Field(
        description="examples on which they agree, and in which the attack found something to "
        "change"
    )
    found: int = Field(description="attacked examples with a valid variant on which they disagree")
    rate: Figure = Field(description="found / attacked")
    interval: Interval = Field(description="interval of that rate")
    refused: int = Field(
        description="attacked examples without such a variant, of which the gate refused one"
    )
    left: dict[Literal["teacher", "student", "both"], int] = Field(
        description="disagreements by who no longer predicts the class that both predicted"
    )
    regressions: int = Field(
        description="disagreements on labelled examples: the teacher is right and the student wrong"
    )
    recoveries: int = Field(description="the same, with the student right and the teacher wrong")
    divergence_clean_mean: Figure = Field(
        description="Jensen-Shannon divergence of the two on attacked examples, mean in bits"
    )
    divergence_mean: Figure = Field(
        description="the largest on a valid variant or the example itself, mean in bits"
    )
    first_median: Figure = Field(
        description="queries to the first disagreement, median over the examples that have one"
    )
    first_mean: Figure = Field(description="the same, mean")
    queries_mean: Figure = Field(
        description="queries per attacked example, mean; a query asks both models"
    )
    queries_median: Figure = Field(description="queries per attacked example, median")
    queries_p95: Figure = Field(description="queries per attacked example, 95th percentile")
    distinct_mean: Figure = Field(
        description="inputs that a model reads differently among the queries, mean"
    )
    gradients_mean: Figure = Field(description="gradients per attacked example, mean")
    stopped: dict[str, int] = Field(
        description="attacked examples by the reason for the end: finished, queries, seconds or "
        "hopeless"
    )
    identifiers_changed_mean: Figure = Field(
        description="names changed in a variant on which they disagree, mean"
    )
    tokens_changed_mean: Figure = Field(description="tokens changed in it, mean")
    edit_distance_mean: Figure = Field(description="characters changed in it, mean")
    control: DisagreementControl | None = Field(
        description="random variants instead of the attack; null without a control"
    )
    cpu_seconds: Figure = Field(
        default=None, description="processor seconds of the attack on all examples"
    )


class AttackMeasures(Record):
    """One attack; what is measured depends on the goal."""

    name: str = Field(description="name of the attack")
    constants: JsonObject = Field(description="its constants")
    victims: dict[Role, VictimSummary] = Field(
        default={},
        description="flips: by the model that is attacked; empty for another goal",
    )
    paired: PairedSummary | None = Field(
        default=None, description="flips: teacher and student compared"
    )
    transfer: dict[Role, dict[Role, TransferSummary]] = Field(
        default={},
        description="flips: by the model that the variants were crafted on, then by the one that "
        "they are tried on",
    )
    disagreement: DisagreementSummary | None = Field(
        default=None, description="disagreements of teacher and student"
    )
    relations: dict[str, dict[str, JudgedPart]] = Field(
        description="relations between teacher and student on adversarial variants: by the set of "
        "variants (crafted on teacher, student or pair, successful or all), then by relation; "
        "empty where none was asked for"
    )


class AttackedData(Record):
    """The examples of a study of attacks."""

    source: str = Field(description="file, directory or name of the data set")
    examples: int = Field(description="examples")
    labelled: int = Field(description="examples with a label; a flip is looked for in these alone")
    groups: int = Field(description="groups of examples that share a program")
    quarantined: int = Field(description="malformed rows set aside")
    skipped: int = Field(description="examples left out because a recording lacks them")


class AttackSummary(Record):
    """Attacks on a teacher and its student."""

    not_stored: ClassVar[dict[str, Any]] = {
        "run": True,
        "attacks": {
            "__all__": {
                "victims": {"__all__": {"cpu_seconds": True}},
                "disagreement": {"cpu_seconds": True},
            }
        },
    }

    schema_name: Literal["metacompress.attack/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    goal: Literal["flip", "disagreement"] = Field(
        default="flip", description="what the attacks looked for"
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

    def disagreements(self) -> Iterator[tuple[str, DisagreementSummary]]:
        """Attack and measures, where disagreements were looked for."""
        for text, attack in self.attacks.items():
            if attack.disagreement is not None:
                yield text, attack.disagreement

    def with_costs(
        self, costs: Mapping[Role, Mapping[str, float]], of_pair: Mapping[str, float]
    ) -> AttackSummary:
        """The summary with the processor seconds by role and attack, and by attack on the pair."""
        content = self.content()
        for text, role, _ in self.victims():
            seconds = costs.get(role, {}).get(text)
            content["attacks"][text]["victims"][role]["cpu_seconds"] = seconds
        for text, _ in self.disagreements():
            content["attacks"][text]["disagreement"]["cpu_seconds"] = of_pair.get(text)
        return AttackSummary.model_validate(content)
