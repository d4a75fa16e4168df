"""Predictions that were recorded elsewhere, keyed by example.

Tables (Parquet, CSV, TSV, JSON Lines; plain or .gz) have a column ``id``, or ``id1`` and ``id2``
for pairs, and per class a column of logits or probabilities. Their names begin with ``logit`` or
``prob`` and end with the number of the class or its label: ``prob_0``, ``logits_1``,
``prob_clone``. A NumPy file ``.npy`` of shape (n, k) has the task's order of classes and goes by
position; with ``?ids=FILE`` (one id a line) it goes by those ids.

Two more columns are understood, as ``predict --out`` writes them: ``content``, the digest of an
input's languages and texts, refuses an example of this id and of another text; ``truncated`` says
whether the model did not see the whole input.
"""

from __future__ import annotations

import re
import tokenize
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from metacompress.data.content import content_digest
from metacompress.data.example import pair_id
from metacompress.data.files import require_regular_file
from metacompress.data.rows import QuarantinedRow, read_rows
from metacompress.errors import (
    LabelMismatchError,
    MissingPredictionError,
    ModelError,
    UsageError,
    first_line,
)
from metacompress.models.columns import HeadOptions, class_columns
from metacompress.models.files.foreign import foreign_code
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.location import existing_path, local_path
from metacompress.models.protocols.classifier import Classifier, Predictions, input_digests, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec

# What a column's name says of its class stands behind the kind of its values.
_PREFIXES = {
    "logits": re.compile(r"logits?(?![a-z])[^0-9a-z]*(.*?)[^0-9a-z]*", re.IGNORECASE),
    "probabilities": re.compile(
        r"prob(?:s|abilit(?:y|ies))?(?![a-z])[^0-9a-z]*(.*?)[^0-9a-z]*", re.IGNORECASE
    ),
}
_NUMBER = re.compile(r"(?:label|class)?[^0-9a-z]*([0-9]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What a table says about its inputs, by id; nothing where it lacks the column.

    Attributes:
        contents: ``Example.content_key``.
        truncated: whether the model did not see the whole of it.
    """

    contents: dict[str, str] = field(default_factory=dict)
    truncated: dict[str, bool] = field(default_factory=dict)

    def add(self, name: str, row: Mapping[str, object]) -> None:
        """Read one row."""
        if row.get("content"):
            self.contents[name] = str(row["content"])
        if row.get("truncated") not in (None, ""):
            self.truncated[name] = str(row["truncated"]).lower() in ("true", "1")


class RecordedOptions(HeadOptions):
    """Options of ``recorded:``."""

    values: Literal["auto", "logits", "probabilities"] = "auto"
    ids: str | None = None


class RecordedClassifier(Classifier):
    """Looks predictions up by example id."""

    def __init__(
        self,
        probabilities: Mapping[str, NDArray[np.float64]],
        task: Task,
        *,
        fingerprint: str,
        name: str,
        inputs: _Inputs | None = None,
    ) -> None:
        self.labels = task.labels
        self.fingerprint = fingerprint
        self._name = name
        self._probabilities = probabilities
        self._inputs = inputs or _Inputs()
        self.tells_truncation = bool(self._inputs.truncated)

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier.

        Raises:
            MissingPredictionError: an example is not in the recording.
            ModelError: its answer was recorded for another text.
        """
        missing = [example.id for example in examples if not self.holds(example)]
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            raise MissingPredictionError(
                f"{self._name}: holds no prediction for example {missing[0]!r}{more}; record them, "
                f"or leave such examples out with --missing skip",
                model=self._name,
                example=missing[0],
            )
        for example in examples:
            if self._inputs.contents.get(example.id, key := example.content_key()) != key:
                raise ModelError(
                    f"{self._name}: its answer for {example.id!r} was recorded for another text, "
                    f"so it was made with other data; record the answers to these data, or give "
                    f"the data of the recording",
                    model=self._name,
                    example=example.id,
                )
        rows = [self._probabilities[example.id] for example in examples]
        stacked = np.array(rows).reshape(len(examples), len(self.labels))
        read = input_digests(self.input_key(example).encode() for example in examples)
        cut = [self._inputs.truncated.get(example.id, False) for example in examples]
        return Predictions.checked(
            stacked,
            examples,
            len(self.labels),
            self._name,
            truncated=np.array(cut, dtype=bool),
            read=read,
        )

    def holds(self, example: Example) -> bool:
        """See Recording."""
        return example.id in self._probabilities

    def input_key(self, example: Example) -> str:
        """The id too: a recording may answer differently for two examples of equal text."""
        return f"{example.id}:{example.content_key()}"


def load(spec: ModelSpec, task: Task) -> RecordedClassifier:
    """Recorded logits or probabilities from Parquet, CSV, TSV, JSON Lines or npy."""
    options = spec.options_as(RecordedOptions)
    path = existing_path(spec.location)
    if path.suffix == ".npy":
        ids, values, kind = _read_npy(path, options)
        names: list[str] | None = None
        inputs = _Inputs()
    else:
        if options.ids is not None:
            raise UsageError(
                f"{path}: the option ids is for .npy files; a table has an id column", option="ids"
            )
        ids, values, kind, names, inputs = _read_table(path, task, options)
    if values.ndim != 2:
        raise LabelMismatchError(
            f"{path}: shape {values.shape}, but {task.name} has the classes "
            f"{', '.join(task.labels)}",
            path=path,
        )
    columns = class_columns(names, values.shape[1], task, options, str(path))
    bad = np.flatnonzero(~np.isfinite(values).all(axis=1))
    if len(bad):
        raise ModelError(
            f"{path}: prediction of {ids[bad[0]]!r} is not finite",
            path=path,
            example=str(ids[bad[0]]),
        )
    is_logits = kind == "logits"
    values = softmax(columns.logits(values)) if is_logits else columns.probabilities(values)
    classifier = RecordedClassifier(
        _keyed(ids, values, path),
        task,
        fingerprint=fingerprint(
            [path, *([] if options.ids is None else [local_path(options.ids)])],
            kind="recorded",
            values=kind,
            names=names,
            columns=columns,
            by_ids=options.ids is not None,
            labels=task.labels,
        ),
        name=str(spec),
        inputs=inputs,
    )
    # Of a recording all that is known of the weights is what they answered.
    classifier.weights_digest = f"recorded: {content_digest(path)}"
    return classifier


def recorded_array(values: object, examples: Sequence[Example], task: Task) -> RecordedClassifier:
    """Probabilities or logits in memory, aligned with ``examples``.

    Args:
        values: numbers (n, k), with the classes in the task's order; (n,) is about one class.
        examples: n of them.
        task: what the predictions are for.

    Raises:
        ModelError: they are no finite numbers, or there are more or fewer than examples.
        LabelMismatchError: k is not the task's number of classes.
    """
    name = "array of predictions"
    with foreign_code(name, "is no array of numbers"):
        array = np.array(values, dtype=np.float64)
    if array.ndim == 1:
        array = array[:, np.newaxis]
    if array.ndim != 2 or len(array) != len(examples):
        raise ModelError(
            f"{name}: shape {array.shape}, but there are {len(examples)} examples; give one row "
            f"per example, in their order"
        )
    if not np.isfinite(array).all():
        raise ModelError(f"{name}: a prediction is not finite")
    columns = class_columns(None, array.shape[1], task, RecordedOptions(), name)
    within = bool((array >= 0).all() and (array <= 1).all())
    sums = array.sum(axis=1) if array.shape[1] > 1 else np.ones(1)
    if within and np.allclose(sums, 1, atol=1e-4):
        array = columns.probabilities(array)
    else:
        array = softmax(columns.logits(array))
    ids = [example.id for example in examples]
    return RecordedClassifier(
        dict(zip(ids, array, strict=True)),
        task,
        fingerprint=fingerprint(
            (), kind="array", ids=ids, values=array.tolist(), labels=task.labels
        ),
        name=name,
    )


def _keyed(
    ids: Sequence[str], values: NDArray[np.float64], path: Path
) -> dict[str, NDArray[np.float64]]:
    keyed: dict[str, NDArray[np.float64]] = {}
    for name, row in zip(ids, values, strict=True):
        first = keyed.setdefault(name, row)
        if first is not row and np.abs(first - row).max() > 1e-3:
            raise ModelError(
                f"{path}: two different predictions for {name!r} "
                f"({first.tolist()} and {row.tolist()}); keep one",
                path=path,
                example=str(name),
            )
    return keyed


def _read_npy(path: Path, options: RecordedOptions) -> tuple[list[str], NDArray[np.float64], str]:
    require_regular_file(path)
    try:
        # np.load would open archives and pickles, too.
        stored = np.lib.format.open_memmap(path, mode="r")
        if stored.dtype.kind not in "fiub":
            raise ValueError("it holds something else")
        values = np.array(stored, dtype=np.float64)
    # NumPy parses a header as Python, and believes the sizes that it states.
    except (OSError, ValueError, TypeError, SyntaxError, EOFError, MemoryError, OverflowError,
            RecursionError, tokenize.TokenError) as error:  # fmt: skip
        raise ModelError(
            f"{path}: cannot be read as an npy array of numbers ({first_line(error)})", path=path
        ) from error
    if values.ndim == 1:
        values = values[:, np.newaxis]
    rows = len(values) if values.ndim else 0
    ids = [str(line) for line in range(1, rows + 1)]
    if options.ids is not None:
        require_regular_file(local_path(options.ids))
        try:
            ids = local_path(options.ids).read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(
                f"{options.ids}: cannot be read ({error})", path=options.ids
            ) from error
        ids = ids[:-1] if ids and not ids[-1] else ids
    if len(ids) != rows:
        raise ModelError(f"{path}: {rows} rows, but {options.ids} has {len(ids)} ids", path=path)
    kind = options.values
    if kind == "auto":
        single = values.ndim == 2 and values.shape[1] == 1
        sums = values.sum(axis=-1) if values.ndim == 2 and not single else np.ones(1)
        within = bool(values.size and (values >= 0).all() and (values <= 1).all())
        probable = within and np.allclose(sums, 1, atol=1e-4)
        kind = "probabilities" if probable else "logits"
    return ids, values, kind


def _read_table(
    path: Path, task: Task, options: RecordedOptions
) -> tuple[list[str], NDArray[np.float64], str, list[str] | None, _Inputs]:
    """Ids, values (n, k), their kind, what their columns are called (None if in order), inputs."""
    ids: list[str] = []
    inputs = _Inputs()
    values: list[list[float]] = []
    columns: list[str] | None = None
    names: list[str] | None = None
    kind = ""
    for row in read_rows(path):
        if isinstance(row, QuarantinedRow):
            raise ModelError(
                f"{path}: line {row.line}: {row.reason}, {row.detail}", path=path, line=row.line
            )
        if columns is None:
            kind, columns, names = _value_columns(row.values, task, options, path)
        try:
            if "id" in row.values:
                ids.append(str(row.values["id"]))
            else:
                ids.append(pair_id(str(row.values["id1"]), str(row.values["id2"])))
            values.append([float(row.values[column]) for column in columns])
            inputs.add(ids[-1], row.values)
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                f"{path}: line {row.line}: expected id (or id1, id2) and numbers in "
                f"{', '.join(columns)} ({type(error).__name__}: {error})",
                path=path,
                line=row.line,
            ) from None
    return ids, np.array(values, dtype=np.float64), kind, names, inputs


def _value_columns(
    row: Mapping[str, object], task: Task, options: RecordedOptions, path: Path
) -> tuple[str, list[str], list[str] | None]:
    """The kind of the values, the columns that they stand in, and what these are called.

    Where the names of the columns tell the classes, the columns are in the task's order, and None
    is returned for what they are called.

    Raises:
        LabelMismatchError: the names of the columns do not say which class is which.
        ModelError: there are none.
    """
    for kind, prefix in _PREFIXES.items():
        named = {name: match[1] for name in row if (match := prefix.fullmatch(name.strip()))}
        if named and options.values in ("auto", kind):
            if options.labels is None and options.positive is None:
                return kind, _in_order(named, task, path), None
            return kind, list(named), [part or name for name, part in named.items()]
    raise ModelError(
        f"{path}: no columns whose names begin with logit or prob (columns: {', '.join(row)})",
        path=path,
    )


def _in_order(named: Mapping[str, str], task: Task, path: Path) -> list[str]:
    """Columns in the order of the task's labels, by number or by label.

    Args:
        named: for each column, what its name says of the class.
    """
    labels = [_plain(label) for label in task.labels]
    parts = [_plain(part) for part in named.values()]
    wanted: Sequence[object] = labels
    found: list[object] = [*parts]
    numbers = [int(match[1]) for part in parts if (match := _NUMBER.fullmatch(part))]
    # Positions go before labels that are numbers, as predict writes them.
    if len(numbers) == len(parts) and (
        sorted(numbers) == list(range(len(labels))) or set(parts) != set(labels)
    ):
        wanted = range(len(labels))
        found = [*numbers]
    # Of duplicates nobody knows which one counts.
    if sorted(map(str, found)) != sorted(map(str, wanted)) or len(set(found)) < len(found):
        raise LabelMismatchError(
            f"{path}: its columns {', '.join(named)} do not tell the classes of {task.name}; "
            f"name them by number (prob_0 to prob_{len(task.labels) - 1}) or by label "
            f"({', '.join(f'prob_{label}' for label in task.labels)}), or say what they are, in "
            f"their order, with ?labels={','.join(task.labels)}",
            path=path,
        )
    columns = list(named)
    return [columns[found.index(one)] for one in wanted]


def _plain(name: str) -> str:
    return re.sub(r"[^0-9a-z]+", "_", name.lower())
