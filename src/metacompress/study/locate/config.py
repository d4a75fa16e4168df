"""Settings of a search for the tensors that carry violations."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from metacompress.settings.fields import Group, OneOrSeveral, Shown, StudentModel
from metacompress.study.players import ONLY_STUDENT, TEACHER
from metacompress.study.settings import StudySettings
from metacompress.variants.settings import VariantSettings


class LocateConfig(StudySettings, VariantSettings):
    """Which tensors of a student carry its violations?"""

    group: ClassVar[Group] = Group.RELATIONS

    student: StudentModel
    relation: Annotated[str, Shown(word="NAME?constant=value")] = Field(
        default="prediction-agreement",
        description="Relation whose violations are located, with its constants: one whose value is "
        "a violation rate",
    )
    tensors: Annotated[
        tuple[str, ...],
        OneOrSeveral,
        Shown(Group.MODELS, "NAME", flag="tensor"),
    ] = Field(
        default=(),
        description="Tensors to swap: names, or patterns of a shell; default: all that differ",
        examples=[["*.weight"]],
    )
    swaps: Annotated[Literal["tensors", "layers", "both"], Shown(Group.MODELS)] = Field(
        default="both",
        description="Parts to swap: one tensor at a time, one layer at a time (the tensors whose "
        "names are the same up to their first number), or both",
    )

    @property
    def needs_torch(self) -> bool:
        """See RunningSettings: the tensors of an exported graph have other names."""
        return True

    def models(self) -> dict[str, str]:
        """See StudySettings."""
        return {TEACHER: self.teacher, ONLY_STUDENT: self.student}
