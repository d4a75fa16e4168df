"""Sequence classifiers in the Hugging Face layout: a local directory or a hub id.

The two programs of a pair are encoded jointly, as text and text pair of the tokenizer.
"""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from metacompress.data.content import content_files
from metacompress.data.in_memory import named_in_memory
from metacompress.errors import ModelError
from metacompress.models.columns import class_columns, columns_doubt, labels_by_number
from metacompress.models.costs.encoder import known_shape
from metacompress.models.files.adapters import adapter_base
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.padding import padding_id
from metacompress.models.files.pretrained import TransformersOptions, read_model
from metacompress.models.files.source import model_type
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.location import local_path
from metacompress.models.naming.spec import GRAPHCODEBERT
from metacompress.models.protocols.mixable import mixed_fingerprint
from metacompress.models.protocols.white_box import TokenGradients
from metacompress.models.runtime.torch_gradients import embedding_gradients, embedding_matrix
from metacompress.models.runtime.torch_runtime import (
    TORCH_PACKAGES,
    choose_device,
    inference,
    weight_of,
    weights_digest,
    with_steady_heads,
)
from metacompress.models.runtime.torch_states import layers_of, mean_states
from metacompress.models.runtime.torch_tensors import tensors_of, with_tensors
from metacompress.models.token_states import TokenStates
from metacompress.models.tokens.shared import tokenizer_key
from metacompress.models.tokens.vocabulary import PROBE, require_vocabulary
from metacompress.models.tokens.window import input_limit, splits_at_white_space, window_doubt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.protocols.classifier import Classifier


class TransformersClassifier(TokenStates):
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
        with foreign_code(self._name):
            self._model = model.to(self._device, getattr(torch, options.dtype)).eval()
        self._model = with_steady_heads(self._model.requires_grad_(False))
        self._min_rows = 1
        if self._device.type != "cpu":
            self._tuner = None
        self._tokenizer = tokenizer
        self._reads_words = tokenizer.is_fast and splits_at_white_space(tokenizer.backend_tokenizer)
        if self._reads_words:
            content = tokenizer.backend_tokenizer.to_str()
            # What a model's class and its tokenizer's add or leave out stands in no JSON.
            kinds = [type(tokenizer).__name__, *tokenizer.model_input_names]
            self._tokenizer_key = tokenizer_key(content, self.max_length, kinds)

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
            *columns, truncation=True, max_length=self.max_length, return_attention_mask=False
        )
        if encoded.encodings is not None:
            cut = [bool(encoding.overflowing) for encoding in encoded.encodings]
        else:  # a tokenizer in pure Python does not tell
            whole = self._tokenizer(*columns)["input_ids"]
            cut = [len(a) < len(b) for a, b in zip(encoded["input_ids"], whole, strict=True)]
        return dict(encoded), np.array(cut, dtype=bool), encoded.encodings

    def _forward(self, tensors: dict[str, NDArray[np.int64]]) -> NDArray[np.floating]:
        with foreign_code(self._name, "cannot be run"), inference():
            numbers: NDArray[np.floating] = self._differentiable(tensors).float().cpu().numpy()
        return numbers

    def tensors(self) -> Mapping[str, NDArray[np.float32]]:
        """See Mixable."""
        return tensors_of(self._model)

    def with_tensors(self, tensors: Mapping[str, NDArray[np.floating]]) -> TransformersClassifier:
        """See Mixable."""
        other = copy(self)
        other._model = with_tensors(self._model, tensors)
        other.fingerprint = mixed_fingerprint(self.fingerprint, tensors)
        other.weights_digest = None
        other.forget()
        return other

    def _mean_states(self, tensors: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        with foreign_code(self._name, "cannot be run"), inference():
            output = self._output(tensors, output_hidden_states=True)
            mask = torch.from_numpy(tensors["attention_mask"]).to(self._device)
            return mean_states(layers_of(output, self._name), mask, self._name)

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
        inputs, _, encodings = self._encode(examples)
        if encodings is None:
            raise ModelError(
                f"{self._name}: its tokenizer does not tell where tokens come from",
                model=self._name,
            )
        ids = inputs["input_ids"]
        found: dict[int, TokenGradients] = {}
        for batch in self._batches(ids):
            tensors = self._padded(batch, inputs)
            gradients = embedding_gradients(
                self._model.get_input_embeddings(),
                partial(self._class_logits, tensors),
                [labels[row] for row in batch.rows],
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

    def _class_logits(self, tensors: dict[str, NDArray[np.int64]]) -> torch.Tensor:
        logits: torch.Tensor = self.columns.logits(self._differentiable(tensors))
        return logits

    def _differentiable(self, tensors: dict[str, NDArray[np.int64]]) -> torch.Tensor:
        logits: torch.Tensor = self._output(tensors).logits
        return logits

    def _output(self, tensors: dict[str, NDArray[np.int64]], **options: bool) -> Any:
        given = {name: torch.from_numpy(rows).to(self._device) for name, rows in tensors.items()}
        return self._model(**given, **options)


def load(spec: ModelSpec, task: Task) -> Classifier:
    """A Hugging Face sequence classifier: local directory or hub id."""
    if model_type(spec.location) == GRAPHCODEBERT:
        from metacompress.models.graphcodebert import classifier as graphcodebert

        return graphcodebert.load(replace(spec, kind=GRAPHCODEBERT), task)
    options = spec.options_as(TransformersOptions)
    model, tokenizer = read_model(spec)
    return _classifier(
        model, tokenizer, task, options, str(spec), lambda read: _fingerprint(spec, model, read)
    )


def load_pair(model: Any, tokenizer: Any, task: Task, defaults: Mapping[str, object]) -> Classifier:
    """A sequence classifier of transformers and its tokenizer, as a Python program holds them.

    The model is copied: what happens to it afterwards changes no answer.

    Args:
        model: a torch module of transformers with a head for classes.
        tokenizer: its tokenizer.
        task: what it is for.
        defaults: options: device and batch_size.

    Raises:
        ModelError: it is no such model, or its tokenizer does not fit.
    """
    name = named_in_memory(type(model).__name__)
    known = {key: value for key, value in defaults.items() if value is not None}
    options = TransformersOptions.model_validate(known)
    with foreign_code(name, "is no sequence classifier of transformers"):
        model = deepcopy(model)
        weights = weights_digest(model.state_dict())
        config = model.config.to_dict()
        own = tokenizer.is_fast and tokenizer.backend_tokenizer.to_str()
        words = own or repr(sorted(tokenizer.get_vocab().items()))
    return _classifier(
        model,
        tokenizer,
        task,
        options,
        name,
        lambda read: fingerprint(
            (),
            kind="transformers in memory",
            packages=TORCH_PACKAGES,
            weights=weights,
            config=config,
            tokenizer=words,
            **read,
        ),
    )


def _classifier(
    model: Any,
    tokenizer: Any,
    task: Task,
    options: TransformersOptions,
    name: str,
    fingerprint_of: Callable[[dict[str, Any]], str],
) -> TransformersClassifier:
    """The classifier; ``fingerprint_of`` gets what is read of inputs and outputs, and where."""
    config = model.config.to_dict()
    with foreign_code(name):
        limit = tokenizer.model_max_length
        embedded = int(model.get_input_embeddings().weight.shape[0])
        special = frozenset(tokenizer.all_special_ids)
        unknown = tokenizer.unk_token_id
        probe = tokenizer(PROBE)["input_ids"]
        classes = int(model.config.num_labels)
        digest = weights_digest(model.state_dict())
    max_length = input_limit(config, limit, options.max_length, name)
    device = choose_device(options.device).type
    require_vocabulary(probe, unknown, special, name)
    own = labels_by_number(config.get("id2label"))
    columns = class_columns(own, classes, task, options, name)
    classifier = TransformersClassifier(
        model,
        tokenizer,
        task.labels,
        options,
        columns=columns,
        max_length=max_length,
        pad_token_id=padding_id(model, tokenizer, probe, name),
        batch_limit=options.batch_limit,
        fingerprint=fingerprint_of(
            {
                "device": device,
                "dtype": options.dtype,
                "max_length": max_length,
                "columns": columns,
                "labels": task.labels,
            }
        ),
        name=name,
        unknown_id=unknown,
        special_ids=special,
        embedded=embedded,
        weight=weight_of(model),
        shape=known_shape(config),
    )
    classifier.weights_digest = f"torch {options.dtype} on {device}: {digest}"
    classifier.doubts = (
        *window_doubt(config, limit, options.max_length, name),
        *columns_doubt(own, options),
    )
    return classifier


def _fingerprint(spec: ModelSpec, model: Any, read: dict[str, Any]) -> str:
    directories = [local_path(spec.location)]
    base = adapter_base(spec.location)
    if base is not None:
        directories.append(local_path(base))
    files = [file for one in directories if one.is_dir() for file in content_files(one)]
    return fingerprint(
        files,
        kind="transformers",
        hub=[str(one) for one in directories if not one.is_dir()] or None,
        commit=getattr(model.config, "_commit_hash", None),
        packages=TORCH_PACKAGES if base is None else (*TORCH_PACKAGES, "peft"),
        **read,
    )
