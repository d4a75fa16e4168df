"""Classifiers in ONNX format, run by ONNX Runtime; needs neither torch nor transformers.

A directory as ``metacompress export`` writes it, or Optimum (see ``models.files.onnx_files``): a
graph, ``tokenizer.json`` and ``config.json``. The two programs of a pair are encoded jointly.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.data.content import content_digest
from metacompress.errors import ModelError, UsageError
from metacompress.models.columns import (
    ClassColumns,
    class_columns,
    columns_doubt,
    labels_by_number,
)
from metacompress.models.costs.encoder import exact_cost, known_shape
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.onnx_files import CONFIG, OnnxFiles, find_onnx_files
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.protocols.costed import Weight
from metacompress.models.runtime.batching import LENGTH_STEP, MIN_ROWS, Batch
from metacompress.models.runtime.options import BatchOptions
from metacompress.models.token_classifier import TokenClassifier
from metacompress.models.token_states import TokenStates
from metacompress.models.tokens.shared import tokenizer_key
from metacompress.models.tokens.vocabulary import PROBE, require_vocabulary, special_ids, unknown_id
from metacompress.models.tokens.window import input_limit, splits_at_white_space, window_doubt
from metacompress.threads import thread_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec

_LOGITS = "logits"
_HIDDEN = re.compile(r"hidden_states[._](\d+)")
_RANK_OF_STATES = 3
# Ids of tokens may be 32 bits wide in a graph.
_MOST_TOKENS = 2**31
# Inputs of one call that are enough to find out whether small batches may be small.
_MANY = 64
_PARTED_AT = (1, 3)
_INTEGERS: dict[str, type[np.signedinteger[Any]]] = {
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
}
_KNOWN_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


class OnnxOptions(BatchOptions):
    """Options of ``onnx:``.

    ``threads`` is 0 for as many as OMP_NUM_THREADS says, or else one for each core.
    """

    max_length: int | None = None
    threads: int = 0
    provider: str = "CPUExecutionProvider"


class OnnxClassifier(TokenClassifier):
    """An ONNX Runtime session with its tokenizer.

    Args:
        session: an onnxruntime.InferenceSession with the inputs input_ids, attention_mask and,
            where the model has them, token_type_ids, all (n, length) of int64 or int32.
        tokenizer: a tokenizers.Tokenizer with truncation set.
        labels: the task's class names.
        output: name of the output that holds the logits.
        **settings: see TokenClassifier.
    """

    def __init__(
        self, session: Any, tokenizer: Any, labels: tuple[str, ...], output: str, **settings: Any
    ) -> None:
        super().__init__(labels, **settings)
        self._session = session
        if session.get_providers()[0] != "CPUExecutionProvider":
            self._tuner = None
        self._output = output
        self._is_tried = False
        self._tokenizer = tokenizer
        self._reads_words = splits_at_white_space(tokenizer)
        entries = {entry.name: entry for entry in session.get_inputs()}
        self._inputs = set(entries)
        if "input_ids" not in self._inputs or not self._inputs <= _KNOWN_INPUTS:
            raise ModelError(
                f"{self._name}: the graph has the inputs {', '.join(sorted(self._inputs))}; "
                f"expected input_ids and, where needed, attention_mask and token_type_ids",
                model=self._name,
            )
        self._tokenizer_key = tokenizer_key(tokenizer.to_str(), self.max_length, self._inputs)
        self._types = {key: integers_of(entry, self._name) for key, entry in entries.items()}

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

    def _logits(
        self, inputs: dict[str, list[list[int]]], rows: list[int]
    ) -> list[NDArray[np.float64]]:
        if not self._is_tried and len(rows) >= _MANY:
            self._is_tried = True
            # Neighbours may be variants of one program, which begin alike.
            spread = rows[:: len(rows) // MIN_ROWS][:MIN_ROWS]
            beginnings = {
                name: [sequences[row][:LENGTH_STEP] for row in spread]
                for name, sequences in inputs.items()
            }
            with suppress(ModelError):  # of a graph that takes batches of one height
                self._min_rows = self._rows_needed(beginnings)
        return super()._logits(inputs, rows)

    def _rows_needed(self, inputs: dict[str, list[list[int]]]) -> int:
        """1 where an output has the same bits whatever the height of its batch, or MIN_ROWS.

        A few inputs are asked together and in parts. What comes of it depends on the processor and
        on the graph, whose quantised layers may look at all rows.
        """
        length = min(LENGTH_STEP, self.max_length)
        tensors = self._padded(Batch(np.arange(MIN_ROWS), length, MIN_ROWS), inputs)
        together = self._forward(tensors)
        for stop in _PARTED_AT:
            parts = [
                self._forward({name: one[half] for name, one in tensors.items()})
                for half in (slice(stop), slice(stop, None))
            ]
            if not np.array_equal(np.concatenate(parts), together):
                return MIN_ROWS
        return 1

    def _forward(self, tensors: dict[str, NDArray[np.int64]]) -> NDArray[np.floating]:
        (output,) = self._run([self._output], tensors)
        return output

    def _run(
        self, outputs: list[str], tensors: dict[str, NDArray[np.int64]]
    ) -> list[NDArray[np.floating]]:
        given = {name: tensors[name].astype(kind) for name, kind in self._types.items()}
        with foreign_code(self._name, "cannot be run"):
            return [np.asarray(one) for one in self._session.run(outputs, given)]


class OnnxWithStates(TokenStates, OnnxClassifier):
    """A graph that puts out the hidden states of its layers, too.

    Args:
        *arguments: see OnnxClassifier.
        layers: names of the outputs, (n, length, width) each, in the order of the layers.
        **settings: likewise.
    """

    def __init__(self, *arguments: Any, layers: Sequence[str], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._layers = list(layers)

    def _mean_states(self, tensors: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        weights = tensors["attention_mask"].astype(np.float32)
        counts = weights.sum(axis=1, keepdims=True)
        return [
            np.einsum("rlw,rl->rw", states.astype(np.float32), weights) / counts
            for states in self._run(self._layers, tensors)
        ]


def load(spec: ModelSpec, task: Task) -> OnnxClassifier:
    """A classifier in ONNX format: a directory that export or Optimum wrote, or a graph in it."""
    options = spec.options_as(OnnxOptions)
    return load_files(find_onnx_files(spec.location), options, task, str(spec))


def load_files(
    files: OnnxFiles,
    options: OnnxOptions,
    task: Task,
    name: str,
    *,
    make: Callable[..., OnnxClassifier] | None = None,
) -> OnnxClassifier:
    """Load an exported classifier.

    Args:
        files: of the model.
        options: given by the user.
        task: what it is for.
        name: for messages.
        make: makes the classifier; None leaves that to the outputs of the graph.

    Raises:
        ModelError: a file is missing or damaged.
        UsageError: an option does not fit.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    config = files.settings()
    max_length = input_limit(config, files.stated_length(), options.max_length, name)
    available = onnxruntime.get_available_providers()
    if options.provider not in available:
        raise UsageError(
            f"{name}: no provider {options.provider!r} here; there is {', '.join(available)}",
            option="provider",
        )
    # Both raise bare Exceptions of their native code.
    with foreign_code(str(files.tokenizer)):
        tokenizer = Tokenizer.from_file(str(files.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length, strategy="longest_first")
        unknown, special = unknown_id(tokenizer), special_ids(tokenizer)
        probe = tokenizer.encode(PROBE).ids
    require_vocabulary(probe, unknown, special, name)
    with foreign_code(str(files.graph)):
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = options.threads or thread_limit()
        settings.log_severity_level = 3
        # See metacompress.threads.
        settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(files.graph, settings, providers=[options.provider])
    output, columns = _columns_of(session, config, task, options, name)
    shape = known_shape(config)
    external = _external_weights(files.graph)
    layers = hidden_outputs(session)
    by_outputs = partial(OnnxWithStates, layers=layers) if layers else OnnxClassifier
    classifier: OnnxClassifier = (make or by_outputs)(
        session,
        tokenizer,
        task.labels,
        output,
        columns=columns,
        max_length=max_length,
        pad_token_id=_padding_id(config, files.config),
        batch_limit=options.batch_limit,
        fingerprint=fingerprint(
            [*files.read(), *external],
            packages=("onnxruntime", "tokenizers"),
            kind="onnx",
            provider=options.provider,
            max_length=max_length,
            columns=columns,
            labels=task.labels,
        ),
        name=name,
        unknown_id=unknown,
        special_ids=special,
        weight=Weight(
            sum(one.stat().st_size for one in (files.graph, *external)),
            None if shape is None else exact_cost(shape, 1).parameters,
        ),
        shape=shape,
    )
    weights = [content_digest(path) for path in (files.graph, *external)]
    classifier.weights_digest = f"onnxruntime {options.provider}: {' '.join(weights)}"
    classifier.doubts = (
        *window_doubt(config, files.stated_length(), options.max_length, name),
        *columns_doubt(labels_by_number(config.get("id2label")), options),
    )
    return classifier


def _columns_of(
    session: Any, config: dict[str, Any], task: Task, options: OnnxOptions, name: str
) -> tuple[str, ClassColumns]:
    """The output that holds the logits, and which of its columns is which class.

    Raises:
        ModelError: no output can be them.
        LabelMismatchError: they are for another task.
    """
    output = logits_output(session, name, classes=len(task.labels))
    stated = config.get("id2label")
    own = labels_by_number(stated)
    if stated and own is None:
        raise ModelError(
            f"{name}: id2label in its {CONFIG} is not a table of numbered labels", model=name
        )
    size = next(entry.shape[1] for entry in session.get_outputs() if entry.name == output)
    # A size that is not fixed is a name or None.
    classes = size if isinstance(size, int) else len(own) if own else None
    return output, class_columns(own, classes, task, options, name)


def logits_output(session: Any, name: str, classes: int = 2) -> str:
    """The name of the output that holds the logits.

    Args:
        session: an onnxruntime.InferenceSession.
        name: of the model, for messages.
        classes: where several outputs could be them, one of this size is.

    Raises:
        ModelError: no output can be them.
    """
    shapes = {str(entry.name): entry.shape for entry in session.get_outputs()}
    tables = [one for one, shape in shapes.items() if len(shape) == 2]
    if not tables:
        stated = ", ".join(f"{one} {shape}" for one, shape in shapes.items())
        raise ModelError(
            f"{name}: the graph has the outputs {stated}; expected one of shape "
            f"(n, {classes}), called {_LOGITS} if there are several",
            model=name,
        )
    return min(tables, key=lambda one: (one != _LOGITS, shapes[one][1] != classes))


def hidden_outputs(session: Any) -> list[str]:
    """Names of the outputs that hold hidden states, by layer; none where the graph has no such.

    They are called hidden_states.0 and so on, or with an underscore for the dot.
    """
    found = {
        int(match[1]): str(entry.name)
        for entry in session.get_outputs()
        if (match := _HIDDEN.fullmatch(entry.name)) and len(entry.shape) == _RANK_OF_STATES
    }
    return [found[number] for number in sorted(found)]


def integers_of(entry: Any, name: str) -> type[np.signedinteger[Any]]:
    """The NumPy type of a graph's input.

    Raises:
        ModelError: it does not take integers.
    """
    if entry.type not in _INTEGERS:
        raise ModelError(
            f"{name}: the graph takes {entry.name} {entry.type}; expected integers "
            f"({', '.join(_INTEGERS)})",
            model=name,
        )
    return _INTEGERS[entry.type]


def _padding_id(config: dict[str, Any], path: Path) -> int:
    found = config.get("pad_token_id") or 0
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < _MOST_TOKENS:
        raise ModelError(
            f"{path}: pad_token_id is {found!r:.40}; expected the number of a token", path=path
        )
    return found


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
