"""The configuration of a study of attacks."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from metacompress.attacks import ATTACKS
from metacompress.attacks.engine.scheduler import DEFAULT_CONCURRENCY
from metacompress.attacks.substitutes import substitutes_place
from metacompress.relations.registry import Relations
from metacompress.settings.data import DataConfig
from metacompress.settings.fields import ByContent, PathText, Seed
from metacompress.settings.validation import validated
from metacompress.transforms.validity import ValidityLevel

DEFAULT_ATTACKS = ("alert", "mhm", "wir-random", "beam")


class AttackConfig(BaseModel):
    """One study of attacks. Paths stand as given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    task: str = Field(description="clone-detection or vulnerability-prediction")
    teacher: str = Field(description="model specification, KIND:LOCATION?option=value")
    student: str = Field(description="model specification")
    data: DataConfig
    attacks: Annotated[tuple[str, ...], BeforeValidator(ATTACKS.chosen)] = Field(
        default=DEFAULT_ATTACKS, min_length=1, description="NAME?constant=value each"
    )
    substitutes: Annotated[str, ByContent(substitutes_place)] = Field(
        default="corpus",
        description="corpus, recorded:FILE, embeddings:MODEL or mlm:MODEL",
    )
    programs: Literal["first", "second", "both"] = Field(
        default="first", description="which program of a pair is attacked"
    )
    validity: Literal[ValidityLevel.BINDINGS, ValidityLevel.COMPILE] = Field(
        default=ValidityLevel.BINDINGS, description="what every adversarial program must pass"
    )
    max_queries: int | None = Field(default=None, ge=1, description="of an attack on an example")
    max_seconds: float | None = Field(
        default=None, gt=0, description="processor time of an attack on an example"
    )
    control: bool = Field(
        default=True, description="try as many random variants as each attack asked queries"
    )
    relations: Relations = Field(
        default={}, description="relations to evaluate on adversarial variants"
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="of every interval")
    resamples: int = Field(default=2000, ge=100, description="of every bootstrap")
    seed: Seed = Field(default=0, description="of everything that is random")
    concurrency: int = Field(
        default=DEFAULT_CONCURRENCY, ge=1, description="attacks at once; changes no result"
    )
    run: PathText | None = Field(default=None, description="run directory")
    store: PathText | None = Field(
        default=None, description="prediction store to share between runs"
    )

    def identity(self) -> dict[str, Any]:
        """Everything that the results depend on."""
        return self.model_dump(mode="json", exclude={"run", "store", "concurrency"})


def make_attack_config(settings: dict[str, Any]) -> AttackConfig:
    """Validate the settings of a study of attacks.

    Raises:
        UsageError: a setting is missing, unknown or out of range; the message names it.
    """
    return validated(AttackConfig, settings)
