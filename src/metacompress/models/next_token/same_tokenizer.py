"""Whether two models read texts as the same tokens: only then have their distributions the same
tokens to compare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import ModelError

if TYPE_CHECKING:
    from metacompress.models.next_token.reading import ReadProgram, TokenReader

_WAY_OUT = "add --by-bytes to compare bits per byte and the likelihoods of lines alone"


def difference_of(first: TokenReader, second: TokenReader) -> str | None:
    """How two tokenizers differ in their vocabulary or merges; None where they do not."""
    one, other = first.vocabulary, second.vocabulary
    if one != other:
        token = min({*one.items()} ^ {*other.items()}, key=lambda item: (item[1], item[0]))[0]
        return (
            f"vocabularies of {len(one)} and {len(other)} tokens, which differ in "
            f"{len({*one.items()} ^ {*other.items()})} (first: {token!r})"
        )
    if first.merges != second.merges:
        return "the same vocabulary, and other merges"
    return None


def require_same_tokenizer(
    teacher: TokenReader, student: TokenReader, name: str, way_out: str = _WAY_OUT
) -> None:
    """Refuse a student whose vocabulary or merges are not the teacher's.

    Args:
        teacher: its tokenizer.
        student: likewise.
        name: of the student, for messages.
        way_out: what the user can do instead.

    Raises:
        ModelError: they differ.
    """
    difference = difference_of(teacher, student)
    if difference is not None:
        raise ModelError(
            f"{name}: its tokenizer is not the teacher's ({difference}); {way_out}", model=name
        )


def require_same_tokens(
    teacher: ReadProgram, student: ReadProgram, name: str, program: str, way_out: str = _WAY_OUT
) -> None:
    """Refuse a student that reads a program as other tokens than the teacher does.

    Args:
        teacher: the program as it reads it.
        student: likewise.
        name: of the student, for messages.
        program: its id.
        way_out: what the user can do instead.

    Raises:
        ModelError: it does.
    """
    if not np.array_equal(teacher.ids, student.ids):
        raise ModelError(
            f"{name}: reads the program {program!r} as other tokens than the teacher does, though "
            f"their vocabularies are the same (special tokens, or what is done to a text before it "
            f"is cut); {way_out}",
            model=name,
        )
