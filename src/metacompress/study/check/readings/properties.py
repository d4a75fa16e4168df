"""Properties of sources by which a check divides its inputs into slices."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.analysis.constructs import Construct, find_constructs
from metacompress.errors import ProgramError
from metacompress.lang.program import AnalysedProgram
from metacompress.relations.judgement import predictions
from metacompress.relations.slicing.slices import Slice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example, Program
    from metacompress.relations.kinds import Kinds
    from metacompress.relations.outputs import Outputs
    from metacompress.runs.progress import Progress

Constructs = dict["Program", frozenset[Construct] | None]
"""The constructs of programs; None where a program cannot be analysed."""

PROPERTIES = "properties.parquet"
PROPERTIES_SCHEMA = pa.schema(
    [("source_id", pa.string()), ("kind", pa.string()), ("name", pa.string())]
)
# Quartiles are enough to show a trend; the number is ours.
_LENGTHS = 4


def constructs_of(examples: Sequence[Example], progress: Progress) -> Constructs:
    """Find the constructs of all programs, each once."""
    programs = dict.fromkeys(program for example in examples for program in example.programs)
    found: Constructs = {}
    with progress.stage("finding constructs", len(programs)) as advance:
        for program in programs:
            found[program] = _constructs(program)
            advance(1)
    return found


def source_slices(
    examples: Sequence[Example],
    labels: Sequence[str],
    outputs: Outputs,
    cut: NDArray[np.bool_],
    constructs: Constructs,
) -> list[Slice]:
    """The slices of n sources by everything that is known of them.

    Args:
        examples: the sources.
        labels: names of the classes.
        outputs: of teacher and student on the sources.
        cut: bool (n,); sources of which one of the two does not read the end.
        constructs: of the programs.
    """
    teacher = predictions(outputs.teacher)
    labelled = outputs.labels >= 0
    return [
        *_languages(examples),
        *(
            Slice.of("prediction", f"predicted {name}", teacher == index)
            for index, name in enumerate(labels)
        ),
        *(
            Slice("label", f"label {name}", outputs.labels == index, labelled)
            for index, name in enumerate(labels)
        ),
        *_lengths(examples),
        Slice.of("truncation", "cut off", cut),
        *_by_construct(examples, constructs),
    ]


def property_tables(examples: Sequence[Example], slices: Sequence[Slice]) -> Iterator[pa.Table]:
    """One row per source and slice that it is in, in pieces; see ``PROPERTIES_SCHEMA``."""
    ids = pa.array([example.id for example in examples], pa.string())
    for one in slices:
        inside = ids.filter(pa.array(one.inside))
        columns = [inside, pa.repeat(one.kind, len(inside)), pa.repeat(one.name, len(inside))]
        yield pa.table(columns, schema=PROPERTIES_SCHEMA)


def transformation_slices(kinds: Kinds) -> list[Slice]:
    """The slices of n follow-ups by the transformations that made them."""
    return [Slice.of("transformation", name, kinds.are(name)) for name in kinds.present()]


def _constructs(program: Program) -> frozenset[Construct] | None:
    if not program.language.has_front_end:
        return None
    try:
        return find_constructs(AnalysedProgram.of(program.text, program.language))
    except ProgramError:
        return None


def _languages(examples: Sequence[Example]) -> Iterator[Slice]:
    names = np.array(
        [
            " and ".join(dict.fromkeys(str(program.language) for program in example.programs))
            for example in examples
        ],
        dtype=np.str_,
    )
    for name in sorted(set(names.tolist())):
        yield Slice.of("language", f"language {name}", names == name)


def _lengths(examples: Sequence[Example]) -> Iterator[Slice]:
    """The quarters by the number of characters of an input."""
    lengths = np.array([sum(len(one.text) for one in example.programs) for example in examples])
    if not len(lengths):
        return
    steps = np.linspace(0, 1, _LENGTHS + 1)[1:-1]
    borders = np.unique(np.quantile(lengths, steps).astype(np.int64))
    quarter = np.searchsorted(borders, lengths)
    for index in range(len(borders) + 1):
        if index == 0:
            name = f"up to {borders[0]} characters"
        elif index == len(borders):
            name = f"over {borders[-1]} characters"
        else:
            name = f"{borders[index - 1] + 1} to {borders[index]} characters"
        yield Slice.of("length", name, quarter == index)


def _by_construct(examples: Sequence[Example], constructs: Constructs) -> Iterator[Slice]:
    """A pair has what one of its programs has; it is known where that is known of both."""
    inside: dict[Construct, NDArray[np.bool_]] = defaultdict(
        lambda: np.zeros(len(examples), dtype=np.bool_)
    )
    analysed = np.ones(len(examples), dtype=np.bool_)
    for row, example in enumerate(examples):
        for program in example.programs:
            found = constructs[program]
            analysed[row] &= found is not None
            for construct in found or ():
                inside[construct][row] = True
    for construct in Construct:
        yield Slice("construct", str(construct), inside[construct], analysed | inside[construct])
    yield Slice.of("construct", "not analysed", ~analysed)
