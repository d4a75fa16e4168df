"""Classifiers whose tensors can be read and replaced: mixtures of a student and its teacher."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np

from metacompress.errors import ModelError
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.object_identity import stated_fingerprint
from metacompress.models.protocols.classifier import Classifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@runtime_checkable
class Mixable(Protocol):
    """What a classifier offers beside probabilities where its tensors can be replaced.

    A Python callable that is used as a classifier may have the same two methods; its
    ``with_tensors`` returns another callable.
    """

    def tensors(self) -> Mapping[str, NDArray[np.floating]]:
        """The tensors that it computes with, by name. They are not to be changed.

        A quantised tensor is given by the numbers that its codes stand for. Two models of one
        architecture have the same names and shapes. Where the columns of its output are not the
        task's classes in their order, an attribute ``columns`` says so; see ``ClassColumns``.
        """

    def with_tensors(self, tensors: Mapping[str, NDArray[np.floating]]) -> Classifier:
        """The same classifier with other numbers in some tensors; this one stays as it is.

        Use ``mixed``, which checks what goes in and what comes out.

        Args:
            tensors: the new values by name, of the shapes of the old ones.

        Returns:
            A classifier with a fingerprint of its own (see ``mixed_fingerprint``), or none.
        """


def require_like_columns(teacher: Classifier, student: Classifier) -> None:
    """Refuse to mix two models whose columns are not the same classes.

    A layer that makes columns would make those of other classes in the other model.

    Raises:
        ModelError: they are not.
    """
    if getattr(teacher, "columns", None) != getattr(student, "columns", None):
        raise ModelError(
            "the columns of teacher and student are classes in another order (id2label, or "
            "?labels=), so that a head of the one would exchange the classes of the other; save "
            "the student with its columns in the teacher's order",
            model="student",
        )


def mixed(classifier: Classifier, tensors: Mapping[str, NDArray[np.floating]]) -> Classifier:
    """A classifier with other numbers in some of its tensors.

    Args:
        classifier: that is Mixable.
        tensors: the new values by name.

    Raises:
        ModelError: it is not Mixable, has no such tensor, or one of another shape; the new values
            are not finite; or what it returns is no classifier of its own.
    """
    name = type(classifier).__qualname__
    if not isinstance(classifier, Mixable):
        raise ModelError(
            f"{name}: its tensors cannot be replaced; a classifier with the methods tensors() and "
            f"with_tensors() can be mixed with another one",
            model=name,
        )
    own = classifier.tensors()
    for key, values in tensors.items():
        _require_like(own.get(key), key, values, name)
    found: object = classifier.with_tensors(tensors)
    if not isinstance(found, Classifier) or found.labels != classifier.labels:
        raise ModelError(
            f"{name}: with_tensors() returned a {type(found).__qualname__}; expected a classifier "
            f"with the same labels",
            model=name,
        )
    known = stated_fingerprint(classifier)
    if tensors and known is not None and stated_fingerprint(found) == known:
        raise ModelError(
            f"{name}: with_tensors() returned a classifier with the fingerprint of the one before, "
            f"so that it would get its answers; give it one of its own, by mixed_fingerprint()",
            model=name,
        )
    return found


def mixed_fingerprint(
    before: str | None, tensors: Mapping[str, NDArray[np.floating]]
) -> str | None:
    """A fingerprint for ``with_tensors``; None where the classifier before has none.

    Args:
        before: fingerprint of the classifier that the other tensors are from.
        tensors: the new values by name.
    """
    if before is None:
        return None
    digests = {name: _digest(values) for name, values in sorted(tensors.items())}
    return fingerprint((), kind="mixed", before=before, tensors=digests)


def _digest(values: NDArray[np.floating]) -> str:
    rows = np.ascontiguousarray(values)
    shape = f"{rows.shape} {rows.dtype.str};".encode()
    return hashlib.sha256(shape + rows.tobytes()).hexdigest()


def _require_like(old: Any, key: str, values: Any, name: str) -> None:
    if old is None:
        raise ModelError(f"{name}: it has no tensor {key!r}", model=name)
    if np.shape(values) != np.shape(old):
        raise ModelError(
            f"{name}: its tensor {key} has the shape {np.shape(old)}, not {np.shape(values)}",
            model=name,
        )
    if not np.isfinite(values).all():
        raise ModelError(f"{name}: new values of its tensor {key} are not finite", model=name)
