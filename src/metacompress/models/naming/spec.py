"""Model specifications: ``kind:location?option=value&option=value``."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict

from metacompress.errors import UsageError
from metacompress.settings.validation import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT_KIND = "transformers"
CAUSAL = "causal"
"""Kind of causal language models that a prompt turns into classifiers."""
KEPT = "states"
"""Kind of language models of which the final states alone are there, in a directory."""
OPENAI = "openai"
"""Kind of language models behind an endpoint, which a prompt asks."""
GRAPHCODEBERT = "graphcodebert"
"""Kind of models that read data flow, and the model type of those that we write."""
# Kinds that need no location: their bare name is a specification.
_BARE_KINDS = frozenset({"mock"})
# A kind is a word; what else stands before a colon belongs to a path (C:\models, ./a:b).
_PATH_LIKE = re.compile(r"[./\\~]|[A-Za-z]:[/\\]")
_OPTIONS = re.compile(r"[A-Za-z_]+=[^&]*(?:&[A-Za-z_]+=[^&]*)*")

O = TypeVar("O", bound="ModelOptions")  # noqa: E741


def is_specification(model: object) -> bool:
    """Whether a model is given as a text or a path; what can be called is a model itself."""
    return isinstance(model, (str, os.PathLike)) and not callable(model)


def pretrained_pair(model: object) -> tuple[Any, Any] | None:
    """Model and tokenizer, of a pair or a pipeline of transformers; None of anything else."""
    if isinstance(model, tuple):
        return model if len(model) == 2 and hasattr(model[0], "state_dict") else None
    is_pipeline = any(one.__name__ == "Pipeline" for one in type(model).__mro__)
    if not is_pipeline or isinstance(model, type):
        return None
    return getattr(model, "model", None), getattr(model, "tokenizer", None)


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
        defaults: options for the kinds that have them, where neither ``options`` nor the model
            itself says anything.
    """

    kind: str
    location: str
    options: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, model: str | os.PathLike[str], known_kinds: list[str]) -> ModelSpec:
        """Parse a text; a path object is a transformers directory, whatever its name holds.

        Raises:
            UsageError: see ``parse``.
        """
        if isinstance(model, str):
            return cls.parse(model, known_kinds)
        path = os.fsdecode(model)
        if not (os.path.isabs(path) or _PATH_LIKE.match(path) or _exists(path)):  # noqa: PTH117
            path = f"./{path}"  # pathlib takes that away, and the rest may look like a hub id
        return cls(DEFAULT_KIND, _checked(path, path))

    @classmethod
    def parse(cls, text: str, known_kinds: list[str]) -> ModelSpec:
        """Parse ``text``; without a known kind in front it is a transformers directory or hub id.

        A location may hold colons and question marks: the options begin at the question mark that
        a file or directory ends before, or else at the first one.

        Raises:
            UsageError: the text is empty, or names an unknown kind.
        """
        given = text.strip()
        kind, colon, rest = given.partition(":")
        if kind.partition("?")[0] in _BARE_KINDS and not (colon or _exists(given)):
            kind, _, query = given.partition("?")
            return cls(kind, "", _options(query, given)) if query else cls(kind, "")
        if not colon or kind not in known_kinds:
            _refuse_unknown(kind if colon else "", given, known_kinds)
            kind, rest = DEFAULT_KIND, given
        location, query = _split(rest)
        if not location and kind not in _BARE_KINDS:
            raise UsageError(
                f"model {text!r} has no location; write KIND:LOCATION, for example "
                f"transformers:path/to/model",
                option="model",
            )
        return cls(kind, _checked(location, given), _options(query, given) if query else {})

    def options_as(self, options: type[O], described: Mapping[str, object] | None = None) -> O:
        """Validate the options against what the kind takes.

        Args:
            options: what it takes.
            described: what the model says about itself; options that are given go before it.

        Raises:
            UsageError: an unknown option, or a value of the wrong type.
        """
        defaults = {k: v for k, v in self.defaults.items() if k in options.model_fields}
        values = {**defaults, **(described or {}), **self.options}
        return parsed(options, values, f"model {self}", "options")

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.options.items())
        return f"{self.kind}:{self.location}" + (f"?{query}" if query else "")


def _refuse_unknown(kind: str, text: str, known_kinds: list[str]) -> None:
    """Refuse what looks like a kind and is not one; ``kind`` is empty where there is no colon."""
    if not kind:
        if text in known_kinds and not _exists(text):
            raise UsageError(
                f"model {text!r} has no location; write {text}:LOCATION", option="model"
            )
        return
    if _PATH_LIKE.match(text) or "/" in kind or "?" in kind or _exists(_split(text)[0]):
        return
    known = ", ".join(known_kinds)
    raise UsageError(
        f"unknown kind of model {kind!r} in {text!r}; known kinds: {known} "
        f"(a path with a colon is written ./{text})",
        option="model",
    )


def _split(text: str) -> tuple[str, str]:
    """Location and options."""
    for location, query in _splits(text):
        if _exists(location):
            return location, query
    location, _, query = text.partition("?")
    return location, query


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to read ``text`` as a location with or without options, the longest first."""
    yield text, ""
    for place in reversed(range(len(text))):
        if text[place] == "?" and _OPTIONS.fullmatch(text, place + 1):
            yield text[:place], text[place + 1 :]


def _options(query: str, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in query.split("&"):
        name, equals, value = part.partition("=")
        if not (equals and name and value):
            raise UsageError(
                f"model {text!r}: options are written ?name=value&name=value", option="model"
            )
        if name in found:
            raise UsageError(f"model {text!r}: the option {name!r} is given twice", option=name)
        # A plus sign stays what it is: paths hold it.
        found[name] = unquote(value)
    return found


def _exists(path: str) -> bool:
    # os.path says False where pathlib raises: names that are too long or hold a NUL.
    return bool(path) and os.path.lexists(os.path.expanduser(path))  # noqa: PTH111


def _checked(location: str, text: str) -> str:
    if "\0" in location:
        raise UsageError(f"model {text!r}: a path cannot hold the character NUL", option="model")
    return location
