"""The RoBERTa encoder of a checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.models.tokens.roberta_tokenizer import SPECIAL_TOKENS

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

    from metacompress.models.checkpoints.options import CheckpointOptions


class Encoder:
    """A RoBERTa encoder.

    Args:
        state: its weights.
        options: number of heads, length of inputs.
        device: where it runs.

    Attributes:
        hidden: width of a vector.
        vocabulary: tokens that it embeds.
        longest: positions that it knows.
        max_length: ids of an input at most.
    """

    def __init__(
        self, state: dict[str, torch.Tensor], options: CheckpointOptions, device: torch.device
    ) -> None:
        from transformers import RobertaConfig, RobertaModel

        words = state["embeddings.word_embeddings.weight"]
        positions = state["embeddings.position_embeddings.weight"]
        hidden = int(words.shape[1])
        config = RobertaConfig(
            vocab_size=int(words.shape[0]),
            hidden_size=hidden,
            num_hidden_layers=1 + max(int(k.split(".")[2]) for k in state if ".layer." in k),
            num_attention_heads=options.heads or (12 if hidden == 768 else 8),
            intermediate_size=int(state["encoder.layer.0.intermediate.dense.weight"].shape[0]),
            max_position_embeddings=int(positions.shape[0]),
            type_vocab_size=int(state["embeddings.token_type_embeddings.weight"].shape[0]),
            hidden_act=options.activation,
            layer_norm_eps=options.layer_norm_eps,
            pad_token_id=SPECIAL_TOKENS["<pad>"],
        )
        if hidden % config.num_attention_heads:
            raise UsageError(
                f"hidden size {hidden} is no multiple of {config.num_attention_heads} heads; "
                f"give the right number with ?heads=N",
                option="heads",
            )
        self.hidden = hidden
        self.vocabulary = config.vocab_size
        self.max_length = options.max_length
        self.longest: int = config.max_position_embeddings - config.pad_token_id - 1
        self.device = device
        self.model = RobertaModel(config, add_pooling_layer=False).eval().to(device)
        self.model.requires_grad_(False)
        unused = ("embeddings.position_ids", "pooler.")
        self.model.load_state_dict(
            {k: v for k, v in state.items() if not k.startswith(unused)}, strict=True
        )

    def empty_layers(self, inputs: int) -> NDArray[np.float32]:
        """Room for a vector per layer and input, that of the embeddings first."""
        return np.empty((self.model.config.num_hidden_layers + 1, inputs, self.hidden), np.float32)

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """The vectors of the vocabulary, (v, hidden)."""
        weights: NDArray[np.float32] = self.model.embeddings.word_embeddings.weight.cpu().numpy()
        return weights
