"""Where a tokenizer has put the names of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding


def identifier_places(
    program: AnalysedProgram, names: Mapping[str, Sequence[Binding]], spans: NDArray[np.int64]
) -> dict[str, list[slice]]:
    """The tokens of every occurrence of each name, in source order.

    Left out are occurrences that the tokenizer cut off, or joined with more than white space.

    Args:
        program: the program.
        names: identifiers with their bindings.
        spans: characters of the program that each token stands for, (t, 2); empty for special
            tokens.
    """
    text = program.source.decode()
    # Bindings count bytes, tokenizers characters.
    character = np.cumsum([0, *((byte & 0xC0) != 0x80 for byte in program.source)], dtype=np.int64)
    found: dict[str, list[slice]] = {}
    for name, bindings in names.items():
        found[name] = []
        for span in sorted(span for binding in bindings for span in binding.occurrences):
            start, end = int(character[span.start]), int(character[span.end])
            own = np.flatnonzero((spans[:, 1] > start) & (spans[:, 0] < end))
            if not len(own):
                continue
            first, last = int(spans[own[0], 0]), int(spans[own[-1], 1])
            if text[first:last].strip() == name:
                found[name].append(slice(int(own[0]), int(own[-1]) + 1))
    return found
