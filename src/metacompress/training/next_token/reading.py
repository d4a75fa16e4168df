"""The programs of a data set as teacher and student read them, and batches of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.utils.data import Dataset as TorchDataset

from metacompress.errors import DataError
from metacompress.models.files.causal import PADDING
from metacompress.models.next_token.same_tokenizer import require_same_tokens
from metacompress.training.summary import TokensRead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.models.next_token.reading import ReadProgram, TokenReader
    from metacompress.runs.progress import Progress
    from metacompress.training.parts import Parts

NEEDS_ITS_ORIGINAL = "name the model that the student was made of as --teacher"
"""What to do where teacher and student have distributions over other tokens."""


class ReadPrograms(TorchDataset[dict[str, Any]]):  # type: ignore[misc]  # torch is untyped
    """Programs that have a token to predict.

    Attributes:
        programs: as they were read.
    """

    def __init__(self, programs: Sequence[ReadProgram]) -> None:
        self.programs = programs

    def __len__(self) -> int:
        return len(self.programs)

    def __getitem__(self, index: int) -> dict[str, Any]:
        program = self.programs[index]
        return {"input_ids": program.ids, "targets": program.targets}


def read_parts(
    parts: Parts,
    teacher: TokenReader,
    student: TokenReader,
    window: int,
    source: str,
    progress: Progress,
) -> dict[str, ReadPrograms]:
    """Read the programs of each part that has any.

    Args:
        parts: the examples.
        teacher: its tokenizer.
        student: likewise.
        window: tokens of a program that are read at most.
        source: of the examples, for messages.
        progress: shows the stages.

    Raises:
        ModelError: the student reads a program as other tokens than the teacher does.
        DataError: no program of a part has a token to predict.
    """
    found = {}
    for name, examples in parts.by_name().items():
        if not examples:
            continue
        with progress.stage(f"encoding {name}", len(examples)) as advance:
            read = []
            for program in _read(examples, teacher, student, window):
                read.append(program)
                advance(1)
        kept = [program for program in read if len(program.targets)]
        if not kept:
            raise DataError(
                f"{source}: no program of the part {name} has a token to predict, which is one "
                f"behind the first; give programs with text",
                path=source,
            )
        if len(kept) < len(read):
            progress.note(
                f"{len(read) - len(kept)} programs of the part {name} have no token to predict "
                f"and are left out"
            )
        found[name] = ReadPrograms(kept)
    return found


def _read(
    examples: Sequence[Example], teacher: TokenReader, student: TokenReader, window: int
) -> Iterator[ReadProgram]:
    for example in examples:
        text = example.programs[0].text
        program = teacher.read(text, window)
        if student.serialized != teacher.serialized:
            require_same_tokens(
                program, student.read(text, window), "--model", example.id, NEEDS_ITS_ORIGINAL
            )
        yield program


def tokens_read(parts: Mapping[str, ReadPrograms], window: int) -> TokensRead:
    """What the card says of it."""
    return TokensRead(
        window=window,
        predicted={
            name: sum(len(one.targets) for one in part.programs) for name, part in parts.items()
        },
        truncated={
            name: sum(one.truncated for one in part.programs) for name, part in parts.items()
        },
    )


def pad(rows: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
    """A batch of programs, padded behind their ends to the longest.

    Returns:
        ``input_ids`` and ``attention_mask``, int64 (rows, longest); ``predicted``, bool of that
        shape: whether the token in a place is predicted, never the first.
    """
    shape = len(rows), max(len(row["input_ids"]) for row in rows)
    ids = np.full(shape, PADDING, dtype=np.int64)
    mask, predicted = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    for place, row in enumerate(rows):
        ids[place, : len(row["input_ids"])] = row["input_ids"]
        mask[place, : len(row["input_ids"])] = 1
        predicted[place, row["targets"]] = True
    arrays = {"input_ids": ids, "attention_mask": mask, "predicted": predicted}
    return {name: torch.from_numpy(array) for name, array in arrays.items()}
