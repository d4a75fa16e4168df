"""Variants of programs outside of any study, for instance as training data."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.files import is_directory, require_regular_file
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.data.writing import write_table
from metacompress.errors import DataError, UsageError
from metacompress.files.atomic import write_bytes
from metacompress.files.overlap import refuse_output_over
from metacompress.lang.language import Language
from metacompress.lang.parsing import MAX_PROGRAM_BYTES
from metacompress.variants.attempt import VariantAttempt
from metacompress.variants.sharing import shared_maker
from metacompress.variants.summary import MadeVariants, TransformSummary
from metacompress.variants.table import MakeShards, variant_shards
from metacompress.workers.in_process import InProcess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.runs.progress import Progress
    from metacompress.variants.plan import VariantPlan
    from metacompress.workers.job import Executor

STANDARD_INPUT = "-"
# Languages without a front end, too: such a file is told from one of no language.
_SUFFIXES = {
    ".c": Language.C,
    ".h": Language.C,
    ".cc": Language.CPP,
    ".cpp": Language.CPP,
    ".cxx": Language.CPP,
    ".hpp": Language.CPP,
    ".java": Language.JAVA,
    ".py": Language.PYTHON,
    ".js": Language.JAVASCRIPT,
    ".mjs": Language.JAVASCRIPT,
    ".cjs": Language.JAVASCRIPT,
    ".cs": Language("csharp"),
    ".go": Language.GO,
    ".kt": Language("kotlin"),
    ".php": Language("php"),
    ".rb": Language("ruby"),
    ".rs": Language("rust"),
    ".scala": Language("scala"),
    ".swift": Language("swift"),
    ".ts": Language("typescript"),
}


@dataclass(frozen=True, slots=True)
class TransformedPrograms:
    """Variants of the examples of a data set.

    Attributes:
        dataset: the sources.
        attempts: one per requested variant.
    """

    dataset: Dataset
    attempts: Sequence[VariantAttempt]

    @property
    def variants(self) -> list[VariantAttempt]:
        """The attempts that passed the gate."""
        return [attempt for attempt in self.attempts if attempt.refusal is None]

    def summary(self, out: Path | None = None) -> TransformSummary:
        """How many variants were made and refused, by transformation and reason.

        Args:
            out: where the variants were written to.
        """
        refused: dict[str, Counter[str]] = {}
        made: Counter[str] = Counter()
        for attempt in self.attempts:
            reasons = refused.setdefault(attempt.transformation, Counter())
            if attempt.refusal is None:
                made[attempt.transformation] += 1
            else:
                reasons[attempt.refusal] += 1
        return TransformSummary(
            out=out,
            made=made.total(),
            attempted=len(self.attempts),
            transformations={
                name: MadeVariants(made=made[name], refused=dict(sorted(reasons.items())))
                for name, reasons in refused.items()
            },
        )

    def table(self) -> pa.Table:
        """The variants with columns that a data set may have, label and group of their source."""
        sources = {example.id: example for example in self.dataset}
        arity = self.dataset.task.arity
        rows = []
        for variant in self.variants:
            source = sources[variant.source_id]
            names = ["code"] if arity == 1 else ["code1", "code2"]
            languages = [str(program.language) for program in source.programs]
            columns = ["language"] if arity == 1 else ["language1", "language2"]
            rows.append(
                {
                    "id": variant.id,
                    "source_id": source.id,
                    "transformation": variant.transformation,
                    "group": source.clusters[0],
                    "label": source.label,
                    **dict(zip(columns, languages, strict=True)),
                    **dict(zip(names, variant.programs, strict=True)),
                }
            )
        return pa.Table.from_pylist(rows)

    def __repr__(self) -> str:
        counts = [f"TransformedPrograms: {len(self.variants)} of {len(self.attempts)} variants"]
        for name, entry in self.summary().transformations.items():
            refused = "".join(f", {count} {reason}" for reason, count in entry.refused.items())
            counts.append(f"  {name}: {entry.made} made{refused}")
        return "\n".join(counts)


def source_language(path: Path, language: str | None) -> Language | None:
    """The language of a source file; None where ``path`` is not one, but data.

    Raises:
        UsageError: ``path`` is standard input, and the language is not given.
    """
    if str(path) == STANDARD_INPUT:
        if language is None:
            raise UsageError(
                "standard input has no suffix; give --language c, java, ...", option="language"
            )
        return Language.parse(language)
    by_suffix = _SUFFIXES.get(path.suffix.lower())
    if by_suffix is None or is_directory(path):
        return None
    return Language.parse(language) if language is not None else by_suffix


def read_source_file(path: Path, language: Language) -> Dataset:
    """A data set of one program, read from ``path`` or from standard input (``-``).

    Raises:
        DataError: the file is missing, not a regular file, too large or not valid UTF-8.
    """
    try:
        if str(path) == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MAX_PROGRAM_BYTES + 1)
        else:
            require_regular_file(path)
            with path.open("rb") as file:
                content = file.read(MAX_PROGRAM_BYTES + 1)
        if len(content) > MAX_PROGRAM_BYTES:
            raise DataError(f"{path}: a program has at most {MAX_PROGRAM_BYTES:,} bytes", path=path)
        text = content.decode()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})", path=path) from error
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path}: byte {error.start} is not valid UTF-8; convert the file", path=path
        ) from None
    return one_program(text, language, "stdin" if str(path) == STANDARD_INPUT else str(path))


def one_program(text: str, language: Language, source: str) -> Dataset:
    """A data set of this program alone."""
    if not text.strip():
        raise DataError(f"{source}: the program is empty", path=source)
    example = Example(source, (Program(text, language),), None, None, (source,))
    return Dataset(VULNERABILITY_PREDICTION, (example,), source=source)


def transform_dataset(
    dataset: Dataset, plan: VariantPlan, progress: Progress, executor: Executor | None = None
) -> TransformedPrograms:
    """Make the variants of every example; see ``variants_stage`` for arguments.

    Raises:
        UsageError: ``plan`` has neither a transformation nor recorded variants.
    """
    if not plan.makes_variants:
        raise UsageError(
            "no transformation is given; metacompress list transforms shows them",
            option="transforms",
        )
    executor = executor or InProcess()
    making = MakeShards(shared_maker(dataset, plan, progress, executor))
    shards = variant_shards(dataset)
    attempts: list[VariantAttempt] = []
    with progress.stage("making variants", len(dataset)) as advance:
        for shard, table in zip(shards, executor.run(making, shards), strict=True):
            attempts.extend(map(VariantAttempt.of, table.to_pylist()))
            advance(len(shard.examples))
    return TransformedPrograms(dataset, attempts)


def write_variants(found: TransformedPrograms, out: Path, *, one_file: bool) -> None:
    """Write variants.

    Args:
        found: what to write.
        out: of a source file, a file or, for several variants, a directory; of data, a table.
        one_file: whether the source is a file.

    Raises:
        UsageError: a file would replace the source.
        DataError: a file cannot be written.
    """
    if not one_file:
        write_table(found.table(), out)
        return
    source = Path(found.dataset.source)
    variants = found.variants
    try:
        if len(variants) == 1 and not out.is_dir():
            write_bytes(out, variants[0].programs[0].encode())
            return
        for variant in variants:
            name = variant.id.removeprefix(found.dataset.source)
            path = out / f"{source.stem}{name}{source.suffix}"
            refuse_output_over(path, "--out", [("transform", source)])
            write_bytes(path, variant.programs[0].encode())
    except OSError as error:
        raise DataError(f"{out}: cannot be written ({error.strerror or error})") from error
