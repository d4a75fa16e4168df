"""Examples as code and data flow, and batches of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Tokenizer

from metacompress.errors import ModelError
from metacompress.models.graphcodebert.cache import Reading
from metacompress.models.graphcodebert.dataflow.graph import Nodes
from metacompress.models.graphcodebert.encoding import PAD
from metacompress.models.graphcodebert.reader import GraphReader
from metacompress.models.tokens.roberta_tokenizer import SPECIAL_TOKENS
from metacompress.training.encoding import LabelledExamples, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.graphcodebert.encoding import GraphInput
    from metacompress.models.graphcodebert.module import GraphCodeBertConfig

_CHUNK = 200


class EncodedGraphs(LabelledExamples):
    """Examples as a model of code and data flow reads them.

    Args:
        examples: n of them.
        tokenizer: a fast tokenizer.
        config: of the model.
        teacher: log probabilities (n, k) of the teacher.
        advance: called with the number of examples encoded since the last call.

    Raises:
        ModelError: the special tokens have other numbers than RoBERTa's.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        tokenizer: Any,
        config: GraphCodeBertConfig,
        *,
        teacher: NDArray[np.float32] | None = None,
        advance: Callable[[int], None] = lambda steps: None,
    ) -> None:
        super().__init__(examples, teacher, GraphCollator())
        if tokenizer.convert_tokens_to_ids(list(SPECIAL_TOKENS)) != list(SPECIAL_TOKENS.values()):
            raise ModelError(
                f"a model that reads data flow needs {', '.join(SPECIAL_TOKENS)} as tokens "
                f"{', '.join(map(str, SPECIAL_TOKENS.values()))}, as RoBERTa has them"
            )
        # A copy: what is set for whole inputs must not pad or cut single tokens.
        single = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        single.no_padding()
        single.no_truncation()
        reader = GraphReader(
            single,
            Nodes(config.nodes),
            Reading(config.text),
            config.lengths,
        )
        for start in range(0, len(examples), _CHUNK):
            chunk = examples[start : start + _CHUNK]
            known = reader.read(program for example in chunk for program in example.programs)
            for example in chunk:
                graphs = [known[program] for program in example.programs]
                # The Trainer puts inputs of like lengths together by this column.
                longest = max(graphs, key=lambda graph: len(graph.ids))
                self._rows.append({"input_ids": longest.ids, "graphs": graphs})
            advance(len(chunk))


class GraphCollator:
    """Pads a batch to its longest program."""

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Ids and positions (rows, programs, longest), mask (rows, programs, longest, longest)."""
        graphs: list[list[GraphInput]] = [row["graphs"] for row in rows]
        longest = max(len(graph.ids) for pair in graphs for graph in pair)
        shape = (len(rows), len(graphs[0]), longest)
        ids = np.full(shape, PAD, dtype=np.int64)
        positions = np.full(shape, PAD, dtype=np.int64)
        seen = np.zeros((*shape, longest), dtype=bool)
        for row, pair in enumerate(graphs):
            for place, graph in enumerate(pair):
                ids[row, place, : len(graph.ids)] = graph.ids
                positions[row, place, : len(graph.ids)] = graph.positions()
                seen[row, place] = graph.attention(longest)
        return {
            "input_ids": torch.from_numpy(ids),
            "position_ids": torch.from_numpy(positions),
            "attention_mask": torch.from_numpy(seen),
            **targets(rows),
        }
