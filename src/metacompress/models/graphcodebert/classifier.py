"""GraphCodeBERT and its students: RoBERTa encoders that read code and its data flow.

Three layouts are read: the bare state dicts of published programs (as ``codexglue`` reads them),
fine-tuned models in the layout of ``microsoft/graphcodebert-base``, and what
``metacompress train`` and ``distill`` write with ``--architecture graphcodebert``, which says by
itself what of a program it reads.

Of the others, clone models were trained on graphs of the occurrences that take part in an edge,
vulnerability models on all that the extraction recorded; the text is prepared as in the published
preprocessing (``metacompress.models.graphcodebert.dataflow.preparation``).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from pydantic import Field

from metacompress.models.checkpoints.classifier import (
    Checkpoint,
    CheckpointClassifier,
    EncodedProgram,
)
from metacompress.models.checkpoints.encoder import Encoder
from metacompress.models.checkpoints.loading import load_checkpoint
from metacompress.models.checkpoints.options import CheckpointOptions, described, described_options
from metacompress.models.graphcodebert.cache import GRAPHS, Reading, extraction_version
from metacompress.models.graphcodebert.dataflow.graph import Nodes
from metacompress.models.graphcodebert.encoding import PAD, GraphInput, InputLengths
from metacompress.models.graphcodebert.module import graph_output, graph_states
from metacompress.models.graphcodebert.reader import GraphReader
from metacompress.models.naming.spec import GRAPHCODEBERT
from metacompress.models.runtime.batching import batches
from metacompress.models.runtime.torch_runtime import inference
from metacompress.models.runtime.torch_states import mean_states
from metacompress.models.token_classifier import read_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Program
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.protocols.batched import BatchLimit
    from metacompress.models.protocols.graph_store import GraphStore
    from metacompress.models.runtime.batching import Batch


class GraphcodebertOptions(CheckpointOptions):
    """Options of ``graphcodebert:``, beside those of ``codexglue:``.

    ``max_length`` ids are for pieces and nodes together; ``flow_length`` of them are kept for
    nodes where a program has so many. ``nodes`` says which occurrences are nodes: every,
    connected or merged; by default as the published models of the task have them. ``text`` is
    published or plain (see ``metacompress.models.graphcodebert.cache.Reading``).
    """

    max_length: int = 512
    flow_length: int = Field(default=128, ge=0)
    nodes: Nodes | None = None
    text: Reading = Reading.PUBLISHED

    @property
    def without_position(self) -> int:
        """See CheckpointOptions."""
        return self.flow_length

    def reading(self, task: Task) -> dict[str, Any]:
        """See CheckpointOptions."""
        return {
            "max_length": self.max_length,
            "flow_length": self.flow_length,
            "nodes": str(self.kept_nodes(task)),
            "text": str(self.text),
            "special": InputLengths.special_of(task.arity),
            "extraction": extraction_version(),
        }

    def kept_nodes(self, task: Task) -> Nodes:
        """Which occurrences are nodes."""
        published = Nodes.CONNECTED if task.arity == 2 else Nodes.EVERY
        return self.nodes or published


class GraphEncoder(Encoder):
    """An encoder that attends along a graph: inputs to the vector of ``<s>``."""

    def __call__(self, inputs: Sequence[GraphInput], limit: BatchLimit) -> NDArray[np.float32]:
        """Encode to float32 (n, hidden), in batches within ``limit``."""
        vectors = np.empty((len(inputs), self.hidden), dtype=np.float32)
        ids = [one.ids for one in inputs]
        positions = [one.positions() for one in inputs]
        for batch in batches(ids, longest=self.max_length, limit=limit, min_rows=1):
            with inference():
                states = graph_states(self.model, *self._tensors(batch, inputs, ids, positions))
            vectors[batch.rows] = states[:, 0].cpu().numpy()
        return vectors

    def states(self, inputs: Sequence[GraphInput], limit: BatchLimit) -> list[NDArray[np.float32]]:
        """The mean over tokens and nodes of each input, float32 (n, hidden) per layer."""
        found = self.empty_layers(len(inputs))
        ids = [one.ids for one in inputs]
        positions = [one.positions() for one in inputs]
        for batch in batches(ids, longest=self.max_length, limit=limit, min_rows=1):
            tensors = self._tensors(batch, inputs, ids, positions)
            with inference():
                output = graph_output(self.model, *tensors, output_hidden_states=True)
                read = torch.from_numpy(batch.mask(ids)).to(self.device)
                found[:, batch.rows] = mean_states(output.hidden_states, read, "the encoder")
        return list(found)

    def _tensors(
        self,
        batch: Batch,
        inputs: Sequence[GraphInput],
        ids: Sequence[Sequence[int]],
        positions: Sequence[Sequence[int]],
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        seen = np.stack([inputs[row].attention(batch.length) for row in batch.rows])
        return (
            torch.from_numpy(batch.pad(ids, PAD)).to(self.device),
            torch.from_numpy(batch.pad(positions, PAD)).to(self.device),
            torch.from_numpy(seen).to(self.device),
        )


class GraphcodebertClassifier(CheckpointClassifier[GraphEncoder]):
    """Encoder and head of a published checkpoint, over programs with their data flow."""

    def __init__(self, checkpoint: Checkpoint[GraphEncoder], options: GraphcodebertOptions) -> None:
        super().__init__(checkpoint)
        lengths = InputLengths(
            input=options.max_length,
            flow=options.flow_length,
            code=checkpoint.encoder.longest,
            special=InputLengths.special_of(checkpoint.task.arity),
        )
        nodes = options.kept_nodes(checkpoint.task)
        self._reader = GraphReader(checkpoint.tokenizer, nodes, options.text, lengths)
        self._store: GraphStore | None = None

    @contextmanager
    def keeping_graphs_in(self, store: GraphStore) -> Iterator[None]:
        """See ReadsGraphs."""
        self._store = store
        try:
            yield
        finally:
            self._store = None

    def forget(self) -> None:
        """See Batched."""
        super().forget()
        GRAPHS.clear()

    def _lengths(self, programs: Iterable[Program]) -> dict[Program, int]:
        inputs = self._reader.read(programs, self._store)
        return {program: len(one.ids) for program, one in inputs.items()}

    def _states(self, programs: Sequence[Program]) -> list[NDArray[np.float32]]:
        inputs = self._reader.read(programs, self._store)
        return self._encoder.states([inputs[program] for program in programs], self.batch_limit)

    def _encode(self, programs: Iterable[Program]) -> dict[Program, EncodedProgram]:
        inputs = self._reader.read(programs, self._store)
        read = list(inputs.values())
        limit = self.batch_limit
        keys = [read_key(one.key()) for one in read]
        vectors = self._encodings.get(
            keys, lambda rows: list(self._encoder([read[row] for row in rows], limit))
        )
        return {
            program: EncodedProgram(
                vector, one.truncated, key, self._unknown_share(one.ids[1 : one.code - 1])
            )
            for (program, one), vector, key in zip(inputs.items(), vectors, keys, strict=True)
        }


def load(spec: ModelSpec, task: Task) -> GraphcodebertClassifier:
    """A RoBERTa that reads data flow: GraphCodeBERT and its students."""
    config = described(spec)
    options = spec.options_as(GraphcodebertOptions, _described_options(config))
    return GraphcodebertClassifier(load_checkpoint(spec, task, options, GraphEncoder), options)


def _described_options(config: dict[str, Any]) -> dict[str, Any]:
    found = described_options(config)
    if config.get("model_type") == GRAPHCODEBERT:
        for option in ("max_length", "flow_length", "nodes", "text"):
            key = "input_length" if option == "max_length" else option
            if key in config:
                found[option] = config[key]
    return found
