"""A causal language model that answers a prompt about programs with its next token."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from metacompress.models.columns import ClassColumns
from metacompress.models.costs.decoder import DecoderShape, next_token_flops
from metacompress.models.files.causal import PADDING
from metacompress.models.files.foreign import foreign_code
from metacompress.models.protocols.classifier import softmax
from metacompress.models.protocols.white_box import TokenGradients
from metacompress.models.runtime.torch_gradients import embedding_gradients, embedding_matrix
from metacompress.models.runtime.torch_runtime import inference, weight_of, with_steady_heads
from metacompress.models.token_classifier import TokenClassifier
from metacompress.models.tokens.shared import tokenizer_key
from metacompress.models.tokens.window import splits_at_white_space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.files.causal import CausalModel
    from metacompress.models.prompting.template import Template
    from metacompress.models.prompting.tokens import Prompter, PromptTokens
    from metacompress.models.protocols.batched import BatchLimit

CONTENT_FREE = ("N/A", "[MASK]", "")
"""Programs that say nothing (Zhao et al., Calibrate Before Use, ICML 2021)."""


class PromptedClassifier(TokenClassifier):
    """A causal language model with a prompt.

    The probability of a class is that of the tokens that begin its label words, of all next
    tokens, divided by that of all classes together. With a correction (contextual calibration,
    Zhao et al. 2021), each is divided by the class's probability where the program says nothing,
    before.

    Args:
        causal: the model.
        template: the prompt.
        prompter: makes prompts.
        labels: the task's class names.
        label_ids: of each class, the tokens that begin its words.
        corrected: whether the prior is corrected.
        batch_limit: see Batched.
        fingerprint: see Classifier.

    Attributes:
        label_mass: share of the next token's probability that all label words have together,
            where the program says nothing; mean over CONTENT_FREE.
    """

    def __init__(
        self,
        causal: CausalModel,
        template: Template,
        prompter: Prompter,
        *,
        labels: tuple[str, ...],
        label_ids: Sequence[Sequence[int]],
        corrected: bool,
        batch_limit: BatchLimit,
        fingerprint: str,
    ) -> None:
        super().__init__(
            labels,
            columns=ClassColumns(len(labels), len(labels)),
            max_length=causal.max_length,
            pad_token_id=PADDING,
            batch_limit=batch_limit,
            fingerprint=fingerprint,
            name=causal.name,
            unknown_id=causal.tokenizer.unk_token_id,
            special_ids=frozenset(causal.tokenizer.all_special_ids),
            embedded=causal.embedded,
            weight=weight_of(causal.model),
            shape=None,
        )
        self.weights_digest = causal.weights_digest
        self._decoder_shape = _shape_of(causal.model)
        self._device = causal.device
        self._model = with_steady_heads(causal.model)
        self._min_rows = 1
        if self._device.type != "cpu":
            self._tuner = None
        self._prompter = prompter
        self._tokenizer = causal.tokenizer
        self._label_ids = [torch.tensor(ids, device=self._device) for ids in label_ids]
        self._reads_words = splits_at_white_space(causal.tokenizer.backend_tokenizer)
        if self._reads_words:
            content = causal.tokenizer.backend_tokenizer.to_str()
            self._tokenizer_key = tokenizer_key(content, self.max_length, [template.text])
        prior, self.label_mass = self._where_nothing_is_said(template.arity)
        log_prior = np.log(prior) if corrected else np.zeros(len(labels))
        self._log_prior = torch.from_numpy(log_prior).float().to(self._device)

    def flops(self, examples: Sequence[Example]) -> list[int] | None:
        """See Costed."""
        shape = self._decoder_shape
        if shape is None or not examples:
            return None if shape is None else []
        inputs, _ = self._tokenize_visible(examples)
        return [next_token_flops(shape, len(ids)) for ids in inputs["input_ids"]]

    def _tokenize(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_]]:
        prompts = self._prompts(examples)
        truncated = np.array([prompt.truncated for prompt in prompts], dtype=bool)
        return {"input_ids": [prompt.ids for prompt in prompts]}, truncated

    def _prompts(self, examples: Sequence[Example]) -> list[PromptTokens]:
        texts = [[program.text for program in example.programs] for example in examples]
        with foreign_code(self._name, "cannot tokenise"):
            return self._prompter.tokens(texts)

    def _forward(self, tensors: dict[str, NDArray[np.int64]]) -> NDArray[np.floating]:
        with foreign_code(self._name, "cannot be run"), inference():
            numbers: NDArray[np.floating] = self._class_logits(tensors).cpu().numpy()
        return numbers

    def _class_logits(self, tensors: dict[str, NDArray[np.int64]]) -> torch.Tensor:
        """Logits of classes (r, k), corrected."""
        return self._of_classes(self._next_token_logits(tensors)) - self._log_prior

    def _of_classes(self, logits: torch.Tensor) -> torch.Tensor:
        """Logits of classes (r, k), of those of all tokens (r, v)."""
        return torch.stack([torch.logsumexp(logits[:, ids], dim=1) for ids in self._label_ids], 1)

    def _next_token_logits(self, tensors: dict[str, NDArray[np.int64]]) -> torch.Tensor:
        """Logits of the tokens behind each input, float32 (r, v).

        Inputs are padded behind their ends, where no earlier position looks. The output matrix
        gets the vector of each input's last token only.
        """
        given = {name: torch.from_numpy(rows).to(self._device) for name, rows in tensors.items()}
        last = given["attention_mask"].sum(dim=1) - 1

        def at_last_token(module: Any, inputs: tuple[torch.Tensor, ...]) -> torch.Tensor:
            return inputs[0][torch.arange(len(last), device=self._device), last]

        hook = self._model.get_output_embeddings().register_forward_pre_hook(at_last_token)
        try:
            logits: torch.Tensor = self._model(**given, use_cache=False).logits
        finally:
            hook.remove()
        return logits.float()

    def _where_nothing_is_said(self, arity: int) -> tuple[NDArray[np.float64], float]:
        """Probabilities of classes (k,) and of all label words, where programs say nothing."""
        prompts = self._prompter.tokens([[text] * arity for text in CONTENT_FREE])
        ids = [prompt.ids for prompt in prompts]
        every = torch.cat(self._label_ids)
        p, mass = [], []
        with foreign_code(self._name, "cannot be run"), inference():
            for batch in self._batches(ids):
                logits = self._next_token_logits(self._padded(batch, {"input_ids": ids}))
                mass += torch.softmax(logits, dim=1)[:, every].sum(dim=1).tolist()
                p.append(softmax(self._of_classes(logits).cpu().numpy()))
        return np.concatenate(p).mean(axis=0), float(np.mean(mass))

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """See WhiteBox."""
        return embedding_matrix(self._model.get_input_embeddings())

    def tokens_of(self, names: Sequence[str], *, spaced: bool) -> list[list[int]]:
        """See WhiteBox."""
        texts = [f" {name}" if spaced else name for name in names]
        ids: list[list[int]] = self._tokenizer(texts, add_special_tokens=False)["input_ids"]
        return ids

    def gradients(
        self, examples: Sequence[Example], labels: Sequence[int], program: int
    ) -> list[TokenGradients]:
        """See WhiteBox."""
        prompts = self._prompts(examples)
        ids = [prompt.ids for prompt in prompts]
        found: dict[int, TokenGradients] = {}
        for batch in self._batches(ids):
            gradients = embedding_gradients(
                self._model.get_input_embeddings(),
                partial(self._class_logits, self._padded(batch, {"input_ids": ids})),
                [labels[row] for row in batch.rows],
            )
            for row, gradient in zip(batch.rows, gradients, strict=True):
                found[row] = _of_program(prompts[row], gradient, program)
        return [found[row] for row in range(len(examples))]


def _of_program(
    prompt: PromptTokens, gradient: NDArray[np.float32], program: int
) -> TokenGradients:
    """What concerns one program of a prompt; ``gradient`` is (length, hidden)."""
    start, end = prompt.programs[program]
    spans = np.array(prompt.spans, dtype=np.int64).reshape(-1, 2)
    own = (spans[:, 0] >= start) & (spans[:, 1] <= end) & (spans[:, 0] < spans[:, 1])
    return TokenGradients(
        np.array(prompt.ids, dtype=np.int64)[own],
        spans[own] - start,
        gradient[: len(own)][own],
    )


def _shape_of(model: Any) -> DecoderShape | None:
    """The shape of a decoder; None where it holds other matrices than layers are multiplied by."""
    from transformers.pytorch_utils import Conv1D

    config = model.config.get_text_config()
    head = model.get_output_embeddings()
    matrices, known = 0, set()
    for module in model.modules():
        if isinstance(module, (torch.nn.Linear, Conv1D)):
            known.add(id(module.weight))
            matrices += 0 if module is head else module.weight.numel()
        elif isinstance(module, torch.nn.Embedding):
            known.add(id(module.weight))
    if any(one.dim() > 1 and id(one) not in known for one in model.parameters()):
        return None
    try:
        heads = int(config.num_attention_heads)
        own = getattr(config, "head_dim", None)
        width = heads * int(own or config.hidden_size // heads)
        layers = int(config.num_hidden_layers)
    except (AttributeError, TypeError):
        return None
    vocabulary, hidden = head.weight.shape
    return DecoderShape(matrices, layers, width, int(hidden), int(vocabulary))
