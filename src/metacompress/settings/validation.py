"""Validation by a pydantic model, with errors in one line that name what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from metacompress.characters import require_plain
from metacompress.errors import UsageError
from metacompress.settings.flat import settings_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.settings.base import Settings

S = TypeVar("S", bound="Settings")
M = TypeVar("M", bound=BaseModel)


def validated(model: type[S], settings: Mapping[str, Any]) -> S:
    """Validate the settings of ``model``, nested as in a TOML file.

    Raises:
        UsageError: a setting is missing, unknown or out of range, or two exclude each other; the
            message names it.
    """
    settings = dict(settings)
    require_plain(settings, "setting")
    try:
        return model.model_validate(settings)
    except ValidationError as error:
        known = settings_of(model)
        missing = [one["loc"] for one in error.errors() if one["type"] == "missing"]
        absent = [
            one for one in known if one.required and any(_leads(one.path, p) for p in missing)
        ]
        if absent:
            names = _listed([one.keyword for one in absent])
            flags = _listed([one.flag for one in absent])
            verb, object_ = ("is", "it") if len(absent) == 1 else ("are", "them")
            raise UsageError(
                f"{names} {verb} not set; give {flags}, or set {object_} in a TOML file",
                option=absent[0].keyword,
            ) from None
        place, reason = _first(error)
        if not place:  # it is about several settings together
            raise UsageError(reason) from None
        flag = next((f" ({one.flag})" for one in known if _leads(one.path, place)), "")
        name = ".".join(map(str, place))
        raise UsageError(f"setting {name}{flag}: {reason}", option=name) from None


def parsed(model: type[M], values: Mapping[str, Any], what: str, known: str) -> M:
    """Validate the constants of ``what``, written ``NAME?constant=value``.

    Args:
        model: what takes them.
        values: by name.
        what: for messages: ``relation prediction-agreement``.
        known: what its names are called: ``constants``.

    Raises:
        UsageError: one is unknown or out of range.
    """
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        place, reason = _first(error)
        names = ", ".join(model.model_fields) or "none"
        name = ".".join(map(str, place))
        raise UsageError(f"{what}: {name}: {reason}; known {known}: {names}", option=name) from None


def reason_against(model: type[BaseModel], values: Mapping[str, Any]) -> str | None:
    """Why ``model`` refuses ``values``; None where it takes them."""
    try:
        model.model_validate(dict(values))
    except ValidationError as error:
        return _first(error)[1]
    return None


def _first(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """Place and text of the first error."""
    first = error.errors()[0]
    text = first["msg"].removeprefix("Value error, ")
    # A choice of an enum is written as the user writes it.
    return first["loc"], re.sub(r"<\w+\.\w+: ('[^']*')>", r"\1", text)


def _leads(path: tuple[str, ...], place: tuple[str | int, ...]) -> bool:
    """Whether an error at ``place`` is about the setting at ``path``; of a missing table, its
    first required setting is.
    """
    return place[: len(path)] == path or path[: len(place)] == place


def _listed(names: list[str]) -> str:
    """``a, b and c``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
