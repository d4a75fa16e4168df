"""Pages of pydantic models: their fields, read from their JSON Schema."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from generator.modules import modules_of
from generator.names import cell
from metacompress.settings.base import Settings
from metacompress.settings.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Model = type[BaseModel]


def find_models(package: str) -> list[Model]:
    """Return the public models with fields that the modules of ``package`` define, by module."""
    return [
        value
        for module in modules_of(package)
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and issubclass(value, BaseModel)
        and value.__module__ == module.__name__
        # What no user sets or reads is not described.
        and any(field.description for field in value.model_fields.values())
        and not inspect.isabstract(value)
        and name == value.__name__  # not another name of it, nor a generic one with its parameters
        and not name.startswith("_")
    ]


def reached_by(roots: Iterable[Model]) -> set[Model]:
    """Return ``roots`` and every model that stands in a field of one, at any depth."""
    found: set[Model] = set()
    todo = list(roots)
    while todo:
        model = todo.pop()
        if model not in found:
            found.add(model)
            for field in model.model_fields.values():
                todo += _models_in(field.annotation)
    return found


def settings_page(models: Sequence[Model]) -> str:
    """Return the page of what users set.

    A model that others inherit from or hold is left out: its settings stand with theirs.
    """
    held = {part for model in models for part in reached_by([model]) - {model}}
    bases = {base for model in models for base in model.__mro__[1:]}
    return _page(
        "Settings",
        "Every setting is defined once. The tables name its flag at the command line (see "
        "[commands](commands.md)), its key in a settings file (TOML) that `--config` takes, and "
        "its keyword argument in Python.",
        [
            model
            for model in models
            if not issubclass(model, Settings) or model not in {*held, *bases}
        ],
    )


def results_page(models: Sequence[Model]) -> str:
    """Return the page of what commands print with ``--json`` and functions return."""
    return _page(
        "Results",
        "What a command prints with `--json`, and what the functions of the "
        "[Python API](python.md) return.",
        models,
    )


def _page(title: str, introduction: str, models: Sequence[Model]) -> str:
    sections = [f"# {title}", introduction]
    folder = ""
    for model in models:
        above = model.__module__.split(".")[1]
        if above != folder:
            folder = above
            sections.append(f"## {folder.replace('_', ' ').capitalize()}")
        sections.append(f"### {model.__name__}\n\n{_summary(model)}\n\n{_fields(model)}")
    return "\n\n".join(sections) + "\n"


def _summary(model: Model) -> str:
    return " ".join((inspect.getdoc(model) or "").partition("\n\n")[0].split()).replace("``", "`")


def _fields(model: Model) -> str:
    return reference(model, level=4) if issubclass(model, Settings) else _table(model)


def _table(model: Model) -> str:
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    if "properties" not in schema:
        return f"A {_type(schema, definitions)}."
    required = set(schema.get("required", ()))
    rows = [
        f"| `{name}` | {_type(part, definitions)} "
        f"| {'required' if name in required else _default(part)} "
        f"| {cell(part.get('description', ''))} |"
        for name, part in schema["properties"].items()
    ]
    return "\n".join(["| field | type | default | meaning |", "|---|---|---|---|", *rows])


def _default(part: dict[str, Any]) -> str:
    value = part.get("default")
    return "" if value is None else cell(f"`{json.dumps(value)}`")


def _type(part: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        aim = definitions[name]
        # Only models have a section of their own.
        return f"[{name}](#{name.lower()})" if "properties" in aim else _type(aim, definitions)
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    choices = part.get("anyOf") or part.get("oneOf")
    if choices:
        named = [_type(one, definitions) for one in choices if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(named))
    match part.get("type"):
        case "array":
            items = part.get("items") or {}
            return f"list of {_type(items, definitions)}" if items else "list"
        case "object":
            values = part.get("additionalProperties")
            aim = _type(values, definitions) if isinstance(values, dict) and values else ""
            return f"table of {aim}" if aim else "table"
        case None:
            return "any"
        case kind:
            words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
            return f"{words.get(kind, kind)}{_range(part)}"


def _range(part: dict[str, Any]) -> str:
    bounds = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    stated = [f"{sign} {part[key]:g}" for key, sign in bounds.items() if key in part]
    return f", {' and '.join(stated)}" if stated else ""


def _models_in(annotation: object) -> Iterator[Model]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
