"""Settings of a task that is not registered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from metacompress.data.task import TASKS, Task
from metacompress.errors import UnknownNameError, UsageError
from metacompress.settings.base import Settings
from metacompress.settings.fields import Group, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

# It names run directories, too.
_NAME = re.compile(r"\w[\w.-]*")


def _split(given: object) -> object:
    """Labels of a text with commas, or of one such text in a list."""
    if isinstance(given, (list, tuple)) and len(given) == 1:
        (given,) = given
    return [one.strip() for one in given.split(",")] if isinstance(given, str) else given


class TaskClasses(Settings):
    """Classes that define a task of its own.

    In Python, ``task`` may be a Task, which says the same.
    """

    group: ClassVar[Group] = Group.DATA

    labels: Annotated[tuple[str, ...], BeforeValidator(_split), Shown(word="NAME,NAME,...")] = (
        Field(
            default=(),
            description="Classes of a task that is not registered, in the order of the models' "
            "columns; the data have their names or their numbers from 0",
            examples=[["bug", "style", "none"]],
        )
    )
    positive: Annotated[str | None, Shown(word="NAME")] = Field(
        default=None,
        description="Class of labels that precision, recall and F1 of two classes are about; "
        "default: the last one",
        examples=["bug"],
    )
    pairs: bool = Field(
        default=False, description="Whether an example of a task with labels is two programs"
    )

    @model_validator(mode="before")
    @classmethod
    def _of_object(cls, given: Any) -> Any:
        task = given.get("task") if isinstance(given, dict) else None
        if not isinstance(task, Task):
            return given
        # A task without classes is known by its name alone: that of language models.
        if not task.labels or (task.name in TASKS and TASKS.get(task.name) == task):
            return {**given, "task": task.name}
        return {
            **given,
            "task": task.name,
            "labels": task.labels,
            "positive": task.labels[task.positive],
            "pairs": task.arity == 2,
        }

    @model_validator(mode="after")
    def _check_classes(self) -> Self:
        if not self.labels:
            for name in ("positive", "pairs"):
                if getattr(self, name):
                    raise UsageError(
                        f"{name} is for a task that labels define; give --labels A,B,... as well",
                        option=name,
                    )
            return self
        if len(self.labels) < 2 or "" in self.labels or len(set(self.labels)) < len(self.labels):
            raise UsageError(
                f"labels are two names or more, each once; not {', '.join(self.labels)!r}",
                option="labels",
            )
        if self.positive is not None and self.positive not in self.labels:
            raise UsageError(
                f"positive is one of the labels {', '.join(self.labels)}; not {self.positive!r}",
                option="positive",
            )
        return self

    def define(self, name: str) -> Task:
        """The task called ``name``: a registered one, or one with these classes.

        Raises:
            UnknownNameError: it is not registered, and there are no classes.
            UsageError: it is registered, and has classes already.
        """
        if not self.labels:
            try:
                return TASKS.get(name)
            except UnknownNameError as error:
                raise UnknownNameError(
                    f"{error}; a task of your own needs its classes: --labels A,B,...",
                    name=name,
                    kind=error.kind,
                    known=error.known,
                ) from None
        if name in TASKS:
            raise UsageError(
                f"the task {name} has classes already ({', '.join(TASKS.get(name).labels)}); "
                f"give a task with --labels another name",
                option="labels",
            )
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"a task's name has letters, digits, dots, dashes and underscores; not {name!r}",
                option="task",
            )
        positive = len(self.labels) - 1
        if self.positive is not None:
            positive = self.labels.index(self.positive)
        return Task(name, 2 if self.pairs else 1, self.labels, positive, "")


def task_of(name: str, settings: Mapping[str, Any]) -> Task:
    """The task called ``name`` under recorded settings, as a run directory holds them.

    Raises:
        UnknownNameError: it is not registered any more.
    """
    known = {key: settings[key] for key in TaskClasses.model_fields if key in settings}
    return TaskClasses.model_validate(known).define(name)
