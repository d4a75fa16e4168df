"""The configuration of a study of next-token fidelity."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from metacompress.relations.tokens.registry import (
    DEFAULT_TOKEN_RELATIONS,
    TokenRelations,
    chosen_token_relations,
)
from metacompress.settings.fields import Group, PathText, Shown
from metacompress.study.language_models.settings import LanguageModelSettings
from metacompress.study.tolerance import with_tolerance


class FidelityConfig(LanguageModelSettings):
    """Does a compressed language model predict the next token as its teacher does?"""

    relations: Annotated[TokenRelations, Shown(word="NAME?constant=value", flag="relation")] = (
        Field(
            default={name: {} for name in DEFAULT_TOKEN_RELATIONS},
            min_length=1,
            description="Relations of tokens with their constants and tolerances, or all (see "
            "metacompress list token-relations)",
        )
    )
    by_bytes: Annotated[bool, Shown(Group.STATISTICS)] = Field(
        default=False,
        description="Compare bits per byte and the likelihoods of lines alone, for models of "
        "different tokenizers; there is no verdict",
    )
    keep_states: Annotated[PathText | None, Shown(Group.OUTPUT, "DIR")] = Field(
        default=None,
        description="Directory that keeps the teacher's final states in half precision, and its "
        "output matrix: the teacher states:DIR then stands for the model, which is not asked again",
        examples=["teacher-states"],
    )

    @model_validator(mode="before")
    @classmethod
    def _tolerate(cls, settings: Any) -> Any:
        return with_tolerance(settings, chosen_token_relations, DEFAULT_TOKEN_RELATIONS)
