"""The summary of a comparison of models by bits per byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field

from metacompress.data.part import Part
from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.runs.run_files import SUMMARY
from metacompress.stats.intervals.tokens import TokenSample
from metacompress.stats.intervals.variances import Dependence
from metacompress.study.fidelity.tables import LINES
from metacompress.study.levels import Distribution, Level
from metacompress.study.players import TEACHER
from metacompress.study.warnings import StudyWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from metacompress.runs.run_directory import RunDirectory

SCHEMA: Final = "metacompress.likelihood/1"


class LikelihoodFigures(Record):
    """A student beside its teacher on sources, or on variants, whatever their tokens."""

    lines: int = Field(description="lines of which all models predict at least a byte")
    bytes: int = Field(description="bytes that all models predict")
    teacher: Level = Field(description="bits per byte of the teacher")
    student: Level = Field(description="bits per byte of the student")
    difference: Level = Field(description="bits per byte of the student minus the teacher's")
    line_difference: Distribution = Field(
        description="absolute difference of the bits of a line, student minus teacher; each line "
        "counts once"
    )
    correlation: Figure = Field(
        description="correlation of the bits per byte of lines; null where one does not vary"
    )


class StudentLikelihood(Record):
    """One student beside the teacher."""

    sources: LikelihoodFigures = Field(description="on sources")
    follow_ups: LikelihoodFigures | None = Field(
        description="on variants; null where there are none"
    )

    def parts(self) -> Iterator[tuple[Part, LikelihoodFigures]]:
        """The parts that there are."""
        for part, found in ((Part.SOURCES, self.sources), (Part.FOLLOW_UPS, self.follow_ups)):
            if found is not None:
                yield part, found


class LikelihoodSummary(Record):
    """Bits per byte and likelihoods of lines; there is no verdict on them."""

    not_stored: ClassVar[dict[str, Any]] = {"run": True}

    schema_name: Literal["metacompress.likelihood/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    warnings: list[StudyWarning] = Field(default=[], description="reasons to doubt the figures")
    students: dict[str, StudentLikelihood] = Field(description="by name")
    fingerprints: dict[str, str] = Field(
        description="by model: digest of everything that its distributions depend on"
    )
    config: JsonObject = Field(description="settings of the study")

    @property
    def confidence(self) -> float:
        """Level of every interval, in (0, 1)."""
        return cast("float", self.config["confidence"])


def read_likelihood(run: RunDirectory) -> LikelihoodSummary:
    """Read the summary of a finished comparison by bits per byte.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    return read_record(run, SUMMARY, LikelihoodSummary, run=run.path)


def student_likelihoods(
    run: RunDirectory, clusters: NDArray[np.int64], confidence: float
) -> dict[str, StudentLikelihood]:
    """What was found of every student, by name.

    Args:
        run: with the table of lines.
        clusters: of all sources, see ``cluster_numbers``.
        confidence: of every interval.
    """
    table = run.open_table(LINES).read().combine_chunks()
    is_source = pc.less(table["variant"], 0)
    parts = {
        Part.SOURCES: table.filter(is_source),
        Part.FOLLOW_UPS: table.filter(pc.invert(is_source)),
    }
    names = [field.name for field in table.schema.field("bits").type if field.name != TEACHER]
    found = {}
    for name in names:
        figures = {
            part: _figures(rows, name, clusters, confidence)
            for part, rows in parts.items()
            if len(rows) or part is Part.SOURCES
        }
        found[name] = StudentLikelihood(
            sources=figures[Part.SOURCES], follow_ups=figures.get(Part.FOLLOW_UPS)
        )
    return found


def _figures(
    rows: pa.Table, student: str, clusters: NDArray[np.int64], confidence: float
) -> LikelihoodFigures:
    sources = np.asarray(rows["source"].to_numpy(), dtype=np.int64)
    found, units = np.unique(sources, return_inverse=True)
    sample = TokenSample(units, Dependence.of(clusters[found]), confidence)
    size = np.asarray(rows["bytes"].to_numpy(), dtype=np.float64)
    bits = {
        name: np.array([one[name] for one in rows["bits"].to_pylist()], dtype=np.float64)
        for name in (TEACHER, student)
    }

    # Each byte counts once: a line stands for as many as it has.
    def per_byte(values: NDArray[np.float64]) -> Level:
        return Level.of(sample.ratio(values, size))

    teacher, other = bits[TEACHER], bits[student]
    correlation = np.nan
    if len(size) > 1 and np.ptp(teacher / size) > 0 and np.ptp(other / size) > 0:
        correlation = float(np.corrcoef(teacher / size, other / size)[0, 1])
    return LikelihoodFigures(
        lines=len(size),
        bytes=int(size.sum()),
        teacher=per_byte(teacher),
        student=per_byte(other),
        difference=per_byte(other - teacher),
        line_difference=Distribution.of(sample, np.abs(other - teacher)),
        correlation=correlation,
    )
