"""The configuration of a check: what the command line, a TOML file and the Python API fill in."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from metacompress.relations import DEFAULT_RELATIONS
from metacompress.relations.registry import Relations, chosen_relations
from metacompress.settings.fields import Group, Shown
from metacompress.study.settings import StudySettings
from metacompress.variants.settings import VariantSettings


class CheckConfig(StudySettings, VariantSettings):
    """Does a student behave like its teacher?"""

    group: ClassVar[Group] = Group.RELATIONS

    relations: Annotated[Relations, Shown(word="NAME?constant=value", flag="relation")] = Field(
        default={name: {} for name in DEFAULT_RELATIONS},
        min_length=1,
        description="Relations with their constants and tolerances, or all (see metacompress "
        "list relations)",
    )
    tolerance: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Largest violation rate that passes, of all relations; default: as each "
        "relation has it",
        examples=[0.05],
    )

    @model_validator(mode="before")
    @classmethod
    def _tolerate(cls, settings: Any) -> Any:
        """Give ``tolerance`` to every relation: it is a constant of theirs."""
        tolerance = settings.get("tolerance") if isinstance(settings, dict) else None
        relations = chosen_relations((settings or {}).get("relations", DEFAULT_RELATIONS))
        if tolerance is None or not isinstance(relations, dict):
            return settings
        told = {
            name: {**constants, "tolerance": tolerance} for name, constants in relations.items()
        }
        return {**settings, "relations": told, "tolerance": None}
