"""Published GraphCodeBERT checkpoints: a bare RoBERTa state dict that reads data flow.

The same files and heads as ``codexglue``; what differs is what the encoder is given. The text
is prepared as in the published preprocessing (``metacompress.lang.dataflow.preparation``); every
token of the syntax tree is tokenised by itself. A node's embedding is the mean of those of the
pieces that it attends to.

Clone models were trained on graphs of the occurrences that take part in an edge, vulnerability
models on all that the extraction recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from pydantic import Field

from metacompress.errors import ProgramError
from metacompress.lang.dataflow.extraction import extract
from metacompress.lang.dataflow.graph import DataFlowGraph, Nodes, Token
from metacompress.lang.dataflow.preparation import prepare
from metacompress.lang.parsing import parse
from metacompress.models.batching import DEFAULT_BATCH_TOKENS, batches
from metacompress.models.checkpoint import (
    Checkpoint,
    CheckpointClassifier,
    CheckpointOptions,
    Encoder,
    load_checkpoint,
)
from metacompress.models.graph_encoding import PAD, GraphInput, encode_graph
from metacompress.models.token_classifier import AnswersByTokens
from metacompress.models.torch_runtime import inference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Program
    from metacompress.data.task import Task
    from metacompress.models.spec import ModelSpec


class GraphcodebertOptions(CheckpointOptions):
    """Options of ``graphcodebert:``, beside those of ``codexglue:``.

    ``max_length`` ids are for pieces and nodes together; ``flow_length`` of them are kept for
    nodes where a program has so many. ``nodes`` says which occurrences are nodes: every,
    connected or merged; by default as the published models of the task have them.
    """

    max_length: int = 512
    flow_length: int = Field(default=128, ge=0)
    nodes: Nodes | None = None

    def reading(self, task: Task) -> dict[str, Any]:
        """See CheckpointOptions."""
        nodes = str(self.kept_nodes(task))
        return {"max_length": self.max_length, "flow_length": self.flow_length, "nodes": nodes}

    def kept_nodes(self, task: Task) -> Nodes:
        """Which occurrences are nodes."""
        published = Nodes.CONNECTED if task.arity == 2 else Nodes.EVERY
        return self.nodes or published


class GraphEncoder(Encoder):
    """An encoder that attends along a graph: inputs to the vector of ``<s>``."""

    def __call__(self, inputs: Sequence[GraphInput], batch_tokens: int) -> NDArray[np.float32]:
        """Encode to float32 (n, hidden), at most ``batch_tokens`` at a time."""
        vectors = np.empty((len(inputs), self.hidden), dtype=np.float32)
        ids = [one.ids for one in inputs]
        positions = [one.positions() for one in inputs]
        for batch in batches(ids, longest=self.max_length, batch_tokens=batch_tokens, min_rows=1):
            seen = np.stack([inputs[row].attention(batch.length) for row in batch.rows])
            with inference():
                states = self._states(
                    torch.from_numpy(batch.pad(ids, PAD)).to(self.device),
                    torch.from_numpy(batch.pad(positions, PAD)).to(self.device),
                    torch.from_numpy(seen).to(self.device),
                )
            vectors[batch.rows] = states[:, 0].cpu().numpy()
        return vectors

    def _states(
        self, ids: torch.Tensor, positions: torch.Tensor, seen: torch.Tensor
    ) -> torch.Tensor:
        """Hidden states (r, length, hidden) of ids and positions (r, length)."""
        words = self.model.embeddings.word_embeddings(ids)
        nodes, pieces = positions < PAD, positions > PAD
        own = (nodes[:, :, None] & pieces[:, None, :] & seen).to(words.dtype)
        means = (own / (own.sum(dim=-1, keepdim=True) + 1e-10)) @ words
        words = torch.where(nodes[:, :, None], means, words)
        hidden = torch.zeros(seen.shape, dtype=words.dtype, device=words.device)
        hidden = hidden.masked_fill(~seen, torch.finfo(words.dtype).min)
        states: torch.Tensor = self.model(
            inputs_embeds=words, attention_mask=hidden[:, None], position_ids=positions
        ).last_hidden_state
        return states


class GraphcodebertClassifier(CheckpointClassifier[GraphEncoder]):
    """Encoder and head of a published checkpoint, over programs with their data flow."""

    def __init__(self, checkpoint: Checkpoint[GraphEncoder], options: GraphcodebertOptions) -> None:
        super().__init__(checkpoint)
        self._flow_length = options.flow_length
        self._nodes = options.kept_nodes(checkpoint.task)
        self._encodings: AnswersByTokens[NDArray[np.float32]] = AnswersByTokens()

    def forget(self) -> None:
        """See Classifier."""
        self._encodings = AnswersByTokens()

    def _encode(
        self, programs: Iterable[Program]
    ) -> dict[Program, tuple[NDArray[np.float32], bool]]:
        inputs = {program: self._input(program) for program in programs}
        read = list(inputs.values())
        batch_tokens = self.batch_tokens or DEFAULT_BATCH_TOKENS
        vectors = self._encodings.get(
            [one.key() for one in read],
            lambda rows: list(self._encoder([read[row] for row in rows], batch_tokens)),
        )
        return {
            program: (vector, one.truncated)
            for (program, one), vector in zip(inputs.items(), vectors, strict=True)
        }

    def _input(self, program: Program) -> GraphInput:
        graph = read_graph(program, self._nodes)
        texts = [token.text for token in graph.tokens]
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return encode_graph(
            graph,
            [encoding.ids for encoding in encodings],
            max_length=self._max_length,
            flow_length=self._flow_length,
        )


def read_graph(program: Program, nodes: Nodes) -> DataFlowGraph:
    """The graph of a program whose text is prepared as the published models were trained.

    A program that is too large to be parsed or followed has its words for tokens and no nodes.
    """
    text = prepare(program.text, program.language)
    try:
        return extract(parse(text, program.language), nodes)
    except ProgramError:
        return DataFlowGraph(tuple(Token(word, 0, 0) for word in text.split()), ())


def load(spec: ModelSpec, task: Task) -> GraphcodebertClassifier:
    """A published state dict that reads data flow: GraphCodeBERT and its students."""
    options = spec.options_as(GraphcodebertOptions)
    return GraphcodebertClassifier(load_checkpoint(spec, task, options, GraphEncoder), options)
