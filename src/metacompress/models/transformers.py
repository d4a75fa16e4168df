"""Sequence classifiers in the Hugging Face layout: a local directory or a hub id.

The two programs of a pair are encoded jointly, as text and text pair of the tokenizer.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import torch

from metacompress.data.content import content_files
from metacompress.errors import ModelError
from metacompress.models.batching import DEFAULT_BATCH_TOKENS
from metacompress.models.fingerprint import fingerprint
from metacompress.models.graph_encoding import GRAPHCODEBERT
from metacompress.models.loading import column_order
from metacompress.models.spec import ModelOptions
from metacompress.models.token_classifier import TokenClassifier
from metacompress.models.torch_gradients import embedding_gradients
from metacompress.models.torch_runtime import (
    TORCH_PACKAGES,
    choose_device,
    inference,
    with_steady_heads,
)
from metacompress.models.vocabulary import PROBE, require_vocabulary
from metacompress.models.white_box import TokenGradients
from metacompress.models.window import input_limit, splits_at_white_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.classifier import Classifier
    from metacompress.models.spec import ModelSpec


class TransformersOptions(ModelOptions):
    """Options of ``transformers:``."""

    max_length: int | None = None
    device: str = "auto"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    batch_tokens: int = DEFAULT_BATCH_TOKENS
    revision: str | None = None


class TransformersClassifier(TokenClassifier):
    """An AutoModelForSequenceClassification with its AutoTokenizer.

    Args:
        model: the torch module.
        tokenizer: its tokenizer, with a padding token.
        labels: the task's class names.
        options: device and precision.
        **settings: see TokenClassifier.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        labels: tuple[str, ...],
        options: TransformersOptions,
        **settings: Any,
    ) -> None:
        super().__init__(labels, **settings)
        self._device = choose_device(options.device)
        self._model = model.to(self._device, getattr(torch, options.dtype)).eval()
        self._model = with_steady_heads(self._model.requires_grad_(False))
        self._min_rows = 1
        self._tokenizer = tokenizer
        self._reads_words = tokenizer.is_fast and splits_at_white_space(tokenizer.backend_tokenizer)

    def _tokenize(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_]]:
        inputs, truncated, _ = self._encode(examples)
        return inputs, truncated

    def _encode(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_], list[Any] | None]:
        texts = [[program.text for program in example.programs] for example in examples]
        columns = [list(column) for column in zip(*texts, strict=True)]
        encoded = self._tokenizer(
            *columns, truncation=True, max_length=self._max_length, return_attention_mask=False
        )
        if encoded.encodings is not None:
            cut = [bool(encoding.overflowing) for encoding in encoded.encodings]
        else:  # a tokenizer in pure Python does not tell
            whole = self._tokenizer(*columns)["input_ids"]
            cut = [len(a) < len(b) for a, b in zip(encoded["input_ids"], whole, strict=True)]
        return dict(encoded), np.array(cut, dtype=bool), encoded.encodings

    def _forward(self, tensors: dict[str, NDArray[np.int64]]) -> NDArray[np.floating]:
        with inference():
            logits = self._differentiable(tensors)
        numbers: NDArray[np.floating] = logits.float().cpu().numpy()
        return numbers

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """See WhiteBox."""
        weights: NDArray[np.float32] = (
            self._model.get_input_embeddings().weight.detach().float().cpu().numpy()
        )
        return weights

    def tokens_of(self, names: Sequence[str], *, spaced: bool) -> list[list[int]]:
        """See WhiteBox."""
        texts = [f" {name}" if spaced else name for name in names]
        ids: list[list[int]] = self._tokenizer(texts, add_special_tokens=False)["input_ids"]
        return ids

    def gradients(
        self, examples: Sequence[Example], labels: Sequence[int], program: int
    ) -> list[TokenGradients]:
        """See WhiteBox."""
        inputs, _, encodings = self._encode(examples)
        if encodings is None:
            raise ModelError(f"{self._name}: its tokenizer does not tell where tokens come from")
        ids = inputs["input_ids"]
        columns = [label if self._columns is None else self._columns[label] for label in labels]
        found: dict[int, TokenGradients] = {}
        for batch in self._batches(ids):
            tensors = self._padded(batch, inputs)
            gradients = embedding_gradients(
                self._model.get_input_embeddings(),
                partial(self._differentiable, tensors),
                [columns[row] for row in batch.rows],
            )
            for row, gradient in zip(batch.rows, gradients, strict=True):
                own = np.array(
                    [place == program for place in encodings[row].sequence_ids], dtype=bool
                )
                found[row] = TokenGradients(
                    np.array(ids[row], dtype=np.int64)[own],
                    np.array(encodings[row].offsets, dtype=np.int64).reshape(-1, 2)[own],
                    gradient[: len(own)][own],
                )
        return [found[row] for row in range(len(examples))]

    def _differentiable(self, tensors: dict[str, NDArray[np.int64]]) -> torch.Tensor:
        logits: torch.Tensor = self._model(
            **{name: torch.from_numpy(rows).to(self._device) for name, rows in tensors.items()}
        ).logits
        return logits


def load(spec: ModelSpec, task: Task) -> Classifier:
    """A Hugging Face sequence classifier: local directory or hub id."""
    if model_type(spec.location) == GRAPHCODEBERT:
        from metacompress.models import graphcodebert

        return graphcodebert.load(replace(spec, kind=GRAPHCODEBERT), task)
    options = spec.options_as(TransformersOptions)
    model, tokenizer = read_model(spec)
    max_length = input_limit(
        model.config.to_dict(), tokenizer.model_max_length, options.max_length, str(spec)
    )
    directory = Path(spec.location).expanduser()
    files = content_files(directory) if directory.is_dir() else []
    digest = fingerprint(
        files,
        kind="transformers",
        hub=None if files else spec.location,
        commit=getattr(model.config, "_commit_hash", None),
        packages=TORCH_PACKAGES,
        device=choose_device(options.device).type,
        dtype=options.dtype,
        max_length=max_length,
        labels=task.labels,
    )
    if tokenizer.pad_token_id is None:
        raise ModelError(f"{spec}: its tokenizer has no padding token; set pad_token")
    special = frozenset(tokenizer.all_special_ids)
    require_vocabulary(tokenizer(PROBE)["input_ids"], tokenizer.unk_token_id, special, str(spec))
    names = tuple(str(label) for _, label in sorted(model.config.id2label.items()))
    return TransformersClassifier(
        model,
        tokenizer,
        task.labels,
        options,
        columns=column_order(names, task, str(spec)),
        max_length=max_length,
        pad_token_id=tokenizer.pad_token_id,
        batch_tokens=options.batch_tokens,
        fingerprint=digest,
        name=str(spec),
        unknown_id=tokenizer.unk_token_id,
        special_ids=special,
    )


def model_type(location: str) -> str | None:
    """What the config.json of a local model says that it is; None where there is none."""
    try:
        content = json.loads((Path(location).expanduser() / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return content.get("model_type") if isinstance(content, dict) else None


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Keep transformers from reporting on the terminal; what matters is raised or shown by us."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    logger = logging.getLogger("transformers")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def read_model(spec: ModelSpec) -> tuple[Any, Any]:
    """The torch module and the tokenizer that ``spec`` names.

    Raises:
        ModelError: there is none, or it lacks weights.
    """
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    if model_type(spec.location) == GRAPHCODEBERT:
        raise ModelError(
            f"{spec.location}: reads data flow, which only check, attack, predict, train and "
            f"distill can give it; distil it into a model of another architecture first"
        )
    options = spec.options_as(TransformersOptions)
    looks_local = spec.location.startswith((".", "/", "~")) or Path(spec.location).exists()
    source = Path(spec.location).expanduser() if looks_local else spec.location
    if isinstance(source, Path) and not (source / "config.json").is_file():
        what = "no config.json in it" if source.is_dir() else "no such directory"
        raise ModelError(
            f"{source}: {what}; expected a Hugging Face model directory "
            f"(published state dicts are loaded with codexglue:{spec.location})"
        )
    try:
        with quiet_transformers():
            model, report = AutoModelForSequenceClassification.from_pretrained(
                source, revision=options.revision or "main", output_loading_info=True
            )
            tokenizer = AutoTokenizer.from_pretrained(source, revision=options.revision or "main")
    except Exception as error:
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(f"{spec.location}: cannot be loaded ({first_line})") from error
    missing = sorted(report["missing_keys"])
    if missing:
        # transformers would fill them with random numbers and only log it.
        raise ModelError(
            f"{spec.location}: the checkpoint lacks {len(missing)} weights of "
            f"{type(model).__name__} (first: {missing[0]}); is it a fine-tuned classifier?"
        )
    return model, tokenizer
