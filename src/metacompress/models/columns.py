"""Which column of a model's output is which class of a task: one answer for every kind of model.

A model says it (``id2label``, an attribute ``labels``, names of columns), or ``?labels=`` does, in
the order of the columns. ``?positive=`` names the column of the task's positive class alone. An
output of one column is the logit, or the probability, of one class of a task with two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.errors import LabelMismatchError, UsageError
from metacompress.models.naming.spec import ModelOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.task import Task


class HeadOptions(ModelOptions):
    """Options of every kind of model that has columns.

    ``labels`` names the columns in their order, ``safe,vulnerable`` for example; ``positive``
    names the one of the task's positive class, by the model's name for it or by its number.
    """

    labels: str | None = None
    positive: str | None = None


@dataclass(frozen=True, slots=True)
class ClassColumns:
    """How the columns of an output become the classes of a task.

    Attributes:
        count: columns of the output.
        classes: of the task.
        order: for each class its column; None if they are in order, or there is one alone.
        single: the class that the only column is about; None where each class has a column.
    """

    count: int
    classes: int
    order: tuple[int, ...] | None = None
    single: int | None = None

    def probabilities(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities (n, k) of a task's classes, of those of the columns (n, count)."""
        if self.single is None:
            return values if self.order is None else values[:, list(self.order)]
        column = values.reshape(len(values), 1)
        both: NDArray[np.float64] = np.concatenate([1 - column, column], axis=1)
        return both if self.single == 1 else both[:, ::-1]

    def logits(self, values: Any) -> Any:
        """Logits (n, k), of those of the columns (n, count); NumPy arrays and torch tensors.

        The softmax of a logit beside 0 is its sigmoid.
        """
        if self.single is None:
            return values if self.order is None else values[:, list(self.order)]
        kept = [0.0, 1.0] if self.single == 1 else [1.0, 0.0]
        make = getattr(values, "new_tensor", np.array)
        return values.reshape(len(values), 1) * make(kept)


def class_columns(
    own: Sequence[str] | None,
    count: int | None,
    task: Task,
    options: HeadOptions,
    where: str,
    *,
    default: Sequence[str] | None = None,
) -> ClassColumns:
    """Match the columns of a model with the classes of a task.

    Args:
        own: what the model calls its columns; None or names like LABEL_0 say nothing.
        count: how many it has; None where only its answers tell.
        task: what it is for.
        options: what the user says; goes before what the model says.
        where: the model, for messages.
        default: the order of unnamed columns, where it is not the task's.

    Raises:
        LabelMismatchError: the columns cannot be the task's classes.
        UsageError: an option does not fit.
    """
    if own is not None and count is not None and len(own) != count:
        if options.labels is None and options.positive is None:
            raise LabelMismatchError(
                f"{where}: it names {len(own)} classes ({_listed(own)}), and its output has "
                f"{count} columns; say what these are with ?labels=",
                model=where,
            )
        own = None
    named = own if own and not _is_generic(own) else None
    given = None
    if options.labels is not None:
        given = [label.strip() for label in options.labels.split(",")]
        if count is not None and len(given) != count:
            raise LabelMismatchError(
                f"{where}: labels={options.labels} names {len(given)} columns, and the model has "
                f"{count} classes",
                model=where,
            )
    names = given or named or own
    found = len(names) if names else count or len(task.labels)
    if options.positive is not None:
        return _by_positive(options.positive, names, found, task, where)
    if found == 1 == (count or found):
        return _single(given or named, task, where)
    if found != len(task.labels):
        raise LabelMismatchError(f"{where}: {_mismatch(names, found, task)}", model=where)
    wanted = [label.lower() for label in task.labels]
    lowered = [name.lower() for name in (given or named or default or task.labels)]
    if sorted(lowered) != sorted(wanted):
        raise LabelMismatchError(f"{where}: {_mismatch(names, found, task)}", model=where)
    return _ordered([lowered.index(label) for label in wanted])


def columns_doubt(own: Sequence[str] | None, options: HeadOptions) -> tuple[str, ...]:
    """A sentence where the columns are read in another order than the model says, or nothing.

    Other names are no doubt: they translate the model's into the task's.

    Args:
        own: what the model calls its columns.
        options: what the user says.
    """
    if not own or options.labels is None:
        return ()
    given = [label.strip().lower() for label in options.labels.split(",")]
    stated = [label.lower() for label in own]
    if given == stated or sorted(given) != sorted(stated):
        return ()
    return (
        f"its columns are read as {options.labels} (?labels=), while its own files say "
        f"{_listed(own)}",
    )


def labels_by_number(id2label: object) -> list[str] | None:
    """Names of columns in their order, of a table from numbers to names; None where it is none."""
    if not isinstance(id2label, dict) or not id2label:
        return None
    numbers = {str(key): str(label) for key, label in id2label.items()}
    names = [numbers.get(str(number)) for number in range(len(numbers))]
    return None if None in names else [name for name in names if name is not None]


def _is_generic(names: Sequence[str]) -> bool:
    """Whether these are the names that Hugging Face writes where nobody named the classes."""
    return list(names) == [f"LABEL_{number}" for number in range(len(names))]


def _ordered(order: Sequence[int]) -> ClassColumns:
    in_order = list(order) == list(range(len(order)))
    return ClassColumns(len(order), len(order), None if in_order else tuple(order))


def _single(names: Sequence[str] | None, task: Task, where: str) -> ClassColumns:
    """One column: names say which class it is about."""
    labels = [label.lower() for label in task.labels]
    if len(labels) != 2:
        raise LabelMismatchError(
            f"{where}: its head has one logit, and {task.name} has {len(labels)} classes",
            model=where,
        )
    if names and names[0].lower() in labels:
        return ClassColumns(1, 2, single=labels.index(names[0].lower()))
    raise LabelMismatchError(
        f"{where}: its head has one logit; if its sigmoid is the probability of a class, say of "
        f"which one: ?labels={task.labels[task.positive]}",
        model=where,
    )


def _by_positive(
    positive: str, names: Sequence[str] | None, count: int, task: Task, where: str
) -> ClassColumns:
    """The column of the positive class is named; the other one is the negative class's."""
    if len(task.labels) != 2 or count > 2:
        raise UsageError(
            f"{where}: positive={positive} is for models and tasks of two classes; "
            f"{task.name} has {len(task.labels)}, the model {count}; name all with ?labels=A,B,...",
            option="positive",
        )
    wanted = positive.strip().lower()
    lowered = [name.lower() for name in names or ()]
    own = task.labels[task.positive]
    if wanted == task.labels[1 - task.positive].lower():
        raise UsageError(
            f"{where}: positive={positive}: the positive class of {task.name} is {own}; name the "
            f"model's columns in their order with ?labels=",
            option="positive",
        )
    if wanted in lowered:
        column = lowered.index(wanted)
    elif wanted.isdecimal() and wanted.isascii() and int(wanted) < count:
        column = int(wanted)
    elif wanted == own.lower() and count == 1:
        column = 0
    else:
        known = _listed(names) if names else "without names"
        raise UsageError(
            f"{where}: positive={positive}: the model has no such class; its columns are {known}, "
            f"numbered 0 to {count - 1}",
            option="positive",
        )
    if count == 1:
        return ClassColumns(1, 2, single=task.positive)
    order = [1 - column, 1 - column]
    order[task.positive] = column
    return _ordered(order)


def _mismatch(names: Sequence[str] | None, count: int, task: Task) -> str:
    stated = f" ({_listed(names)})" if names else ""
    advice = f"say which column is which with ?labels={','.join(task.labels)}, in their order"
    if count == len(task.labels) == 2 and names:
        advice += f", or with ?positive={names[-1]}"
    if count != len(task.labels):
        advice = "choose another --task"
    return (
        f"the model has {count} classes{stated}, {task.name} needs {len(task.labels)} "
        f"({', '.join(task.labels)}); {advice}"
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:10])
    return f"{shown}, and {len(names) - 10} more" if len(names) > 10 else shown
