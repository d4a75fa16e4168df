"""The settings of a model as one flat list, from which flags, keywords and reference pages come."""

from __future__ import annotations

import inspect
import types
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from metacompress.errors import UsageError
from metacompress.registry import close_names
from metacompress.settings.base import Settings
from metacompress.settings.fields import Group, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

_WORDS = {int: "N", float: "NUMBER", str: "TEXT"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        path: names of the fields that lead to it: ``("data", "limit")``.
        field: its field.
        shown: its mark; empty where the annotation has none.
        group: where help texts list it.
    """

    path: tuple[str, ...]
    field: FieldInfo
    shown: Shown
    group: Group

    @property
    def key(self) -> str:
        """The dotted TOML key."""
        return ".".join(self.path)

    @property
    def keyword(self) -> str:
        """The name of the keyword argument."""
        return self.shown.keyword or self.path[-1]

    @property
    def flag(self) -> str:
        """The flag, with its dashes."""
        return "--" + (self.shown.flag or self.keyword).replace("_", "-")

    @property
    def description(self) -> str:
        """What it means, with units and ranges."""
        return self.field.description or ""

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.field.is_required()

    @property
    def default(self) -> Any:
        """The value where it is not set; None for a required setting."""
        return None if self.required else self.field.get_default(call_default_factory=True)

    @property
    def kind(self) -> Any:
        """The type without None: bool, int, float, str, tuple, dict or a Literal."""
        return plain_type(self.field.annotation)

    @property
    def named_tables(self) -> bool:
        """Whether its value is a table per name, as of relations with their constants."""
        parts = get_args(self.field.annotation)
        return self.kind is dict and get_origin(parts[1]) is dict

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that it may have, where they are known."""
        return tuple(map(str, get_args(self.kind))) if get_origin(self.kind) is Literal else ()

    @property
    def word(self) -> str | None:
        """What stands for a value; None for a switch and for known choices."""
        if self.kind is bool or self.choices:
            return None
        return self.shown.word or _WORDS.get(self.kind, "TEXT")

    @property
    def default_text(self) -> str | None:
        """The default for a reader; None where the description says what happens."""
        default = self.default
        if default is None or default in ((), {}):
            return None
        if isinstance(default, bool):
            return "yes" if default else "no"
        if isinstance(default, (tuple, dict)):
            return ", ".join(map(str, default))
        return str(default)


def settings_of(model: type[Settings]) -> list[Setting]:
    """Every setting of ``model``, in the order of the groups; what is required comes first.

    Raises:
        ValueError: two have the same keyword or the same flag.
    """
    order = list(Group)
    found = sorted(_walk(model, ()), key=lambda one: (order.index(one.group), not one.required))
    for names in ([one.keyword for one in found], [one.flag for one in found]):
        if len(set(names)) < len(names):
            raise ValueError(f"{model.__name__}: a name stands for two settings")
    return found


def nested(model: type[Settings], given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that keywords stand for, nested as the model and a TOML file have them.

    Raises:
        UsageError: a keyword is unknown.
    """
    known = {one.keyword: one for one in settings_of(model)}
    settings: dict[str, Any] = {}
    for keyword, value in given.items():
        if keyword not in known:
            close = close_names(keyword, list(known))
            hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(known)}"
            raise UsageError(f"unknown setting {keyword!r}; {hint}", option=keyword)
        *tables, name = known[keyword].path
        table = settings
        for one in tables:
            table = table.setdefault(one, {})
        table[name] = value
    return settings


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Nested settings where those of ``above`` win; relations with constants are replaced whole."""
    found = dict(below)
    for name, value in above.items():
        first = found.get(name)
        is_table = isinstance(first, dict) and isinstance(value, dict) and name != "relations"
        found[name] = merged(first, value) if is_table and first is not None else value
    return found


def plain_type(annotation: Any) -> Any:
    """The type without marks and None; a Literal of the values for an enumeration."""
    while get_origin(annotation) not in (None, Literal, tuple, dict):
        parts = get_args(annotation)
        if get_origin(annotation) in (Union, types.UnionType):
            parts = tuple(one for one in parts if one is not types.NoneType)
        annotation = parts[0]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Literal[tuple(str(one) for one in annotation)]
    return get_origin(annotation) if get_origin(annotation) in (tuple, dict) else annotation


def _walk(model: type[Settings], path: tuple[str, ...]) -> Iterator[Setting]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Settings):
            yield from _walk(kind, (*path, name))
            continue
        marks = [mark for mark in field.metadata if isinstance(mark, Shown)]
        shown = marks[-1] if marks else Shown()
        yield Setting((*path, name), field, shown, shown.group or _definer(model, name).group)


def _definer(model: type[Settings], name: str) -> type[Settings]:
    """The class that defines a field: ``model`` or one that it inherits from."""
    return next(one for one in model.__mro__ if name in inspect.get_annotations(one))
