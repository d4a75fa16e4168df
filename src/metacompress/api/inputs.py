"""Conversion of objects in memory to the data set and the models of a study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import pyarrow as pa

from metacompress.data.dataset import Dataset
from metacompress.data.example import Example
from metacompress.data.in_memory import EXAMPLES, named_in_memory
from metacompress.data.loading import dataset_of_rows
from metacompress.data.sampling import Chosen
from metacompress.data.splits import choose_split
from metacompress.errors import UsageError
from metacompress.models.backends.recorded import recorded_array
from metacompress.models.loading import describe_model
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.prediction import load_study_data

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.settings.base import Settings
    from metacompress.settings.data import SelectionSettings

S = TypeVar("S", bound="Settings")


class Prepared(NamedTuple, Generic[S]):
    """Settings, examples and models of a study.

    Attributes:
        config: its settings.
        dataset: its examples; None where ``config`` says where they are.
        models: by name.
    """

    config: S
    dataset: Dataset | None
    models: dict[str, object]


def prepare(
    model: type[S], data: object, models: Mapping[str, object], given: Mapping[str, Any]
) -> Prepared[S]:
    """Validate the settings of a study, and make examples and models of what was given.

    Args:
        model: settings with ``task`` and ``data``.
        data: a path, ``hub:NAME``, ``demo``, a Dataset, examples, a DataFrame of pandas, a table
            of Arrow, a data set of ``datasets``, or dictionaries.
        models: by setting; see ``load_classifier``; an array (n, k) stands for predictions that
            are aligned with the data, or with the first ``limit`` of them. A dictionary holds
            several by name; None stands for none.
        given: the other settings, by keyword.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    names = {
        setting: _described(setting, one) for setting, one in models.items() if one is not None
    }
    config = validated(model, nested(model, {**given, "data": name_of(data), **names}))
    settings: Any = config
    task = settings.define(settings.task)
    dataset = None if isinstance(data, (str, Path)) else dataset_of(data, task, settings.data)
    found: dict[str, object] = {}
    for setting, one in models.items():
        if one is not None and not _is_specification(setting, one):
            found |= one if isinstance(one, dict) else {setting: one}
    for name, one in found.items():
        if is_array(one):
            _require_rows_in_order(settings.data)
            dataset = dataset or load_study_data(settings.data, task, [])
            found[name] = recorded_array(one, dataset.examples, task)
    return Prepared(config, dataset, found)


def _is_specification(setting: str, model: object) -> bool:
    """Whether a model is given as a text, or several students are: the settings say what it is."""
    if setting == "student" and isinstance(model, (list, tuple)) and model:
        return all(isinstance(one, str) for one in model)
    return isinstance(model, str)


def _described(setting: str, model: object) -> object:
    if _is_specification(setting, model):
        return model
    if isinstance(model, dict):
        return {name: _described(name, one) for name, one in model.items()}
    return named_in_memory("predictions") if is_array(model) else describe_model(model)


def name_of(data: object) -> str:
    """Name of data in messages and reports."""
    if isinstance(data, Dataset):
        return data.source
    return str(data) if isinstance(data, (str, Path)) else EXAMPLES


def dataset_of(data: object, task: Task, settings: SelectionSettings) -> Dataset:
    """Examples of data in memory.

    Args:
        data: a Dataset, examples, or rows; see ``prepare``.
        task: what they are for.
        settings: which of them count.

    Raises:
        UsageError: ``data`` is something else, or a setting does not apply to it.
        DataError: no row is usable, or too many are malformed.
    """
    if isinstance(data, Mapping):  # a DatasetDict: splits by name
        if settings.split is None:
            raise UsageError(
                f"say which split to take with split=: {', '.join(map(str, data))}", option="split"
            )
        data = data[choose_split(settings.split, list(data), "the data set")]
    elif settings.split is not None:
        raise UsageError("split= is for data that have splits; these have none", option="split")
    if isinstance(data, Dataset):
        return _limited(data, settings)
    rows = rows_of(data)
    first = rows[0] if rows else None
    if isinstance(first, Example):
        return _limited(Dataset(task, tuple(rows)), settings)
    if first is not None and not isinstance(first, Mapping):
        raise UsageError(
            f"expected rows as dictionaries, or examples; not {type(first).__name__}", option="data"
        )
    return dataset_of_rows(
        rows,
        task,
        source=EXAMPLES,
        fields=settings.fields,
        language=settings.language,
        limit=settings.limit,
        head=settings.head,
        sample_seed=settings.sample_seed,
        max_quarantined=settings.max_quarantined,
    )


def rows_of(data: object) -> list[Any]:
    """The rows of a table in memory, or the elements of a sequence."""
    if type(data).__module__.partition(".")[0] == "pandas":
        return list(pa.Table.from_pandas(data, preserve_index=False).to_pylist())
    if isinstance(data, pa.Table):
        return list(data.to_pylist())
    if isinstance(data, Iterable) and not isinstance(data, (str, bytes)):
        return list(data)
    raise UsageError(
        f"expected a path, a Dataset, examples, a DataFrame, a data set of datasets or a list of "
        f"dictionaries; not {type(data).__name__}",
        option="data",
    )


def is_array(model: object) -> bool:
    """Whether a model is given as its predictions: an array, a tensor or a list of rows."""
    return isinstance(model, list) or (
        hasattr(model, "__array__") and hasattr(model, "shape") and not isinstance(model, type)
    )


def _require_rows_in_order(settings: SelectionSettings) -> None:
    """Refuse a sample where predictions have no ids: nobody knows which rows they are of."""
    if settings.limit is not None and not settings.head:
        raise UsageError(
            "limit= draws a sample, and an array of predictions does not say which examples it is "
            "of; give head=True for the first, or give the data and the array that you mean",
            option="limit",
        )


def _limited(dataset: Dataset, settings: SelectionSettings) -> Dataset:
    """The examples that the limit chooses of a data set that is one already."""
    for name in ("fields", "language"):
        if getattr(settings, name):
            raise UsageError(f"{name}= is for rows; these are examples already", option=name)
    chosen = Chosen(settings.limit, head=settings.head, seed=settings.sample_seed)
    return replace(dataset, examples=chosen.offer_all(dataset.examples).examples())
