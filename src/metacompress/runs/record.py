"""Records: what a command found, as models whose fields are its documentation.

A summary is the record that ``--json`` prints and that the Python API returns. What does not apply
is null, and no key is ever missing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, JsonValue, ValidationError

from metacompress.errors import RunDirectoryError

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory

JsonObject = dict[str, JsonValue]
"""Settings or constants as they were given, by name."""


def _defined(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


Figure = Annotated[float | None, BeforeValidator(_defined)]
"""A number, or null where it is not defined: a rate of nothing, say."""

Interval = tuple[Figure, Figure]
"""The lower and the upper end of an interval."""


class Record(BaseModel):
    """One JSON object.

    Attributes:
        not_stored: what no file of a run directory holds, since the same study gives the same
            bytes: fields that depend on the clock or on the place of the directory.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        from_attributes=True,
        json_schema_serialization_defaults_required=True,
    )

    not_stored: ClassVar[dict[str, Any]] = {}

    def content(self) -> dict[str, Any]:
        """The record as JSON values, by the names that JSON has."""
        return self.model_dump(mode="json", by_alias=True)

    def stored(self) -> dict[str, Any]:
        """The content of the file of a run directory."""
        return self.model_dump(mode="json", by_alias=True, exclude=self.not_stored)


R = TypeVar("R", bound=BaseModel)


def read_record(run: RunDirectory, name: str, model: type[R], /, **place: Path) -> R:
    """Read a record from a JSON file of a run directory.

    Args:
        run: the directory.
        name: of the file.
        model: what it holds.
        **place: fields that are not stored: where the record was read.

    Raises:
        RunDirectoryError: the file is missing, damaged or of another version.
    """
    content = run.read_json(name)
    try:
        return model.model_validate({**content, **place} if place else content)
    except (ValidationError, TypeError) as error:
        reason = "it is no JSON object"
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise RunDirectoryError(
            f"{run.path / name}: not what this version writes ({reason}); make it "
            f"again with --overwrite"
        ) from None
