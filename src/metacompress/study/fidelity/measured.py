"""The tables of a study as arrays: what teacher and students said of every token."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from metacompress.lang.token_classes import TOKEN_CLASSES
from metacompress.relations.outputs import shared_weights
from metacompress.relations.tokens.outputs import TokenOutputs
from metacompress.stats.intervals.variances import Dependence
from metacompress.study.fidelity.tables import TOKENS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.relations.kinds import Kinds
    from metacompress.runs.run_directory import RunDirectory

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

NO_CLASS = len(TOKEN_CLASSES)
"""Code of a token of a program that cannot be parsed."""


@dataclass(frozen=True, slots=True)
class MeasuredStudent:
    """What a student said of n tokens; see ``TokenDivergences``."""

    log_likelihood: Floats
    top: Ints
    kl: Floats
    reverse_kl: Floats
    total_variation: Floats


@dataclass(frozen=True, slots=True)
class MeasuredTokens:
    """n tokens, in the order of the table.

    Attributes:
        source, variant, token, kept: int (n,); see ``tokens_schema``.
        classes: int (n,); places in TOKEN_CLASSES, or NO_CLASS.
        log_likelihood: float64 (n,), of the teacher.
        top: int (n,), of the teacher.
        students: by name.
    """

    source: Ints
    variant: Ints
    token: Ints
    kept: Ints
    classes: Ints
    log_likelihood: Floats
    top: Ints
    students: dict[str, MeasuredStudent]

    def __len__(self) -> int:
        return len(self.source)

    def rows(self, chosen: NDArray[np.bool_]) -> MeasuredTokens:
        """Some of the tokens, by a mask."""
        return _made(
            {name: getattr(self, name)[chosen] for name in _OWN},
            {
                name: {field: getattr(one, field)[chosen] for field in _STUDENT}
                for name, one in self.students.items()
            },
        )

    @property
    def of_sources(self) -> NDArray[np.bool_]:
        """Which tokens are of sources, and not of variants."""
        return self.variant < 0


_OWN = ("source", "variant", "token", "kept", "classes", "log_likelihood", "top")
_STUDENT = ("log_likelihood", "top", "kl", "reverse_kl", "total_variation")
_Columns = dict[str, Any]


def read_tokens(run: RunDirectory) -> MeasuredTokens:
    """Read the table of tokens; it takes about 100 bytes for each of them and each student.

    Raises:
        RunDirectoryError: it is missing or damaged.
    """
    table = run.open_table(TOKENS)
    names = [field.name for field in table.schema.field("students").type]
    own: list[_Columns] = []
    students: dict[str, list[_Columns]] = {name: [] for name in names}
    for group in (table.schema.empty_table(), *table.groups()):
        teacher, answers = _struct(group["teacher"]), _struct(group["students"])
        own.append(
            {
                **{name: _whole(group[name]) for name in ("source", "variant", "token", "kept")},
                "classes": _codes(group["class"]),
                "log_likelihood": teacher.field("log_likelihood").to_numpy(zero_copy_only=False),
                "top": _whole(teacher.field("top")),
            }
        )
        for name, parts in students.items():
            answer = answers.field(name)
            parts.append(
                {field: answer.field(field).to_numpy(zero_copy_only=False) for field in _STUDENT}
            )
    return _made(_joined(own), {name: _joined(parts) for name, parts in students.items()})


def _made(own: _Columns, students: dict[str, _Columns]) -> MeasuredTokens:
    found = {name: MeasuredStudent(**columns) for name, columns in students.items()}
    return MeasuredTokens(**own, students=found)


def _joined(parts: list[_Columns]) -> _Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _whole(column: pa.Array | pa.ChunkedArray) -> Ints:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _codes(column: pa.ChunkedArray) -> Ints:
    codes = {str(one): code for code, one in enumerate(TOKEN_CLASSES)}
    return np.array([codes.get(one, NO_CLASS) for one in column.to_pylist()], dtype=np.int64)


def _struct(column: pa.ChunkedArray) -> pa.StructArray:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def outputs_of_sources(
    tokens: MeasuredTokens, student: str, clusters: NDArray[np.int64]
) -> TokenOutputs:
    """The tokens of sources, as relations read them.

    Args:
        tokens: those of sources alone.
        student: name of one.
        clusters: of all sources, see ``cluster_numbers``.
    """
    found, units = np.unique(tokens.source, return_inverse=True)
    counts = np.bincount(units)
    return _outputs(tokens, student, units, 1 / counts[units], Dependence.of(clusters[found]))


def outputs_of_variants(
    tokens: MeasuredTokens,
    student: str,
    clusters: NDArray[np.int64],
    kinds: Kinds,
    sources: MeasuredTokens,
) -> TokenOutputs:
    """The tokens of variants, beside the same tokens of their sources.

    The variants of a source share its weight, by transformation and then equally, and the tokens
    of a variant share that.

    Args:
        tokens: those of variants alone.
        student: name of one.
        clusters: of all sources.
        kinds: the transformations of all variants, by their number.
        sources: the tokens of sources alone.
    """
    variants, first, of_token, counts = np.unique(
        tokens.variant, return_index=True, return_inverse=True, return_counts=True
    )
    found, units = np.unique(tokens.source[first], return_inverse=True)
    weights = shared_weights(units, kinds.rows(variants), {})
    outputs = _outputs(
        replace(tokens, variant=of_token),
        student,
        units[of_token],
        (weights / counts)[of_token],
        Dependence.of(clusters[found]),
    )
    return replace(
        outputs,
        before=_places(sources, tokens),
        sources=outputs_of_sources(sources, student, clusters),
    )


def _outputs(
    tokens: MeasuredTokens,
    student: str,
    units: Ints,
    weights: Floats,
    dependence: Dependence,
) -> TokenOutputs:
    one = tokens.students[student]
    return TokenOutputs(
        one.kl,
        one.total_variation,
        tokens.top,
        one.top,
        # Of sources, each is one program.
        np.where(tokens.variant < 0, tokens.source, tokens.variant),
        units,
        weights,
        dependence,
    )


def _places(sources: MeasuredTokens, tokens: MeasuredTokens) -> Ints:
    """Where the tokens that were kept stand among those of the sources; -1 of the others."""
    if not len(sources):
        return np.full(len(tokens), -1)
    # Sources come in order, and so do their tokens.
    width = int(max(sources.token.max(initial=0), tokens.kept.max(initial=0))) + 1
    known = sources.source * width + sources.token
    wanted = tokens.source * width + tokens.kept
    place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where((tokens.kept >= 0) & (known[place] == wanted), place, -1)
