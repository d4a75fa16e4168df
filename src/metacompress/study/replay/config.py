"""Settings of a replay."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from metacompress.settings.fields import (
    Group,
    InputPath,
    Shown,
    StorePath,
    StudentModel,
)
from metacompress.study.settings import RunningSettings


class ReplayConfig(RunningSettings):
    """Does a student still violate what an earlier one did?"""

    group: ClassVar[Group] = Group.DATA

    file: Annotated[InputPath, Shown(Group.DATA, "FILE")] = Field(
        description="File of counterexamples, as metacompress check --shrink N writes it",
        examples=["counterexamples.json"],
    )
    student: StudentModel
    teacher: Annotated[str | None, Shown(Group.MODELS, "MODEL")] = Field(
        default=None,
        description="Teacher: a model specification; default: the answers in the file",
        examples=["path/to/teacher"],
    )
    store: StorePath = None

    def models(self) -> dict[str, str]:
        """Specifications of the models that are asked, by name."""
        teacher = {} if self.teacher is None else {"teacher": self.teacher}
        return {**teacher, "student": self.student}
