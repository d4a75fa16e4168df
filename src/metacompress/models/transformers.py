"""Sequence classifiers in the Hugging Face layout: a local directory or a hub id.

The two programs of a pair are encoded jointly, as text and text pair of the tokenizer.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import torch

from metacompress.errors import ModelError
from metacompress.models.batching import DEFAULT_BATCH_TOKENS, batches
from metacompress.models.classifier import Classifier, Predictions, softmax
from metacompress.models.fingerprint import fingerprint
from metacompress.models.loading import column_order
from metacompress.models.spec import ModelOptions
from metacompress.models.torch_runtime import choose_device, inference
from metacompress.models.window import input_limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.spec import ModelSpec

_FINGERPRINT_FILES = ("*.safetensors", "*.bin", "*.json", "*.txt", "*.model")
# Written about a model, not read to compute its outputs.
_DESCRIPTION_FILES = frozenset({"card.json", "README.md", "trainer_state.json"})


class TransformersOptions(ModelOptions):
    """Options of ``transformers:``."""

    max_length: int | None = None
    device: str = "auto"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    batch_tokens: int = DEFAULT_BATCH_TOKENS
    revision: str | None = None


class TransformersClassifier(Classifier):
    """An AutoModelForSequenceClassification with its AutoTokenizer.

    Args:
        model: the torch module.
        tokenizer: its tokenizer, with a padding token.
        task: what the model is for.
        options: device, precision and batch size.
        max_length: tokens per input at most, special tokens included.
        fingerprint: see Classifier.
        name: for messages.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        task: Task,
        options: TransformersOptions,
        *,
        max_length: int,
        fingerprint: str,
        name: str,
    ) -> None:
        self.labels = task.labels
        self.fingerprint = fingerprint
        self._name = name
        self._device = choose_device(options.device)
        self._model = model.to(self._device, getattr(torch, options.dtype)).eval()
        self._tokenizer = tokenizer
        names = tuple(str(label) for _, label in sorted(model.config.id2label.items()))
        self._columns = column_order(names, task, name)
        self._max_length = max_length
        self._batch_tokens = options.batch_tokens
        if tokenizer.pad_token_id is None:
            raise ModelError(f"{name}: its tokenizer has no padding token; set pad_token")

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        logits = np.empty((len(examples), len(self.labels)))
        truncated = np.zeros(len(examples), dtype=bool)
        if examples:
            inputs, truncated = self._encode(examples)
            sequences = inputs["input_ids"]
            for batch in batches(
                sequences, longest=self._max_length, batch_tokens=self._batch_tokens
            ):
                # Segment ids, where the model has them, are padded with 0 like the mask.
                tensors = {
                    name: batch.pad(rows, self._tokenizer.pad_token_id * (name == "input_ids"))
                    for name, rows in inputs.items()
                } | {"attention_mask": batch.mask(sequences)}
                with inference():
                    output = self._model(
                        **{k: torch.from_numpy(v).to(self._device) for k, v in tensors.items()}
                    ).logits
                logits[batch.rows] = output[: len(batch.rows)].float().cpu().numpy()
        if self._columns is not None:
            logits = logits[:, self._columns]
        return Predictions.checked(
            softmax(logits), examples, len(self.labels), self._name, truncated
        )

    def _encode(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_]]:
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
        return dict(encoded), np.array(cut, dtype=bool)


def load(spec: ModelSpec, task: Task) -> TransformersClassifier:
    """A Hugging Face sequence classifier: local directory or hub id."""
    options = spec.options_as(TransformersOptions)
    model, tokenizer = read_model(spec)
    max_length = input_limit(
        model.config.to_dict(), tokenizer.model_max_length, options.max_length, str(spec)
    )
    directory = Path(spec.location).expanduser()
    files = [
        path
        for pattern in _FINGERPRINT_FILES
        for path in directory.glob(pattern)
        if path.name not in _DESCRIPTION_FILES
    ]
    digest = fingerprint(
        files,
        kind="transformers",
        hub=None if files else spec.location,
        commit=getattr(model.config, "_commit_hash", None),
        dtype=options.dtype,
        max_length=max_length,
        labels=task.labels,
    )
    return TransformersClassifier(
        model,
        tokenizer,
        task,
        options,
        max_length=max_length,
        fingerprint=digest,
        name=str(spec),
    )


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
