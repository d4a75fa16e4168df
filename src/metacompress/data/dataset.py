"""A data set: examples of one task, and what was set aside while reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from metacompress.data.in_memory import EXAMPLES
from metacompress.data.rows import QuarantinedRow, QuarantineReason
from metacompress.errors import DataError, EmptyDatasetError, QuarantineLimitError

if TYPE_CHECKING:
    from metacompress.data.example import Example
    from metacompress.data.task import Task

DEFAULT_QUARANTINE_LIMIT = 0.05
"""Share of malformed rows up to which they are left out; ours."""


@dataclass(frozen=True)
class Dataset(Sequence["Example"]):
    """Examples in the order of their source.

    Attributes:
        task: what the labels mean.
        examples: at least one; ids are unique, every example has ``task.arity`` programs.
        quarantine: the malformed rows.
        source: where the examples come from, for messages and reports.
        skipped: well-formed examples that the caller did not want.
    """

    task: Task
    examples: tuple[Example, ...]
    quarantine: tuple[QuarantinedRow, ...] = ()
    source: str = EXAMPLES
    skipped: int = 0

    def __post_init__(self) -> None:
        if not self.examples:
            hint = f"; {self.skipped} were left out" if self.skipped else ""
            hint += f"; all {len(self.quarantine)} rows are malformed" if self.quarantine else ""
            first = self.quarantine[0] if self.quarantine else None
            where = f" (line {first.line}: {first.reason}, {first.detail})" if first else ""
            raise EmptyDatasetError(
                f"{self.source}: no usable example{hint}{where}",
                path=self.source,
                line=first.line if first else None,
            )
        seen: set[str] = set()
        for example in self.examples:
            if len(example.programs) != self.task.arity:
                raise DataError(
                    f"{self.source}: example {example.id!r} has {len(example.programs)} "
                    f"program(s), {self.task.name} needs {self.task.arity}",
                    path=self.source,
                    example=example.id,
                )
            if example.label is not None and not 0 <= example.label < len(self.task.labels):
                raise DataError(
                    f"{self.source}: example {example.id!r} has label {example.label}, "
                    f"{self.task.name} has {len(self.task.labels)} classes",
                    path=self.source,
                    example=example.id,
                    field="label",
                )
            if example.id in seen:
                raise DataError(
                    f"{self.source}: two examples have the id {example.id!r}",
                    path=self.source,
                    example=example.id,
                    field="id",
                )
            seen.add(example.id)

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Example]: ...
    def __getitem__(self, index: int | slice) -> Example | Sequence[Example]:
        return self.examples[index]

    def __len__(self) -> int:
        return len(self.examples)


def check_quarantine(
    source: str,
    rows: int,
    quarantine: Sequence[QuarantinedRow],
    limit: float,
    *,
    least: int = 0,
) -> None:
    """Raise QuarantineLimitError if more than the share ``limit`` of ``rows`` is malformed.

    Fewer than ``least`` malformed rows are not judged: others may follow.
    """
    malformed = quarantine
    if rows and len(malformed) >= least and len(malformed) > limit * rows:
        first = malformed[0]
        raise QuarantineLimitError(
            f"{source}: {len(malformed)} of {rows} rows are malformed, above the limit of "
            f"{limit:.0%} (first: {first.file} line {first.line}: {first.reason}, {first.detail}); "
            f"{_way_out(malformed, rows)}",
            path=source,
            line=first.line,
            malformed=len(malformed),
            rows=rows,
            limit=limit,
        )


def _way_out(malformed: Sequence[QuarantinedRow], rows: int) -> str:
    if malformed[0].reason is QuarantineReason.BAD_ENCODING:
        return "save the file as UTF-8 (of Latin-1: iconv -f LATIN1 -t UTF-8)"
    if len(malformed) == rows:
        return "mend the file"
    return "mend them, or raise --max-quarantined"
