"""GraphCodeBERT as a Hugging Face model: a RoBERTa that attends along a program's data flow.

Guo et al., ICLR 2021. The weights have RoBERTa's names, so that ``microsoft/graphcodebert-base``
and its like are read as they are. Importing this module makes the architecture known to the auto
classes of transformers.
"""

from __future__ import annotations

from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForSequenceClassification,
    PreTrainedModel,
    RobertaConfig,
    RobertaModel,
)
from transformers.modeling_outputs import SequenceClassifierOutput

from metacompress.models.graphcodebert.encoding import PAD, InputLengths
from metacompress.models.naming.spec import GRAPHCODEBERT

# Published: a node without pieces must not divide by zero.
_NO_PIECES = 1e-10


class GraphCodeBertConfig(RobertaConfig):  # type: ignore[misc]  # transformers has no types
    """A RobertaConfig with what of a program is read.

    Attributes:
        programs: in an example; they are encoded one by one, and their vectors are joined.
        input_length: ids at most of a program, nodes among them.
        flow_length: ids that are kept for nodes where a program has so many.
        nodes: which occurrences are nodes; see ``dataflow.graph.Nodes``.
        text: how it is read; see ``cache.Reading``.
    """

    model_type = GRAPHCODEBERT

    def __init__(
        self,
        programs: int = 1,
        input_length: int = 512,
        flow_length: int = 128,
        nodes: str = "connected",
        text: str = "plain",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.programs = programs
        self.input_length = input_length
        self.flow_length = flow_length
        self.nodes = nodes
        self.text = text

    @property
    def lengths(self) -> InputLengths:
        """Of what is read of a program."""
        return InputLengths(
            input=self.input_length,
            flow=self.flow_length,
            code=self.max_position_embeddings - PAD - 1,
            special=InputLengths.special_of(self.programs),
        )


class GraphCodeBertForSequenceClassification(PreTrainedModel):  # type: ignore[misc]
    """Classifies programs, or pairs of them, by the vectors of their ``<s>``.

    Args:
        config: its configuration.
    """

    config_class = GraphCodeBertConfig
    base_model_prefix = "roberta"
    _supports_sdpa = True

    def __init__(self, config: GraphCodeBertConfig) -> None:
        super().__init__(config)
        self.num_labels = config.num_labels
        self.roberta = RobertaModel(config, add_pooling_layer=False)
        self.classifier = _Head(config)
        self.post_init()

    def forward(
        self,
        input_ids: torch.Tensor,
        position_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        **_: Any,
    ) -> SequenceClassifierOutput:
        """Logits (n, k).

        Args:
            input_ids: (n, programs, length).
            position_ids: (n, programs, length); 0 is a node, 1 is padding.
            attention_mask: bool (n, programs, length, length): what may attend to what.
        """
        states = graph_states(
            self.roberta,
            input_ids.flatten(0, 1),
            position_ids.flatten(0, 1),
            attention_mask.flatten(0, 1),
        )
        joined = states[:, 0].reshape(len(input_ids), -1)
        return SequenceClassifierOutput(logits=self.classifier(joined))


class _Head(torch.nn.Module):  # type: ignore[misc]
    """RoBERTa's head, over the vectors of all programs of an example."""

    def __init__(self, config: GraphCodeBertConfig) -> None:
        super().__init__()
        self.dense = torch.nn.Linear(config.programs * config.hidden_size, config.hidden_size)
        self.dropout = torch.nn.Dropout(config.hidden_dropout_prob)
        self.out_proj = torch.nn.Linear(config.hidden_size, config.num_labels)

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        hidden = torch.tanh(self.dense(self.dropout(vectors)))
        logits: torch.Tensor = self.out_proj(self.dropout(hidden))
        return logits


def graph_states(
    encoder: RobertaModel, ids: torch.Tensor, positions: torch.Tensor, seen: torch.Tensor
) -> torch.Tensor:
    """The last hidden states (r, length, hidden); see ``graph_output``."""
    states: torch.Tensor = graph_output(encoder, ids, positions, seen).last_hidden_state
    return states


def graph_output(
    encoder: RobertaModel,
    ids: torch.Tensor,
    positions: torch.Tensor,
    seen: torch.Tensor,
    **options: bool,
) -> Any:
    """What an encoder puts out for programs with their data flow.

    A node's embedding is the mean of those of the pieces that it attends to.

    Args:
        encoder: the RoBERTa.
        ids: (r, length).
        positions: (r, length); 0 is a node, 1 is padding.
        seen: bool (r, length, length): what may attend to what.
        **options: ``output_hidden_states``, say.
    """
    words = encoder.embeddings.word_embeddings(ids)
    nodes, pieces = positions < PAD, positions > PAD
    own = (nodes[:, :, None] & pieces[:, None, :] & seen).to(words.dtype)
    means = (own / (own.sum(dim=-1, keepdim=True) + _NO_PIECES)) @ words
    words = torch.where(nodes[:, :, None], means, words)
    hidden = torch.zeros(seen.shape, dtype=words.dtype, device=words.device)
    hidden = hidden.masked_fill(~seen, torch.finfo(words.dtype).min)
    return encoder(
        inputs_embeds=words, attention_mask=hidden[:, None], position_ids=positions, **options
    )


AutoConfig.register(GRAPHCODEBERT, GraphCodeBertConfig)
AutoModelForSequenceClassification.register(
    GraphCodeBertConfig, GraphCodeBertForSequenceClassification
)
