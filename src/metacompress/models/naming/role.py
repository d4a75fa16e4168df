"""The two roles of the models of a study."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The teacher was compressed into the student."""

    TEACHER = "teacher"
    STUDENT = "student"
