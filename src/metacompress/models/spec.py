"""Model specifications: ``kind:location?option=value&option=value``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, ValidationError

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_KIND = "transformers"

O = TypeVar("O", bound="ModelOptions")  # noqa: E741


def is_specification(model: object) -> bool:
    """Whether a model is given as a text or a path; what can be called is a model itself."""
    return isinstance(model, (str, os.PathLike)) and not callable(model)


class ModelOptions(BaseModel):
    """Base class of the options that a kind of model takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A parsed specification.

    Attributes:
        kind: name of a registered kind of model.
        location: a path, a hub id, or what else the kind understands.
        options: texts as given; each kind validates its own.
    """

    kind: str
    location: str
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str, known_kinds: list[str]) -> ModelSpec:
        """Parse ``text``; without a known kind in front it is a transformers directory or hub id.

        Raises:
            UsageError: the text is empty, or names an unknown kind.
        """
        body, _, query = text.strip().partition("?")
        kind, colon, location = body.partition(":")
        if not colon:
            kind, location = DEFAULT_KIND, body
        elif kind not in known_kinds:
            known = ", ".join(known_kinds)
            raise UsageError(f"unknown kind of model {kind!r} in {text!r}; known kinds: {known}")
        if not location and kind != "mock":
            raise UsageError(
                f"model {text!r} has no location; write KIND:LOCATION, for example "
                f"transformers:path/to/model"
            )
        try:
            options = dict(parse_qsl(query, strict_parsing=True)) if query else {}
        except ValueError:
            raise UsageError(
                f"model {text!r}: options are written ?name=value&name=value"
            ) from None
        return cls(kind, location, options)

    def options_as(self, options: type[O], described: Mapping[str, object] | None = None) -> O:
        """Validate the options against what the kind takes.

        Args:
            options: what it takes.
            described: what the model says about itself; options that are given go before it.

        Raises:
            UsageError: an unknown option, or a value of the wrong type.
        """
        try:
            return options.model_validate({**(described or {}), **self.options})
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(map(str, first["loc"]))
            known = ", ".join(options.model_fields) or "none"
            raise UsageError(
                f"model option {name!r} of {self}: {first['msg']}; known options: {known}"
            ) from None

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.options.items())
        return f"{self.kind}:{self.location}" + (f"?{query}" if query else "")
