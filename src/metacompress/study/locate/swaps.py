"""Tensors that differ between two models, and which of them are swapped at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import ModelError, UsageError
from metacompress.models.protocols.mixable import Mixable, require_like_columns
from metacompress.study.locate.summary import SwapKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.models.protocols.classifier import Classifier

Tensors = dict[str, "NDArray[np.floating]"]

# The name up to its first number: "encoder.layer.3" of "encoder.layer.3.output.dense.weight".
_NUMBERED = re.compile(r"^(?:[^.]+\.)*?\d+(?=\.|$)")


@dataclass(frozen=True, slots=True)
class Differing:
    """The tensors of two models of one architecture.

    Attributes:
        teacher: those that differ, by name.
        student: likewise.
        alike: number of those that are the same.
        unmatched: those that the other model lacks, or has in another shape.
    """

    teacher: Tensors
    student: Tensors
    alike: int
    unmatched: list[str]

    @classmethod
    def between(cls, teacher: Classifier, student: Classifier) -> Differing:
        """Compare the tensors of two models.

        Raises:
            ModelError: those of a model cannot be replaced; the models have their classes in
                another order; or no tensor is shared, or none differs.
        """
        first, second = (
            _tensors_of(model, name) for model, name in ((teacher, "teacher"), (student, "student"))
        )
        require_like_columns(teacher, student)
        shared = [
            name for name, one in first.items() if name in second and _shapes_fit(one, second[name])
        ]
        if not shared:
            raise ModelError(
                "no tensor of the student has the name and the shape of one of the teacher's; "
                "tensors are swapped between models of one architecture on one back end, such as a "
                "teacher and its quantised, pruned or fine-tuned copy",
                model="student",
            )
        differing = [name for name in shared if not np.array_equal(first[name], second[name])]
        if not differing:
            raise ModelError(
                f"all {len(shared)} tensors that teacher and student share are the same; where "
                f"they part, it is by what surrounds the tensors: window, precision, labels",
                model="student",
            )
        return cls(
            {name: first[name] for name in differing},
            {name: second[name] for name in differing},
            len(shared) - len(differing),
            sorted((first.keys() | second.keys()) - set(shared)),
        )

    def swaps(self, patterns: Sequence[str], kinds: str) -> dict[tuple[SwapKind, str], list[str]]:
        """Names of the tensors that are swapped at once, by kind and name of the swap.

        A layer with one tensor that differs is that tensor.

        Args:
            patterns: of the tensors that count; all where there are none.
            kinds: tensors, layers or both.

        Raises:
            UsageError: a pattern is of no tensor that differs.
        """
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in self.teacher):
                known = ", ".join(list(self.teacher)[:5])
                raise UsageError(
                    f"{pattern} is the name of no tensor that differs between teacher and student; "
                    f"there are {len(self.teacher)}: {known}, ...",
                    option="tensors",
                )
        names = [
            name
            for name in self.teacher
            if not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)
        ]
        layers: dict[str, list[str]] = {}
        for name in names:
            layers.setdefault(layer_of(name), []).append(name)
        several = {layer: found for layer, found in layers.items() if len(found) > 1}
        single = names if kinds != "layers" else [f[0] for f in layers.values() if len(f) == 1]
        found = {(SwapKind.TENSOR, name): [name] for name in single}
        if kinds != "tensors":
            found |= {(SwapKind.LAYER, layer): one for layer, one in several.items()}
        return found

    def size(self, names: Sequence[str]) -> tuple[int, float]:
        """How many numbers tensors have, and how far the student's are from the teacher's.

        Returns:
            the second one relative to the norm of the teacher's; nan where that is 0.
        """
        parameters = sum(self.teacher[name].size for name in names)
        apart = _norm(self.student[name] - self.teacher[name] for name in names)
        whole = _norm(self.teacher[name] for name in names)
        return parameters, apart / whole if whole else float("nan")


def layer_of(name: str) -> str:
    """The layer of a tensor: its name up to the first number, or else without its last part."""
    numbered = _NUMBERED.match(name)
    if numbered is not None:
        return numbered[0]
    return name.rpartition(".")[0] or name


def _norm(tensors: Iterable[NDArray[np.floating]]) -> float:
    return float(np.sqrt(sum(float(np.square(one, dtype=np.float64).sum()) for one in tensors)))


def _shapes_fit(one: NDArray[np.floating], other: NDArray[np.floating]) -> bool:
    return np.shape(one) == np.shape(other)


def _tensors_of(model: Classifier, name: str) -> Mapping[str, NDArray[np.floating]]:
    if not isinstance(model, Mixable):
        raise ModelError(
            f"{name}: its tensors cannot be read and replaced; that can be done with models of "
            f"transformers:, codexglue: and graphcodebert:, and with Python objects that have the "
            f"methods tensors() and with_tensors()",
            model=name,
        )
    return model.tensors()
