"""Examples as token ids, and batches of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.utils.data import Dataset as TorchDataset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example

# torch's cross-entropy leaves out targets of this value.
NO_LABEL = -100
TARGETS = frozenset({"labels", "teacher", "groups"})
"""Columns of a batch that no model reads."""
_CHUNK = 1000


class LabelledExamples(TorchDataset[dict[str, Any]]):  # type: ignore[misc]  # torch is untyped
    """Examples with their labels and, for a student, what the teacher answered.

    Attributes:
        groups: int (n,); a number for each group of the data, and for each example without one.

    Args:
        examples: n of them.
        teacher: log probabilities (n, k) of the teacher.
        collator: makes batches of them.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        teacher: NDArray[np.float32] | None,
        collator: Callable[[list[dict[str, Any]]], dict[str, torch.Tensor]],
    ) -> None:
        self.collator = collator
        self._rows: list[dict[str, Any]] = []
        self._labels = [NO_LABEL if e.label is None else e.label for e in examples]
        self._teacher = teacher
        numbers: dict[object, int] = {}
        keys = ((row,) if one.group is None else one.group for row, one in enumerate(examples))
        self.groups = np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        row: dict[str, Any] = {
            **self._rows[index],
            "labels": self._labels[index],
            "groups": self.groups[index],
        }
        if self._teacher is not None:
            row["teacher"] = self._teacher[index]
        return row


class EncodedExamples(LabelledExamples):
    """Tokenised examples.

    Args:
        examples: n of them.
        tokenizer: a fast tokenizer.
        max_length: tokens per input at most.
        teacher: log probabilities (n, k) of the teacher.
        advance: called with the number of examples encoded since the last call.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        tokenizer: Any,
        *,
        max_length: int,
        teacher: NDArray[np.float32] | None = None,
        advance: Callable[[int], None] = lambda steps: None,
    ) -> None:
        super().__init__(examples, teacher, Collator(tokenizer.pad_token_id))
        # A training may repeat an input many times, as repairs do; it is encoded once.
        known: dict[tuple[str, ...], dict[str, Any]] = {}
        for start in range(0, len(examples), _CHUNK):
            texts = [
                tuple(program.text for program in example.programs)
                for example in examples[start : start + _CHUNK]
            ]
            unknown = [one for one in dict.fromkeys(texts) if one not in known]
            if unknown:
                columns = [list(column) for column in zip(*unknown, strict=True)]
                encoded = tokenizer(
                    *columns, truncation=True, max_length=max_length, return_attention_mask=False
                )
                for row, one in enumerate(unknown):
                    known[one] = {
                        name: np.array(ids[row], dtype=np.int32) for name, ids in encoded.items()
                    }
            self._rows += [known[one] for one in texts]
            advance(len(texts))


@dataclass(frozen=True, slots=True)
class Collator:
    """Pads a batch to its longest input.

    Attributes:
        pad_token_id: of the tokenizer.
    """

    pad_token_id: int

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Tensors (rows, longest) of the token columns, and ``targets``."""
        lengths = np.array([len(row["input_ids"]) for row in rows])
        positions = np.arange(lengths.max())
        batch = {
            "attention_mask": torch.from_numpy((positions < lengths[:, None]).astype(np.int64))
        }
        for name in rows[0].keys() - TARGETS:
            padding = self.pad_token_id if name == "input_ids" else 0
            padded = np.full((len(rows), len(positions)), padding, dtype=np.int64)
            for index, row in enumerate(rows):
                padded[index, : lengths[index]] = row[name]
            batch[name] = torch.from_numpy(padded)
        return batch | targets(rows)


def targets(rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
    """The columns of a batch for its loss: labels and groups (rows,), teacher (rows, k)."""
    found = {name: torch.tensor([row[name] for row in rows]) for name in ("labels", "groups")}
    if "teacher" in rows[0]:
        found["teacher"] = torch.from_numpy(np.stack([row["teacher"] for row in rows]))
    return found
