"""Likelihoods of the lines of programs, for models whose tokens are not the same.

Whatever its tokens, a model gives a text a probability. Models are compared on the bytes that all
of them predict: from the first place to the last one where a token ends in each.
"""

from __future__ import annotations

import math
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.models.next_token.measures import log_likelihoods
from metacompress.study.fidelity.tables import LINES, SHARDS, lines_schema
from metacompress.study.shards import write_by_shard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.next_token.protocols import NextTokenModel
    from metacompress.models.next_token.reading import ReadProgram
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.shards import Shard


def likelihoods_stage(
    models: Mapping[str, NextTokenModel],
    sources: Sequence[Example],
    attempts: StoredTable,
    run: RunDirectory,
    progress: Progress,
) -> int:
    """Write the table of lines; go on where a run was killed.

    Args:
        models: the teacher and its students, by name.
        sources: the examples.
        attempts: the table of variants.
        run: where the table goes.
        progress: shows the stage.

    Returns:
        how many programs each model was really asked about.
    """
    return write_by_shard(
        {LINES: lines_schema(models)},
        lambda shard: [_table(models, shard)],
        sources,
        attempts,
        run,
        progress,
        directory=SHARDS,
        stage="measuring lines",
    )


def _table(models: Mapping[str, NextTokenModel], shard: Shard) -> pa.Table:
    texts = [
        (group.number, number, text)
        for group in shard.groups
        for number, text in [
            (-1, group.source.programs[0].text),
            *enumerate((one.programs[0] for one in group.variants), start=group.first),
        ]
    ]
    bits: dict[str, list[tuple[ReadProgram, NDArray[np.float64]]]] = {}
    for name, model in models.items():
        read = [model.reader.read(text, model.max_length) for _, _, text in texts]
        bits[name] = [
            (one, -log_likelihoods(one, name, (model.head, states)) / math.log(2))
            for one, states in zip(read, model.states(read), strict=True)
        ]
    rows = [
        {"source": source, "variant": variant, **line}
        for place, (source, variant, text) in enumerate(texts)
        for line in lines_of(text.encode(), {name: found[place] for name, found in bits.items()})
    ]
    return pa.Table.from_pylist(rows, schema=lines_schema(models))


def lines_of(
    text: bytes, read: Mapping[str, tuple[ReadProgram, NDArray[np.float64]]]
) -> list[dict[str, object]]:
    """The lines of a text that all models predict, in whole or in part.

    The bits of a token stand in the line of its first byte.

    Args:
        text: the program.
        read: by model, its tokens, and the bits of its targets.

    Returns:
        number of each line from 0, its bytes that all models predict, and the bits of each model.
    """
    spans = {}
    for name, (program, bits) in read.items():
        spans[name] = (program.starts[program.targets], program.ends[program.targets], bits)
    if not all(len(bits) for _, _, bits in spans.values()):
        return []
    edges = [np.append(starts[:1], ends) for starts, ends, _ in spans.values()]
    common = reduce(np.intersect1d, edges)
    if len(common) < 2:
        return []
    first, last = int(common[0]), int(common[-1])
    breaks = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")) + 1
    places = np.arange(first, last)
    counts = np.bincount(np.searchsorted(breaks, places, side="right"))
    sums = {}
    for name, (starts, ends, bits) in spans.items():
        inside = (starts >= first) & (ends <= last)
        line = np.searchsorted(breaks, starts[inside], side="right")
        # A token without bytes at the very end belongs to the last line.
        line = np.minimum(line, len(counts) - 1)
        sums[name] = np.bincount(line, weights=bits[inside], minlength=len(counts))
    return [
        {
            "line": int(number),
            "bytes": int(counts[number]),
            "bits": {name: float(found[number]) for name, found in sums.items()},
        }
        for number in np.flatnonzero(counts)
    ]
