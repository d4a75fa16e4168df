"""The configuration of a study: what the command line, a TOML file and the Python API fill in."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import tomlkit
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from metacompress.data.content import content_digest
from metacompress.data.loading import DEFAULT_QUARANTINE_LIMIT
from metacompress.errors import UsageError
from metacompress.lang.language import Language
from metacompress.lang.validity import ValidityLevel
from metacompress.relations import DEFAULT_RELATIONS
from metacompress.transforms import TRANSFORMS

M = TypeVar("M", bound=BaseModel)


def _as_text(value: object) -> object:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


PathText = Annotated[str, BeforeValidator(_as_text)]
"""A path as text; it may be given as a Path."""

_BY_CONTENT = "counts by its content"
InputPath = Annotated[str, BeforeValidator(_as_text), _BY_CONTENT]
"""The same, of a file or a model's directory that is read: see ``file_digests``."""


LanguageName = Annotated[str, AfterValidator(Language.parse)]
"""A language in any spelling that is understood."""


class DataConfig(BaseModel):
    """Which examples a study is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: PathText = Field(description="file, directory, or hub:NAME")
    split: str | None = Field(default=None, description="train, valid or test, for directories")
    fields: dict[str, str] = Field(default={}, description="role = column, for unusual names")
    language: LanguageName | None = Field(default=None, description="c, cpp, java, python, go, ...")
    limit: int | None = Field(default=None, ge=1, description="first so many examples only")
    max_quarantined: float = Field(
        default=DEFAULT_QUARANTINE_LIMIT,
        ge=0,
        le=1,
        description="share of malformed rows tolerated",
    )
    missing: Literal["error", "skip"] = Field(
        default="error", description="what to do with examples that a recording lacks"
    )


class StudyConfig(BaseModel):
    """One study. Paths stand as given; relative ones are relative to the working directory."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    task: str = Field(description="clone-detection or vulnerability-prediction")
    teacher: str = Field(description="model specification, KIND:LOCATION?option=value")
    student: str = Field(description="model specification")
    data: DataConfig
    transforms: tuple[str, ...] = Field(
        default=(),
        description="what makes follow-up inputs, or all; none: sources only",
    )
    compose: int | None = Field(
        default=None, ge=1, description="apply so many random ones in a row; else one at a time"
    )
    variants: int = Field(default=1, ge=1, description="variants per example and transformation")
    programs: Literal["first", "second", "both"] = Field(
        default="first", description="which program of a pair is transformed"
    )
    substitutes: InputPath | None = Field(
        default=None, description="file of recorded substitutes; else names come from the data"
    )
    validity: ValidityLevel = Field(
        default=ValidityLevel.BINDINGS, description="what every variant must pass"
    )
    relations: dict[str, dict[str, Any]] = Field(
        default={name: {} for name in DEFAULT_RELATIONS},
        min_length=1,
        description="relations with their constants and tolerances",
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="of every interval")
    resamples: int = Field(default=2000, ge=100, description="of every bootstrap")
    seed: int = Field(default=0, ge=0, description="of everything that is random")
    run: PathText | None = Field(default=None, description="run directory")
    store: PathText | None = Field(
        default=None, description="prediction store to share between runs"
    )

    @field_validator("transforms", mode="before")
    @classmethod
    def _all_transforms(cls, names: Any) -> Any:
        return TRANSFORMS.names() if tuple(names) == ("all",) else names

    def identity(self) -> dict[str, Any]:
        """Everything that the results depend on: all but where they are kept."""
        return self.model_dump(mode="json", exclude={"run", "store"})


def file_digests(settings: BaseModel) -> dict[str, str]:
    """Digests of the files that settings name, by setting: those of the type InputPath.

    A name that is nothing on this disk (a hub id) has no digest.

    Raises:
        DataError: a file cannot be read.
    """
    found = {}
    for name, field in type(settings).model_fields.items():
        # Behind ``| None`` the mark stands in the annotation, else pydantic takes it out.
        marks = [*field.metadata]
        for part in get_args(field.annotation):
            marks += getattr(part, "__metadata__", ())
        if _BY_CONTENT in marks:
            value = getattr(settings, name)
            path = None if value is None else Path(value).expanduser()
            if path is not None and path.exists():
                found[name] = content_digest(path)
    return found


def make_config(settings: dict[str, Any]) -> StudyConfig:
    """Validate the settings of a study.

    Raises:
        UsageError: a setting is missing, unknown or out of range; the message names it.
    """
    return validated(StudyConfig, settings)


def make_data_config(settings: dict[str, Any]) -> DataConfig:
    """Validate the settings of a data set; see ``make_config``."""
    return validated(DataConfig, settings)


def validated(model: type[M], settings: dict[str, Any]) -> M:
    """Validate the settings of ``model``; see ``make_config``."""
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


def read_config(path: Path) -> dict[str, Any]:
    """Read the settings of a TOML file.

    Raises:
        UsageError: the file is missing or no valid TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such configuration file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path}: no valid TOML ({error})") from error


def write_config(settings: dict[str, Any]) -> str:
    """A commented TOML file with ``settings``; what is not set stands as a comment."""
    document = tomlkit.document()
    document.add(tomlkit.comment("A MetaCompress study: metacompress check THIS_FILE"))
    _add_fields(document, StudyConfig, {k: v for k, v in settings.items() if k != "data"})
    data = tomlkit.table()
    _add_fields(data, DataConfig, settings.get("data", {}))
    document.add("data", data)
    relations = tomlkit.table(is_super_table=True)
    for name, constants in settings.get("relations", {n: {} for n in DEFAULT_RELATIONS}).items():
        table = tomlkit.table()
        table.update(constants)
        relations.add(name, table)
    document.add("relations", relations)
    return tomlkit.dumps(document)


def _add_fields(container: Any, model: type[BaseModel], settings: dict[str, Any]) -> None:
    for name, field in model.model_fields.items():
        if name in ("data", "relations"):
            continue
        container.add(tomlkit.nl())
        container.add(tomlkit.comment(field.description or name))
        if name in settings:
            value = settings[name]
            container.add(name, list(value) if isinstance(value, tuple) else value)
        else:
            default = None if field.is_required() else field.get_default(call_default_factory=True)
            shown = '""' if default is None else tomlkit.item(_plain(default)).as_string()
            container.add(tomlkit.comment(f"{name} = {shown}"))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
