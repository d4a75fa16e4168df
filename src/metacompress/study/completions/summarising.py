"""Build the summary of a study of completions from its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.relations.completions.outputs import CompletionOutputs
from metacompress.relations.completions.registry import make_completion_relation
from metacompress.relations.outputs import shared_weights
from metacompress.stats.intervals.differences import mcnemar
from metacompress.stats.intervals.tokens import TokenSample
from metacompress.stats.intervals.variances import Dependence
from metacompress.stats.verdict import combine
from metacompress.study.clusters import cluster_numbers
from metacompress.study.completions.summary import (
    CompletedData,
    CompletionFigures,
    KeptCompletions,
    PartCompletions,
    PassedTests,
    StudentCompletions,
)
from metacompress.study.completions.tables import COMPLETIONS
from metacompress.study.judged import judged_on_parts
from metacompress.study.levels import Level
from metacompress.study.players import TEACHER
from metacompress.variants.follow_ups import FollowUps

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.data.dataset import Dataset
    from metacompress.relations.kinds import Kinds
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.completions.config import CompletionsConfig

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_NUMBERS = ["source", "variant", "left_out", "program_passed", "models", "students"]


class Completed:
    """The completed programs of one part: n rows of the table.

    Args:
        table: the rows, as they are stored.
        clusters: of all sources, see ``cluster_numbers``.
        kinds: the transformations of all variants, by their number; None of sources.
    """

    def __init__(
        self, table: pa.Table, clusters: NDArray[np.int64], kinds: Kinds | None = None
    ) -> None:
        table = table.filter(pc.is_null(table["left_out"])).combine_chunks()
        self._table = table
        found, self.units = np.unique(table["source"].to_numpy(), return_inverse=True)
        self.dependence = Dependence.of(clusters[found])
        self.kinds = None if kinds is None else kinds.rows(table["variant"].to_numpy())
        self.weights = (
            1 / np.bincount(self.units)[self.units]
            if self.kinds is None
            else shared_weights(self.units, self.kinds, {})
        )

    def __len__(self) -> int:
        return len(self.units)

    def of_model(self, name: str, field: str) -> Floats:
        """A number that the table has of a model, (n,); nan where it has none."""
        return self._numbers("models", name, field)

    def of_student(self, name: str, field: str) -> Floats:
        """A number that the table has of a student, (n,); nan where it has none."""
        return self._numbers("students", name, field)

    @property
    def are_tested(self) -> Mask:
        """Which programs pass their tests as they are, (n,)."""
        column = pc.fill_null(self._table["program_passed"], False)
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.bool_)

    def outputs(self, student: str) -> CompletionOutputs:
        """The same, as relations read it."""
        names = (TEACHER, student) if self.kinds is not None else ()
        kept = [self.of_model(name, "kept") for name in names]
        return CompletionOutputs(
            self.of_student(student, "similarity"),
            self.units,
            self.weights,
            self.dependence,
            *kept,
        )

    def _numbers(self, column: str, name: str, field: str) -> Floats:
        found = pc.struct_field(self._table[column], [name, field])
        values: Floats = pc.cast(found, "float64").to_numpy(zero_copy_only=False)
        return values


def summarise_students(
    config: CompletionsConfig, dataset: Dataset, attempts: StoredTable, run: RunDirectory
) -> dict[str, StudentCompletions]:
    """What was found of every student, by name.

    Args:
        config: of the study.
        dataset: the sources.
        attempts: the table of variants.
        run: with the table of completions.
    """
    relations = [make_completion_relation(*one) for one in config.relations.items()]
    clusters = cluster_numbers(dataset.examples)
    table = run.open_table(COMPLETIONS).read(_NUMBERS)
    is_source = pc.less(table["variant"], 0)
    parts = {Part.SOURCES: Completed(table.filter(is_source), clusters)}
    if config.transforms or config.variants_from:
        kinds = FollowUps(attempts, dataset.examples).kinds
        variants = Completed(table.filter(pc.invert(is_source)), clusters, kinds)
        if len(variants):
            parts[Part.FOLLOW_UPS] = variants
    found = {}
    for name in config.student:
        judged = judged_on_parts(
            relations,
            {part: one.outputs(name) for part, one in parts.items()},
            config.confidence,
            inputs=lambda relation, outputs: outputs,
        )
        figures = {part: _part(one, name, config.confidence) for part, one in parts.items()}
        verdicts = [one.verdict for one in judged.values() if one.verdict is not None]
        found[name] = StudentCompletions(
            verdict=combine(verdicts),
            relations=judged,
            sources=figures[Part.SOURCES],
            follow_ups=figures.get(Part.FOLLOW_UPS),
        )
    return found


def _part(rows: Completed, student: str, confidence: float) -> PartCompletions:
    sample = TokenSample(rows.units, rows.dependence, confidence)
    every = np.ones(len(rows), dtype=np.bool_)
    return PartCompletions(
        figures=_figures(rows, student, sample, every),
        transformations={
            name: _figures(rows, student, sample, kinds.are(name))
            for kinds in ([] if rows.kinds is None else [rows.kinds])
            for name in sorted(kinds.present())
        },
        kept=None if rows.kinds is None else _kept(rows, student, sample),
        tests=_tests(rows, student, sample),
    )


def _figures(rows: Completed, student: str, sample: TokenSample, chosen: Mask) -> CompletionFigures:
    similarity, agreed, first = (
        rows.of_student(student, field) for field in ("similarity", "agreed", "first_divergent")
    )
    differ = chosen & ~np.isnan(first)
    some = sample.rows(chosen)
    return CompletionFigures(
        programs=int(chosen.sum()),
        same=Level.of(some.share(~differ[chosen])),
        similarity=Level.of(some.mean_share(similarity[chosen])),
        agreed=Level.of(some.mean_share(agreed[chosen])),
        first_divergent=Level.of(sample.rows(differ).quantile(first[differ], 0.5)),
    )


def _kept(rows: Completed, student: str, sample: TokenSample) -> KeptCompletions:
    teacher, own = (rows.of_model(name, "kept") for name in (TEACHER, student))
    known = ~np.isnan(teacher)
    some = sample.rows(known)
    return KeptCompletions(
        variants=int(known.sum()),
        teacher=Level.of(some.share(teacher[known] == 1)),
        student=Level.of(some.share(own[known] == 1)),
        teacher_similarity=Level.of(some.mean_share(teacher[known])),
        student_similarity=Level.of(some.mean_share(own[known])),
    )


def _tests(rows: Completed, student: str, sample: TokenSample) -> PassedTests | None:
    tested = rows.are_tested
    if not tested.any():
        return None
    teacher, own = (rows.of_model(name, "passed")[tested] == 1 for name in (TEACHER, student))
    some = sample.rows(tested)
    sources = np.unique(rows.units[tested])
    independent = len(sources) == tested.sum() == rows.dependence.rows(sources).count
    return PassedTests(
        programs=int(tested.sum()),
        teacher=Level.of(some.share(teacher)),
        student=Level.of(some.share(own)),
        both=int((teacher & own).sum()),
        teacher_only=int((teacher & ~own).sum()),
        student_only=int((own & ~teacher).sum()),
        neither=int((~teacher & ~own).sum()),
        p_value=mcnemar(teacher, own) if independent else None,
    )


def summarise_data(dataset: Dataset, run: RunDirectory) -> CompletedData:
    """How many programs were completed, and why others were not."""
    table = run.open_table(COMPLETIONS).read(["left_out", "program_passed"])
    reasons = pc.value_counts(pc.drop_null(table["left_out"])).to_pylist()
    left_out = {one["values"]: one["counts"] for one in sorted(reasons, key=lambda r: r["values"])}
    return CompletedData(
        source=dataset.source,
        sources=len(dataset),
        groups=len({name for example in dataset for name in example.clusters}),
        variants=len(table) - len(dataset),
        quarantined=len(dataset.quarantine),
        completed=len(table) - sum(left_out.values()),
        left_out=left_out,
        with_tests=len(pc.drop_null(table["program_passed"])),
        failing=len(table.filter(pc.equal(table["program_passed"], False))),
    )


def endings(run: RunDirectory, model: str) -> dict[str, int]:
    """How many completions of a model end where."""
    table = run.open_table(COMPLETIONS).read(["models"])
    found: Any = pc.struct_field(table["models"], [model, "end"])
    counts = pc.value_counts(pc.drop_null(found)).to_pylist()
    return {one["values"]: one["counts"] for one in sorted(counts, key=lambda r: r["values"])}
