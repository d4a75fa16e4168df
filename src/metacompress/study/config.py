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
)

from metacompress.characters import require_plain
from metacompress.data.content import content_digest
from metacompress.data.loading import DEFAULT_QUARANTINE_LIMIT
from metacompress.errors import UsageError
from metacompress.lang.language import Language
from metacompress.relations import DEFAULT_RELATIONS
from metacompress.relations.registry import chosen_relations
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.validity import ValidityLevel

M = TypeVar("M", bound=BaseModel)


def _as_text(value: object) -> object:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


PathText = Annotated[str, BeforeValidator(_as_text)]
"""A path as text; it may be given as a Path."""

_BY_CONTENT = "counts by its content"
InputPath = Annotated[str, BeforeValidator(_as_text), _BY_CONTENT]
"""The same, of a file or a model's directory that is read: see ``file_digests``."""


# Of a TOML file, and of one of its lines; no setting comes near.
_MAX_BYTES, _MAX_DOTS = 1 << 20, 100
MAX_SEED = 2**32 - 1
"""Largest seed: what every library that is seeded takes."""

Seed = Annotated[int, Field(ge=0, le=MAX_SEED)]
"""Random seed."""

Relations = Annotated[dict[str, dict[str, Any]], BeforeValidator(chosen_relations)]
"""Relations with their constants; names alone are understood."""

OneOrSeveral = BeforeValidator(lambda names: (names,) if isinstance(names, str) else names)
"""Lets a user give one name as a text where several may stand."""

LanguageName = Annotated[str, AfterValidator(Language.parse)]
"""A language in any spelling that is understood."""


class DataConfig(BaseModel):
    """Which examples a study is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: PathText = Field(description="file, directory, or hub:NAME", examples=["test.jsonl"])
    split: str | None = Field(
        default=None, description="train, valid or test, for directories", examples=["test"]
    )
    fields: dict[str, str] = Field(
        default={},
        description="columns by role, where their names are unusual",
        examples=[{"code": "source"}],
    )
    language: LanguageName | None = Field(
        default=None, description="c, cpp, java, python, go, ...", examples=["c"]
    )
    limit: int | None = Field(
        default=None, ge=1, description="first so many examples only", examples=[1000]
    )
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

    task: str = Field(
        description="clone-detection or vulnerability-prediction",
        examples=["vulnerability-prediction"],
    )
    teacher: str = Field(
        description="model specification, KIND:LOCATION?option=value", examples=["path/to/teacher"]
    )
    student: str = Field(description="model specification", examples=["onnx:path/to/student"])
    data: DataConfig
    transforms: Annotated[tuple[str, ...], BeforeValidator(TRANSFORMS.chosen)] = Field(
        default=(),
        description="what makes follow-up inputs, or all; none: sources only",
    )
    compose: int | None = Field(
        default=None,
        ge=1,
        description="apply so many random ones in a row; else one at a time",
        examples=[3],
    )
    variants: int = Field(default=1, ge=1, description="variants per example and transformation")
    programs: Literal["first", "second", "both"] = Field(
        default="first", description="which program of a pair is transformed"
    )
    substitutes: InputPath | None = Field(
        default=None,
        description="file of recorded substitutes; else names come from the data",
        examples=["substitutes.jsonl"],
    )
    validity: ValidityLevel = Field(
        default=ValidityLevel.BINDINGS, description="what every variant must pass"
    )
    relations: Relations = Field(
        default={name: {} for name in DEFAULT_RELATIONS},
        min_length=1,
        description="relations with their constants and tolerances",
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="of every interval")
    resamples: int = Field(default=2000, ge=100, description="of every bootstrap")
    seed: Seed = Field(default=0, description="of everything that is random")
    run: PathText | None = Field(default=None, description="run directory", examples=["runs/mine"])
    store: PathText | None = Field(
        default=None,
        description="prediction store to share between runs",
        examples=["predictions.sqlite"],
    )

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


def read_config(path: Path) -> dict[str, Any]:
    """Read the settings of a TOML file.

    Raises:
        UsageError: the file is missing or no valid TOML.
    """
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is not a regular file; name a TOML file")
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1).decode()
        if len(text) > _MAX_BYTES:
            raise UsageError(f"{path}: has more than {_MAX_BYTES >> 10} kB; is this a TOML file?")
        # The parser keeps every beginning of a dotted key: its memory grows with their square.
        for number, line in enumerate(text.splitlines(), 1):
            if line.count(".") > _MAX_DOTS:
                raise UsageError(f"{path}: line {number} has more than {_MAX_DOTS} dots")
        return tomllib.loads(text)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such configuration file") from None
    except (ValueError, RecursionError, OSError) as error:
        raise UsageError(f"{path}: no valid TOML ({str(error).partition(';')[0]})") from error


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
        if name in settings:
            container.add(tomlkit.comment(field.description or name))
            container.add(name, _item(settings[name]))
            continue
        shown = None if field.is_required() else field.get_default(call_default_factory=True)
        remark = ""
        if not shown and field.examples:
            # An empty value would not be valid once the line is uncommented.
            remark = "; not set" if field.is_required() else "; not set by default"
            shown = field.examples[0]
        container.add(tomlkit.comment(f"{field.description or name}{remark}"))
        container.add(tomlkit.comment(f"{name} = {_item(shown).as_string()}"))


def _item(value: Any) -> Any:
    """``value`` as TOML, in one line."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)
