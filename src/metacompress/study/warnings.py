"""Named warnings: reasons to doubt a study before its verdict is read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from pydantic import Field

from metacompress.models.identity import is_resumable
from metacompress.models.protocols.classifier import input_digests
from metacompress.runs.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier, Predictions

# A model that misses half of its input is judged on the other half. The constant is ours.
_HALF = 0.5
# Where one of two models does not see the end of an input, they read two programs. Ours.
_CUT_OTHERWISE = 0.05
# Copies that count as independent make an interval narrower than it is. Ours.
_REPEATED = 0.05
# What a model is called.
Name = TypeVar("Name", bound=str)


class WarningName(StrEnum):
    """What a warning is about."""

    UNKNOWN_TOKENS = "unknown-tokens"
    CUT_INPUTS = "cut-inputs"
    CUT_OTHERWISE = "cut-otherwise"
    READ_OTHERWISE = "read-otherwise"
    CONSTANT_PROBABILITIES = "constant-probabilities"
    ONE_CLASS = "one-class"
    NO_BETTER_THAN_MAJORITY = "no-better-than-majority"
    NOT_RESUMABLE = "not-resumable"
    NO_LABELS = "no-labels"
    SECOND_LOOK = "second-look"
    UNCHECKED_VARIANTS = "unchecked-variants"
    REPEATED_SOURCES = "repeated-sources"


class StudyWarning(Record):
    """A reason to doubt a study."""

    name: WarningName = Field(description="kind of the warning")
    model: str = Field(description="name of the model in doubt, or data")
    message: str = Field(description="one sentence")

    @property
    def sentence(self) -> str:
        """The message behind the name."""
        return f"{self.name}: {self.message}"


class _Doubted(Protocol):
    @property
    def doubts(self) -> Sequence[str]: ...


def resumption_warnings(models: Mapping[Name, Classifier]) -> list[StudyWarning]:
    """Warnings about models that are known by their identity alone (models.identity)."""
    return [
        StudyWarning(
            name=WarningName.NOT_RESUMABLE,
            model=role,
            message=f"{role}: no fingerprint, so its answers are not kept and this run cannot "
            f"be resumed; an attribute fingerprint of the object itself (a text that names its "
            f"weights) changes that",
        )
        for role, model in models.items()
        if not is_resumable(model)
    ]


def model_warnings(
    answers: Mapping[Name, Sequence[Predictions]],
    labels: NDArray[np.int64],
    class_names: Sequence[str],
    students: Collection[str] = (),
) -> list[StudyWarning]:
    """Warnings about what the models read and answer, and about sources without any label.

    Args:
        answers: by name, what the model answered: the sources first, then other inputs.
        labels: int (n,) of the sources, -1 where unknown.
        class_names: of the probability columns.
        students: the models that are read against their teacher, whatever their accuracy.
    """
    unlabelled = StudyWarning(
        name=WarningName.NO_LABELS,
        model="data",
        message=f"data: none of the {len(labels)} sources has a label, so no accuracy is known; "
        f"where a column holds labels, name it with --field label=COLUMN",
    )
    return [unlabelled] * bool(len(labels) and (labels < 0).all()) + [
        StudyWarning(name=name, model=role, message=f"{role}: {message}")
        for role, parts in answers.items()
        for name, message in (
            *_about_inputs(parts),
            *_about_answers(parts, class_names),
            *(() if role in students else _about_accuracy(parts[0], labels)),
        )
    ]


def window_warnings(
    answers: Mapping[Name, Sequence[Predictions]],
    models: Mapping[Name, Classifier],
    teacher: Name,
) -> list[StudyWarning]:
    """Warnings about models that are read otherwise than their files say, or see the whole of
    other inputs than the teacher does.

    Args:
        answers: by name, what the model answered, input by input the same for all.
        models: by name; those that cannot tell what they cut are left out.
        teacher: name of the teacher.
    """
    doubts = doubt_warnings(models)
    cut = {
        name: np.concatenate([part.truncated for part in parts])
        for name, parts in answers.items()
        if models[name].tells_truncation
    }
    of_teacher = cut.pop(teacher, None)
    if of_teacher is None or not len(of_teacher):
        return doubts
    return doubts + [
        StudyWarning(
            name=WarningName.CUT_OTHERWISE,
            model=name,
            message=f"{name}: {100 * (own & ~of_teacher).mean():.1f} % of the inputs are longer "
            f"than its window but not than the teacher's, {100 * (of_teacher & ~own).mean():.1f} % "
            f"the reverse; there the two do not read the same program",
        )
        for name, own in cut.items()
        if (own != of_teacher).mean() > _CUT_OTHERWISE
    ]


def doubt_warnings(models: Mapping[Name, _Doubted]) -> list[StudyWarning]:
    """Warnings about models that are read otherwise than their own files say."""
    return [
        StudyWarning(name=WarningName.READ_OTHERWISE, model=name, message=f"{name}: {doubt}")
        for name, model in models.items()
        for doubt in model.doubts
    ]


def variant_warnings(unchecked: int, variants: int) -> list[StudyWarning]:
    """Warnings about follow-ups that no gate has checked, so many of all."""
    if not unchecked:
        return []
    return [
        StudyWarning(
            name=WarningName.UNCHECKED_VARIANTS,
            model="data",
            message=f"data: {unchecked} of the {variants} follow-ups come from another tool and "
            f"are in languages that no front end reads; that they behave like their sources is "
            f"the tool's word",
        )
    ]


def repetition_warnings(examples: Iterable[Example]) -> list[StudyWarning]:
    """Warnings about sources of one text that count as independent of each other."""
    named = (
        text.encode("utf-8", "backslashreplace")
        for example in examples
        for key in [example.content_key()]
        for text in (key, f"{key}{sorted(example.clusters)}")
    )
    # Row by row: the text, and the text with what the source depends on.
    digests = input_digests(named).reshape(-1, 2)
    sources = len(digests)
    distinct, independent = (len(np.unique(column)) for column in digests.T)
    copies = independent - distinct
    if copies <= _REPEATED * sources:
        return []
    return [
        StudyWarning(
            name=WarningName.REPEATED_SOURCES,
            model="data",
            message=f"data: {copies} of the {sources} sources have the text of another one and "
            f"count as independent of it; leave copies out, or give those of one text one group "
            f"(--field group=COLUMN)",
        )
    ]


def is_constant(parts: Sequence[Predictions]) -> bool:
    """Whether a model gave the same probabilities to at least two inputs, and to all."""
    p = np.concatenate([part.probabilities for part in parts])
    return len(p) > 1 and bool((p == p[0]).all())


def _about_inputs(parts: Sequence[Predictions]) -> Iterator[tuple[WarningName, str]]:
    unknown = np.concatenate([part.unknown for part in parts])
    told = unknown[~np.isnan(unknown)]
    if len(told) and told.mean() > _HALF:
        yield (
            WarningName.UNKNOWN_TOKENS,
            f"its vocabulary lacks {100 * told.mean():.1f} % of the tokens of an input on average; "
            f"is the tokenizer this model's own?",
        )
    cut = np.concatenate([part.truncated for part in parts])
    if len(cut) and cut.mean() > _HALF:
        yield (
            WarningName.CUT_INPUTS,
            f"{100 * cut.mean():.1f} % of the inputs are longer than its window; edits behind the "
            f"window cannot change an answer",
        )


def _about_answers(
    parts: Sequence[Predictions], class_names: Sequence[str]
) -> Iterator[tuple[WarningName, str]]:
    p = np.concatenate([part.probabilities for part in parts])
    if is_constant(parts):
        yield (
            WarningName.CONSTANT_PROBABILITIES,
            f"gives the same probabilities to all {len(p)} inputs; such a model shows nothing of "
            f"what another one does",
        )
    predicted = np.unique(p.argmax(axis=1))
    if len(p) > 1 and len(predicted) == 1:
        yield (
            WarningName.ONE_CLASS,
            f"predicts the class {class_names[predicted[0]]} on all {len(p)} inputs",
        )


def _about_accuracy(
    sources: Predictions, labels: NDArray[np.int64]
) -> Iterator[tuple[WarningName, str]]:
    labelled = labels >= 0
    known = labels[labelled]
    # Data of one class, functions of one language say, have no majority to be better than.
    if len(np.unique(known)) < 2:
        return
    accuracy = (sources.probabilities[labelled].argmax(axis=1) == known).mean()
    majority = np.bincount(known).max() / len(known)
    if accuracy <= majority:
        yield (
            WarningName.NO_BETTER_THAN_MAJORITY,
            f"right on {100 * accuracy:.2f} % of the labelled sources, where the most frequent "
            f"class alone is right on {100 * majority:.2f} %; are the labels, the task and the "
            f"order of its classes right?",
        )
