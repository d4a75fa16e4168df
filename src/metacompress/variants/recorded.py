"""Variants that other tools made: read from a table, and checked before they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.data.rows import QuarantinedRow, read_rows
from metacompress.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from metacompress.data.dataset import Dataset

_SOURCE, _TOOLS = "source_id", ("tool", "transformation")
_CODES = {1: ("code", "text", "program"), 2: ("code1", "code2")}
_UNCHECKED = " (unchecked)"

Texts = tuple[str | None, ...]
"""Of each program of an example its text; None where it stays as it is."""


@dataclass(frozen=True)
class RecordedVariants:
    """Texts by tool and source.

    Attributes:
        by_tool: of each tool, by the id of a source, its variants in their order.
    """

    by_tool: Mapping[str, Mapping[str, Sequence[Texts]]]

    @property
    def names(self) -> tuple[str, ...]:
        """The kinds of variants: of each tool, those that are checked and those that cannot be."""
        return tuple(kind for tool in self.by_tool for kind in (tool, f"{tool}{_UNCHECKED}"))

    def of(self, name: str, source: str, *, checked: bool) -> Sequence[Texts]:
        """The variants of one kind of a source.

        Args:
            name: of the kind.
            source: id of the example.
            checked: whether the gate can check variants of this example.
        """
        if name.endswith(_UNCHECKED) is checked:
            return ()
        return self.by_tool[name.removesuffix(_UNCHECKED)].get(source, ())

    @property
    def sources(self) -> set[str]:
        """Ids of all sources."""
        return {source for variants in self.by_tool.values() for source in variants}


def is_unchecked(name: str) -> bool:
    """Whether variants of this kind passed no gate."""
    return name.endswith(_UNCHECKED)


def read_recorded(path: Path, dataset: Dataset, taken: Iterable[str]) -> RecordedVariants:
    """Read recorded variants.

    A row has ``source_id``, the variant's ``code`` (of a pair ``code1``, ``code2`` or both) and
    the ``tool`` that made it. ``metacompress transform --out`` writes such tables.

    Args:
        path: a table; see ``read_rows``.
        dataset: the sources; rows about others are left out.
        taken: kinds of variants that are made here.

    Raises:
        DataError: the file cannot be read, a row has another form, a tool has the name of a
            transformation that is applied, or no row is about an example of the data.
    """
    arity, known = dataset.task.arity, {example.id for example in dataset}
    others = frozenset(taken)
    found: dict[str, dict[str, list[Texts]]] = {}
    for row in read_rows(path):
        if isinstance(row, QuarantinedRow):
            raise _wrong(path, row.line, f"{row.reason}, {row.detail}")
        source = row.values.get(_SOURCE)
        tool = next((row.values[name] for name in _TOOLS if row.values.get(name)), None)
        texts = _texts(row.values, arity)
        if source is None or not isinstance(tool, str) or not any(texts):
            fields = " or ".join(_CODES[arity][:1] if arity == 1 else _CODES[arity])
            raise _wrong(
                path, row.line, f"expected texts in the fields {_SOURCE}, {fields} and {_TOOLS[0]}"
            )
        if tool in others or is_unchecked(tool):
            raise _wrong(
                path, row.line, f"the tool's name {tool!r} stands for other variants of this study"
            )
        variants = found.setdefault(tool, {})
        if str(source) in known:
            variants.setdefault(str(source), []).append(texts)
    recorded = RecordedVariants(found)
    if not recorded.sources:
        raise DataError(
            f"{path}: no variant of an example of {dataset.source}; {_SOURCE} is the id of the "
            f"example",
            path=path,
            field=_SOURCE,
        )
    return recorded


def _texts(values: Mapping[str, Any], arity: int) -> Texts:
    """The programs of a row; empty ones are None, as an empty cell of a table is."""
    if arity == 1:
        return (next((_text(values[name]) for name in _CODES[1] if name in values), None),)
    return tuple(_text(values.get(name)) for name in _CODES[2])


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _wrong(path: Path, line: int, what: str) -> DataError:
    return DataError(f"{path}: line {line}: {what}", path=path, line=line)
