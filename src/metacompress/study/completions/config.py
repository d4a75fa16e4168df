"""The configuration of a study of completions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from metacompress.relations.completions.registry import (
    DEFAULT_COMPLETION_RELATIONS,
    CompletionRelations,
    chosen_completion_relations,
)
from metacompress.settings.fields import Group, InputPath, Shown
from metacompress.study.language_models.settings import LanguageModelSettings
from metacompress.study.tolerance import with_tolerance


class CompletionsConfig(LanguageModelSettings):
    """Does a compressed language model complete programs as its teacher does?"""

    lines: Annotated[int, Shown(Group.DATA)] = Field(
        default=2,
        ge=0,
        description="Lines of a function's body that a model reads behind the signature (and the "
        "docstring); the default is ours",
    )
    tokens: Annotated[int, Shown(Group.DATA)] = Field(
        default=64,
        ge=1,
        description="Tokens that a model writes at most, up to the function's end; the default is "
        "ours",
    )
    tests: Annotated[InputPath | None, Shown(Group.DATA, "FILE|demo")] = Field(
        default=None,
        description="Run the completed programs in the sandbox, on the tests in this table "
        "(task_id, and test with entry_point or test_list) or, of the demo set, demo",
        examples=["humaneval.jsonl"],
    )
    relations: Annotated[
        CompletionRelations, Shown(word="NAME?constant=value", flag="relation")
    ] = Field(
        default={name: {} for name in DEFAULT_COMPLETION_RELATIONS},
        min_length=1,
        description="Relations of completions with their constants and tolerances, or all (see "
        "metacompress list completion-relations)",
    )

    @model_validator(mode="before")
    @classmethod
    def _tolerate(cls, settings: Any) -> Any:
        return with_tolerance(settings, chosen_completion_relations, DEFAULT_COMPLETION_RELATIONS)
