"""One generic registry: built-ins by import path, plug-ins by entry point.

Nothing is imported before it is asked for, so that listing names costs no heavy import, and a
plug-in that fails to import breaks only the command that names it.
"""

from __future__ import annotations

import difflib
import importlib
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from metacompress.errors import UnknownNameError, UsageError
from metacompress.extras import missing_package

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

T = TypeVar("T")
ALL = "all"
_plugins: set[str] = set()
_SUGGESTIONS = 3


class Registry(Generic[T]):
    """Named things of one kind.

    Args:
        kind: what the things are called in messages, for example ``"transformation"``.
        group: the entry-point group that third parties use, for example
            ``"metacompress.transforms"``.
        builtins: name to ``"module:attribute"`` of what the project ships.
        by_name_only: names that ``all`` leaves out, because they need what not everyone has.
    """

    def __init__(
        self,
        kind: str,
        group: str,
        builtins: Mapping[str, str],
        by_name_only: Collection[str] = (),
    ) -> None:
        self.kind = kind
        self.group = group
        self._builtins = dict(builtins)
        self._by_name_only = frozenset(by_name_only)
        self._loaded: dict[str, T] = {}
        self._plugins: dict[str, EntryPoint] | None = None

    def chosen(self, names: object) -> object:
        """The names that a user gave: one as a text, several, or ``all`` for every known one but
        those that have to be named.

        What is neither a text nor a sequence is returned as it is, for its reader to refuse.
        """
        if isinstance(names, str):
            names = (names,)
        if isinstance(names, (list, tuple)) and ALL in names:
            return tuple(
                name for name in self.names() if name in names or name not in self._by_name_only
            )
        return names

    def names(self) -> list[str]:
        """All known names, sorted."""
        return sorted({*self._builtins, *self._entry_points()})

    def choices(self) -> list[str]:
        """What ``chosen`` understands beside ``all``, to suggest instead of an unknown name."""
        return self.names()

    def get(self, name: str) -> T:
        """Import, if need be, and return what is registered under ``name``.

        Raises:
            UnknownNameError: there is no such name; the message suggests close ones.
            MissingDependencyError: it needs a package that is not installed.
            UsageError: a plug-in cannot be imported.
        """
        if name in self._loaded:
            return self._loaded[name]
        try:
            if name in self._builtins:
                module, _, attribute = self._builtins[name].partition(":")
                thing = getattr(importlib.import_module(module), attribute)
            elif name in self._entry_points():
                thing = self._entry_points()[name].load()
                _plugins.add(f"{self.group}:{name}")
            else:
                raise UnknownNameError(
                    self._unknown(name), name=name, kind=self.kind, known=self.choices()
                )
        except ModuleNotFoundError as error:
            raise missing_package(f"{self.kind} {name!r}", error) from error
        except (ImportError, AttributeError) as error:
            raise UsageError(f"{self.kind} {name!r} cannot be imported: {error}") from error
        self._loaded[name] = cast("T", thing)
        return self._loaded[name]

    def describe(self, name: str) -> str:
        """The first line of the docstring of what is registered under ``name``."""
        doc: Any = getattr(self.get(name), "__doc__", None)
        return doc.strip().splitlines()[0] if doc and doc.strip() else ""

    def __contains__(self, name: str) -> bool:
        return name in self._builtins or name in self._entry_points()

    def _entry_points(self) -> dict[str, EntryPoint]:
        if self._plugins is None:
            self._plugins = {point.name: point for point in entry_points(group=self.group)}
        return self._plugins

    def _unknown(self, name: str) -> str:
        known = self.choices()
        close = close_names(name, known)
        hint = f"did you mean {' or '.join(map(repr, close))}?" if close else ""
        hint = hint or f"known: {', '.join(known)}"
        return f"unknown {self.kind} {name!r}; {hint}"


def plugins_in_use() -> frozenset[str]:
    """What other packages registered, of all registries, that this process has asked for."""
    return frozenset(_plugins)


def close_names(name: str, known: list[str]) -> list[str]:
    """Known names that begin with ``name``, or hold it, or are spelled nearly alike."""
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    if not wanted:
        return []
    for fits in (str.startswith, str.__contains__):
        found = [one for one in known if fits(one, wanted)]
        if found:
            return found[:_SUGGESTIONS]
    return difflib.get_close_matches(wanted, known, n=1)
