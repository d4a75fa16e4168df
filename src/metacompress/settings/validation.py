"""Validation of settings, with errors that name the setting."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from metacompress.characters import require_plain
from metacompress.errors import UsageError

M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], settings: dict[str, Any]) -> M:
    """Validate the settings of ``model``.

    Raises:
        UsageError: a setting is missing, unknown or out of range; the message names it.
    """
    require_plain(settings, "setting")
    try:
        return model.model_validate(settings)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        if first["type"] == "missing":
            option = where.removesuffix(".path").replace("_", "-")
            raise UsageError(
                f"{where} is not set; give --{option}, or set it in the TOML file"
            ) from None
        raise UsageError(f"setting {where}: {first['msg']}") from None
