"""The stage that asks teacher and students about every token of sources and variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from metacompress.errors import ProgramError
from metacompress.lang.parsing import parse
from metacompress.lang.token_classes import TOKEN_CLASSES, token_classes
from metacompress.models.next_token.measures import program_divergences
from metacompress.models.next_token.same_tokenizer import require_same_tokens
from metacompress.study.fidelity.tables import (
    PROGRAMS,
    PROGRAMS_SCHEMA,
    SHARDS,
    TOKENS,
    tokens_schema,
)
from metacompress.study.players import TEACHER
from metacompress.study.shards import write_by_shard
from metacompress.variants.alignment import align, kept_stretches, kept_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example, Program
    from metacompress.models.next_token.measures import ProgramDivergences, TokenScores
    from metacompress.models.next_token.protocols import NextTokenModel
    from metacompress.models.next_token.reading import ReadProgram
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.shards import Shard, SourceGroup


def measuring_stage(
    models: Mapping[str, NextTokenModel],
    sources: Sequence[Example],
    attempts: StoredTable,
    run: RunDirectory,
    progress: Progress,
) -> int:
    """Write the tables of programs and tokens; go on where a run was killed.

    Args:
        models: the teacher and its students, by name.
        sources: the examples.
        attempts: the table of variants.
        run: where the tables go.
        progress: shows the stage.

    Returns:
        how many programs each model was really asked about.

    Raises:
        ModelError: a student reads a program as other tokens than the teacher does.
    """
    measurer = _Measurer(models)
    return write_by_shard(
        {PROGRAMS: PROGRAMS_SCHEMA, TOKENS: measurer.schema},
        measurer.tables,
        sources,
        attempts,
        run,
        progress,
        directory=SHARDS,
        stage="measuring tokens",
    )


def common_window(models: Mapping[str, NextTokenModel]) -> int:
    """Tokens that all models read: the window of the one with the narrowest."""
    return min(model.max_length for model in models.values())


@dataclass(frozen=True, slots=True)
class _Asked:
    """A program that is asked about.

    Attributes:
        id: of the source or the variant.
        program: text and language.
        read: as tokens.
        source: number of the source.
        variant: number of the variant, -1 of a source.
        kept: int (tokens,); see ``tokens_schema``.
    """

    id: str
    program: Program
    read: ReadProgram
    source: int
    variant: int
    kept: NDArray[np.int64]


class _Measurer:
    """Makes the tables of shards, which depend on nothing else than these models."""

    def __init__(self, models: Mapping[str, NextTokenModel]) -> None:
        self._models = models
        self._teacher = models[TEACHER]
        self._window = common_window(models)
        self.schema = tokens_schema(name for name in models if name != TEACHER)

    def tables(self, shard: Shard) -> tuple[pa.Table, pa.Table]:
        """The rows of programs, and those of tokens."""
        asked = [one for group in shard.groups for one in self._asked(group)]
        states = {
            name: model.states([one.read for one in asked]) for name, model in self._models.items()
        }
        tables = [self.schema.empty_table()]
        for place, one in enumerate(asked):
            answers = {
                name: (self._models[name].head, found[place]) for name, found in states.items()
            }
            teacher = answers.pop(TEACHER)
            tables.append(self._rows(one, program_divergences(one.read, teacher, answers)))
        return _program_rows(asked), pa.concat_tables(tables)

    def _asked(self, group: SourceGroup) -> list[_Asked]:
        (program,) = group.source.programs
        source = self._read(group.source.id, program.text)
        nothing = np.full(len(source), -1)
        found = [_Asked(group.source.id, program, source, group.number, -1, nothing)]
        for number, variant in enumerate(group.variants, start=group.first):
            (other,) = group.source.with_texts(variant.programs).programs
            read = self._read(variant.id, other.text)
            stretches = kept_stretches(program.text.encode(), variant.edits)
            kept = np.full(len(read), -1)
            pairs = kept_tokens(align(source.ends, read.ends, stretches))
            kept[pairs[:, 1]] = pairs[:, 0]
            found.append(_Asked(variant.id, other, read, group.number, number, kept))
        return found

    def _read(self, name: str, text: str) -> ReadProgram:
        read = self._teacher.reader.read(text, self._window)
        for student, model in self._models.items():
            if model.reader.serialized != self._teacher.reader.serialized:
                require_same_tokens(read, model.reader.read(text, self._window), student, name)
        return read

    def _rows(self, one: _Asked, found: ProgramDivergences) -> pa.Table:
        targets = one.read.targets
        starts, ends = one.read.starts[targets], one.read.ends[targets]
        fields = {field.name: field.type for field in self.schema}
        students = [
            pa.StructArray.from_arrays(
                [
                    *_score_columns(student.scores),
                    student.kl,
                    student.reverse_kl,
                    student.total_variation,
                ],
                fields=list(fields["students"].field(name).type),
            )
            for name, student in found.students.items()
        ]
        return pa.table(
            {
                "source": np.full(len(targets), one.source, np.int32),
                "variant": np.full(len(targets), one.variant, np.int32),
                "token": targets.astype(np.int32),
                "start": starts.astype(np.int32),
                "end": ends.astype(np.int32),
                "class": _classes(one.program, starts, ends),
                "kept": one.kept[targets].astype(np.int32),
                "teacher": pa.StructArray.from_arrays(
                    _score_columns(found.teacher), fields=list(fields["teacher"])
                ),
                "students": pa.StructArray.from_arrays(students, fields=list(fields["students"])),
            },
            schema=self.schema,
        )


def _score_columns(scores: TokenScores) -> list[Any]:
    return [scores.log_likelihood, scores.top.astype(np.int32)]


def _classes(program: Program, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> pa.Array:
    """Names of token classes; null where the program cannot be parsed."""
    if program.language.has_front_end:
        try:
            codes = token_classes(parse(program.text, program.language), starts, ends)
        except ProgramError:
            pass
        else:
            return pa.array([TOKEN_CLASSES[code] for code in codes.tolist()], pa.string())
    return pa.nulls(len(starts), pa.string())


def _program_rows(asked: Sequence[_Asked]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "id": one.id,
                "source": one.source,
                "variant": one.variant,
                "tokens": len(one.read),
                "truncated": one.read.truncated,
                "bytes": len(one.program.text.encode()),
                "bytes_read": int(one.read.ends[-1]) if len(one.read) else 0,
            }
            for one in asked
        ],
        schema=PROGRAMS_SCHEMA,
    )
