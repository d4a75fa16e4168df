"""The configuration of a study of attacks."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from metacompress.attacks import ATTACKS
from metacompress.attacks.engine.scheduler import DEFAULT_CONCURRENCY
from metacompress.attacks.substitutes import substitutes_place
from metacompress.models.naming.role import Role
from metacompress.relations.registry import Relations
from metacompress.settings.fields import ByContent, Group, Seed, Shown, StudentModel
from metacompress.study.settings import StudySettings
from metacompress.transforms.validity_level import ValidityLevel
from metacompress.variants.settings import TargetPrograms

DEFAULT_ATTACKS = ("alert", "mhm", "wir-random", "beam")
SoughtGoal = Literal["flip", "disagreement"]
# Queries of one attack on one example, about.
_QUERIES = 100


class AttackConfig(StudySettings):
    """How much more do attacks take from a student than from its teacher, or where do they part?"""

    group: ClassVar[Group] = Group.ATTACKS

    student: StudentModel
    attacks: Annotated[
        tuple[str, ...],
        BeforeValidator(ATTACKS.chosen),
        Shown(word="NAME?constant=value", flag="attack"),
    ] = Field(
        default=DEFAULT_ATTACKS,
        min_length=1,
        description="Attacks with their constants, or all (see metacompress list attacks)",
    )
    goal: SoughtGoal = Field(
        default="flip",
        description="Goal of the attacks: a flip of each model's prediction in turn, or a "
        "disagreement of teacher and student",
    )
    substitutes: Annotated[str, ByContent(substitutes_place), Shown(word="SOURCE")] = Field(
        default="corpus",
        description="Source of new names: corpus, recorded:FILE, embeddings:MODEL or mlm:MODEL",
    )
    validity: Literal[ValidityLevel.BINDINGS, ValidityLevel.COMPILE] = Field(
        default=ValidityLevel.BINDINGS,
        description="Checks that every adversarial program must pass",
    )
    programs: TargetPrograms = "first"
    max_queries: int | None = Field(
        default=None,
        ge=1,
        description="Largest number of queries of one attack on one example",
        examples=[1000],
    )
    max_seconds: float | None = Field(
        default=None,
        gt=0,
        description="Largest processor time of one attack on one example, in seconds",
        examples=[60.0],
    )
    control: bool = Field(
        default=True,
        description="Control: also try as many random variants as each attack makes queries",
    )
    relations: Annotated[
        Relations, Shown(Group.RELATIONS, word="NAME?constant=value", flag="relation")
    ] = Field(
        default={},
        description="Relations to evaluate on adversarial variants, or all; default: none",
        examples=[["all"]],
    )
    seed: Seed = 0
    concurrency: Annotated[int, Shown(Group.RUN)] = Field(
        default=DEFAULT_CONCURRENCY,
        ge=1,
        description="Examples that are attacked at once; changes no result",
    )

    def asked(self, sources: int) -> int:
        """See RunningSettings."""
        return sources * len(self.attacks) * (self.max_queries or _QUERIES)

    @property
    def needs_torch(self) -> bool:
        """See RunningSettings: ONNX Runtime computes no gradients."""
        return any(ATTACKS.get(text.partition("?")[0]).reads_gradients for text in self.attacks)

    def models(self) -> dict[str, str]:
        """See StudySettings."""
        return {Role.TEACHER: self.teacher, Role.STUDENT: self.student}
