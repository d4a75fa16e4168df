"""Students of the teacher's own architecture with some tensors in the teacher's precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from metacompress.compression.posttraining.quantization import write_int8
from metacompress.errors import UsageError
from metacompress.files.sums import sum_of
from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.models.backends.onnx import OnnxOptions, load_files
from metacompress.models.files.onnx_files import MODEL, find_onnx_files
from metacompress.models.loading import MODELS
from metacompress.models.naming.spec import ModelSpec, is_specification
from metacompress.models.protocols.mixable import Mixable, mixed, require_like_columns
from metacompress.models.shared import loaded_here

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.data.task import Task
    from metacompress.models.files.onnx_files import OnnxFiles
    from metacompress.models.protocols.classifier import Classifier

_DEMO, _ONNX = "demo", "onnx"


class Mixtures(Protocol):
    """A student of which some tensors may be the teacher's."""

    @property
    def names(self) -> tuple[str, ...]:
        """Tensors in which the two differ."""

    def keeping(self, kept: frozenset[str]) -> Classifier:
        """The student with these tensors of the teacher's."""

    def size(self, kept: frozenset[str]) -> int:
        """Bytes of its weights."""


@runtime_checkable
class Writable(Protocol):
    """A classifier that writes its weights, each in its own precision."""

    def write(self, path: Path) -> None:
        """Write a file."""


class MixedTensors:
    """Mixtures of two classifiers whose tensors can be replaced by name.

    Args:
        teacher: Mixable.
        student: Mixable, with tensors of the same names and shapes.
        bits: of a number in the student's tensors that are not the teacher's.

    Raises:
        UsageError: their architectures differ, or all of their tensors are equal.
    """

    def __init__(self, teacher: Mixable, student: Classifier, bits: int) -> None:
        own = student.tensors() if isinstance(student, Mixable) else {}
        self._teacher, self._student, self._bits = teacher.tensors(), student, bits
        shapes = {name: np.shape(one) for name, one in own.items()}
        if shapes != {name: np.shape(one) for name, one in self._teacher.items()}:
            raise UsageError(
                "the student has other tensors than its teacher: precision repairs students of "
                "the teacher's own architecture; repair others --by distillation",
                option="by",
            )
        self.names = tuple(
            name for name, one in self._teacher.items() if not np.array_equal(one, own[name])
        )
        if not self.names:
            raise UsageError("student and teacher have equal tensors", option="student")

    def keeping(self, kept: frozenset[str]) -> Classifier:
        """See Mixtures."""
        if not kept:
            return self._student
        return mixed(self._student, {name: self._teacher[name] for name in sorted(kept)})

    def size(self, kept: frozenset[str]) -> int:
        """See Mixtures."""
        small = frozenset(self.names) - kept
        return sum(
            -(-one.size * self._bits // 8) if name in small else one.nbytes
            for name, one in self._teacher.items()
        )


class Int8Graphs:
    """An exported classifier quantised by ``compress quantize`` with some matrices kept float.

    Args:
        source: the teacher's files.
        student: the student's graph.
        task: of both.
        scratch: directory for the graphs that are tried.

    Raises:
        UsageError: the student is not what quantisation makes of the teacher.
    """

    def __init__(self, source: OnnxFiles, student: Path, task: Task, scratch: Path) -> None:
        self._source, self._task, self._scratch = source, task, scratch
        self._sizes: dict[frozenset[str], int] = {}
        self.names: tuple[str, ...] = ()
        self.names = self.write(scratch, frozenset())
        if sum_of(scratch / MODEL) != sum_of(student):
            raise UsageError(
                f"{student}: not what metacompress compress quantize makes of the teacher; "
                f"quantise the teacher again",
                option="student",
            )

    def write(self, directory: Path, kept: frozenset[str]) -> tuple[str, ...]:
        """Write the student with these matrices float; returns the names of the others."""
        directory.mkdir(parents=True, exist_ok=True)
        quantized = write_int8(self._source, directory, str(self._source.graph), kept)
        self._sizes[kept] = (directory / MODEL).stat().st_size
        return quantized

    def keeping(self, kept: frozenset[str]) -> Classifier:
        """See Mixtures."""
        self.write(self._scratch, kept)
        name = f"onnx:{self._scratch}"
        return load_files(find_onnx_files(str(self._scratch)), OnnxOptions(), self._task, name)

    def size(self, kept: frozenset[str]) -> int:
        """See Mixtures."""
        if kept not in self._sizes:
            self.write(self._scratch, kept)
        return self._sizes[kept]


def mixtures_of(
    models: dict[str, Classifier],
    teacher: str,
    student: str,
    *,
    task: Task,
    bits: int,
    scratch: Path,
) -> Mixtures:
    """The mixtures of a student with its teacher.

    Args:
        models: the two, by the names teacher and student.
        teacher: specification.
        student: specification.
        task: of both.
        bits: see MixedTensors.
        scratch: see Int8Graphs.

    Raises:
        UsageError: neither kind of mixture can be made of them.
        ModelError: they have their classes in another order.
    """
    graphs = [_graph_of(one) for one in (teacher, student)]
    if graphs[0] is not None and graphs[1] is not None:
        return Int8Graphs(graphs[0], graphs[1].graph, task, scratch)
    first, second = loaded_here(models["teacher"]), loaded_here(models["student"])
    if isinstance(first, Mixable) and isinstance(second, Mixable):
        require_like_columns(first, second)
        return MixedTensors(first, second, bits)
    raise UsageError(
        f"{student}: precision needs two models whose tensors can be exchanged (Hugging Face "
        f"directories, published checkpoints, or a plug-in with tensors() and with_tensors()), or "
        f"an int8 graph with its teacher as onnx:DIR (metacompress export makes one)",
        option="student",
    )


def _graph_of(specification: str) -> OnnxFiles | None:
    if not is_specification(specification):
        return None
    spec = ModelSpec.parse(specification, MODELS.names())
    if spec.kind == _DEMO:
        return find_onnx_files(str(DEMO_MODELS / spec.location))
    return find_onnx_files(spec.location) if spec.kind == _ONNX else None
