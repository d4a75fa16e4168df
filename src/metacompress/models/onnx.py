"""Classifiers in ONNX format, run by ONNX Runtime; needs neither torch nor transformers.

A directory as ``metacompress export`` writes it: ``model.onnx``, ``tokenizer.json`` and
``config.json``. The two programs of a pair are encoded jointly.
"""

from __future__ import annotations

import json
import re
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.errors import LabelMismatchError, ModelError, PredictionError, UsageError
from metacompress.models.batching import DEFAULT_BATCH_TOKENS
from metacompress.models.fingerprint import fingerprint
from metacompress.models.loading import column_order
from metacompress.models.spec import ModelOptions
from metacompress.models.token_classifier import TokenClassifier
from metacompress.models.vocabulary import PROBE, require_vocabulary, special_ids, unknown_id
from metacompress.models.window import input_limit, splits_at_white_space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.spec import ModelSpec

MODEL, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "config.json"
_TOKENIZER_CONFIG = "tokenizer_config.json"
_LOGITS = "logits"
_INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_KNOWN_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


class OnnxOptions(ModelOptions):
    """Options of ``onnx:``."""

    max_length: int | None = None
    threads: int = 0
    batch_tokens: int = DEFAULT_BATCH_TOKENS
    provider: str = "CPUExecutionProvider"


class OnnxClassifier(TokenClassifier):
    """An ONNX Runtime session with its tokenizer.

    Args:
        session: an onnxruntime.InferenceSession with the inputs input_ids, attention_mask and,
            where the model has them, token_type_ids, all (n, length) of int64 or int32, and an
            output (n, k): the one called logits, or else the first of that shape.
        tokenizer: a tokenizers.Tokenizer with truncation set.
        labels: the task's class names.
        **settings: see TokenClassifier.
    """

    def __init__(
        self, session: Any, tokenizer: Any, labels: tuple[str, ...], **settings: Any
    ) -> None:
        super().__init__(labels, **settings)
        self._session = session
        self._tokenizer = tokenizer
        self._reads_words = splits_at_white_space(tokenizer)
        types = {entry.name: entry.type for entry in session.get_inputs()}
        self._inputs = set(types)
        if "input_ids" not in self._inputs or not self._inputs <= _KNOWN_INPUTS:
            raise ModelError(
                f"{self._name}: the graph has the inputs {', '.join(sorted(self._inputs))}; "
                f"expected input_ids and, where needed, attention_mask and token_type_ids"
            )
        strange = {f"{name} {kind}" for name, kind in types.items() if kind not in _INTEGERS}
        if strange:
            raise ModelError(
                f"{self._name}: the graph takes {', '.join(sorted(strange))}; expected integers "
                f"({', '.join(_INTEGERS)})"
            )
        self._types = {name: _INTEGERS[kind] for name, kind in types.items()}
        self._output = self._logits_output()

    def _tokenize(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_]]:
        texts = [tuple(program.text for program in e.programs) for e in examples]
        encoded = self._tokenizer.encode_batch(
            [pair if len(pair) > 1 else pair[0] for pair in texts]
        )
        inputs = {"input_ids": [one.ids for one in encoded]}
        if "token_type_ids" in self._inputs:
            inputs["token_type_ids"] = [one.type_ids for one in encoded]
        return inputs, np.array([bool(one.overflowing) for one in encoded])

    def _forward(self, tensors: dict[str, NDArray[np.int64]]) -> NDArray[np.floating]:
        given = {name: tensors[name].astype(kind) for name, kind in self._types.items()}
        try:
            (output,) = self._session.run([self._output], given)
        except Exception as error:  # its native code raises exceptions of many kinds
            first_line = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(f"{self._name}: cannot be run ({first_line})") from error
        logits: NDArray[np.floating] = np.asarray(output)
        expected = (len(given["input_ids"]), len(self.labels))
        if logits.shape != expected:
            raise PredictionError(
                f"{self._name}: output {self._output} has shape {logits.shape} for "
                f"{expected[0]} inputs; expected {expected}, one logit per class"
            )
        return logits

    def _logits_output(self) -> str:
        """The name of the output that holds the logits.

        Raises:
            ModelError: no output can be them.
        """
        shapes = {entry.name: entry.shape for entry in self._session.get_outputs()}
        classes = len(self.labels)
        # A size that is not fixed is a name or None.
        fitting = [
            name
            for name, shape in shapes.items()
            if len(shape) == 2 and (shape[1] == classes or not isinstance(shape[1], int))
        ]
        fitting.sort(key=lambda name: (name != _LOGITS, shapes[name][1] != classes))
        if not fitting:
            stated = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
            raise ModelError(
                f"{self._name}: the graph has the outputs {stated}; expected one of shape "
                f"(n, {classes}), called {_LOGITS} if there are several"
            )
        return str(fitting[0])


def load(spec: ModelSpec, task: Task) -> OnnxClassifier:
    """An exported classifier: a directory with model.onnx, tokenizer.json and config.json."""
    return load_directory(
        Path(spec.location).expanduser(), spec.options_as(OnnxOptions), task, str(spec)
    )


def load_directory(directory: Path, options: OnnxOptions, task: Task, name: str) -> OnnxClassifier:
    """Load an exported classifier.

    Raises:
        ModelError: a file is missing or damaged.
        UsageError: an option does not fit.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    for file in (MODEL, TOKENIZER, CONFIG):
        if not (directory / file).is_file():
            raise ModelError(
                f"{directory}: no {file} in it; metacompress export writes such a directory"
            )
    config = _read_json(directory / CONFIG)
    stated = directory / _TOKENIZER_CONFIG
    limit = _read_json(stated).get("model_max_length") if stated.is_file() else None
    max_length = input_limit(config, limit, options.max_length, name)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.log_severity_level = 3
    available = onnxruntime.get_available_providers()
    if options.provider not in available:
        raise UsageError(
            f"{name}: no provider {options.provider!r} here; there is {', '.join(available)}"
        )
    try:
        session = onnxruntime.InferenceSession(
            directory / MODEL, settings, providers=[options.provider]
        )
        tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
    except Exception as error:  # both raise bare Exceptions of their native code
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(f"{directory}: cannot be loaded ({first_line})") from error
    _check_outputs(session, task, name)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length, strategy="longest_first")
    unknown, special = unknown_id(tokenizer), special_ids(tokenizer)
    require_vocabulary(tokenizer.encode(PROBE).ids, unknown, special, name)
    names = config.get("id2label") or {}
    try:
        labels = tuple(names[key] for key in sorted(names, key=int))
    except (TypeError, ValueError):
        raise ModelError(f"{directory / CONFIG}: id2label is no table of numbered labels") from None
    return OnnxClassifier(
        session,
        tokenizer,
        task.labels,
        columns=column_order(labels, task, name),
        max_length=max_length,
        pad_token_id=config.get("pad_token_id") or 0,
        batch_tokens=options.batch_tokens,
        fingerprint=fingerprint(
            [
                *(directory / file for file in (MODEL, TOKENIZER, CONFIG)),
                *_external_weights(directory / MODEL),
            ],
            packages=("onnxruntime", "tokenizers"),
            kind="onnx",
            provider=options.provider,
            max_length=max_length,
            labels=task.labels,
        ),
        name=name,
        unknown_id=unknown,
        special_ids=special,
    )


def _check_outputs(session: Any, task: Task, name: str) -> None:
    """Refuse a graph that says by itself that it has another number of classes.

    Raises:
        LabelMismatchError: see above.
    """
    shape = session.get_outputs()[0].shape
    classes = shape[-1] if shape else 1
    if isinstance(classes, int) and (len(shape) != 2 or classes != len(task.labels)):
        single = "; a head of one logit is not supported" if classes == 1 else ""
        raise LabelMismatchError(
            f"{name}: its output has the shape {tuple(shape)}, but {task.name} has "
            f"{len(task.labels)} classes ({', '.join(task.labels)}){single}"
        )


def _external_weights(model: Path) -> list[Path]:
    """The files beside a graph that hold its weights.

    Tensors name them in protobuf messages of a key ``location`` and its value (fields 1 and 2),
    wherever a tensor may stand. They are found without reading the whole message, which may be
    large, and without the package onnx.
    """
    found: set[Path] = set()
    with model.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        for match in re.finditer(rb"\x0a\x08location\x12", content):
            length, start = _varint(content, match.end())
            name = content[start : start + length].decode("utf-8", "replace")
            # Weights may hold these bytes by chance; what names no file is no reference.
            if "\0" not in name and (model.parent / name).is_file():
                found.add(model.parent / name)
    return sorted(found)


def _varint(content: mmap, start: int) -> tuple[int, int]:
    """A protobuf integer at ``start``, and where it ends."""
    value = shift = 0
    while start < len(content):
        byte = content[start]
        value |= (byte & 0x7F) << shift
        shift += 7
        start += 1
        if byte < 0x80:
            break
    return value, start


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error})") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path}: expected a JSON object")
    return content
