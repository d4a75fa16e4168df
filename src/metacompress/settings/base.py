"""Base class of all settings."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from metacompress.settings.fields import Group


class Settings(BaseModel):
    """A group of settings: every field is one setting, or a group itself.

    Attributes:
        group: where help texts list the settings that name no group of their own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    group: ClassVar[Group] = Group.RUN
