"""Which classifier is which: by its fingerprint, or else by the identity of its Python object.

A classifier that is loaded from files has a fingerprint of their content; see
``metacompress.models.naming.object_identity`` for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import ModelError
from metacompress.models.callables import CallableClassifier
from metacompress.models.naming.object_identity import is_same, stated_fingerprint, token_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from metacompress.models.protocols.classifier import Classifier


def fingerprint_of(classifier: Classifier) -> str:
    """The fingerprint of ``classifier``, or a token of this object where it has none."""
    return stated_fingerprint(classifier) or token_of(classifier)


def is_resumable(classifier: Classifier) -> bool:
    """Whether another process may find the classifier's answers again."""
    if isinstance(classifier, CallableClassifier):
        return classifier.has_stated_fingerprint
    return stated_fingerprint(classifier) is not None


def lasting_fingerprint(classifier: Classifier) -> str | None:
    """The fingerprint for what outlasts the process, as a summary does; None without one."""
    return fingerprint_of(classifier) if is_resumable(classifier) else None


def lasting_model(classifier: Classifier) -> str | None:
    """The fingerprint of the model for what outlasts the process; None without one."""
    return model_fingerprint(classifier) if is_resumable(classifier) else None


def model_fingerprint(classifier: Classifier) -> str:
    """The fingerprint of the model, the same on every back end that may stand for another.

    Answers are kept by ``fingerprint_of``: those of two back ends differ in their last bits.
    """
    return classifier.stands_for or fingerprint_of(classifier)


def refuse_shared_fingerprint(models: Iterable[tuple[str, str, object]]) -> None:
    """Refuse distinct Python objects with one fingerprint: one would get the other's answers.

    Args:
        models: for each, what it is called, its fingerprint and the object.

    Raises:
        ModelError: two differ and have the same.
    """
    seen: dict[str, tuple[str, object]] = {}
    for name, fingerprint, thing in models:
        before, first = seen.setdefault(fingerprint, (name, thing))
        if not is_same(first, thing):
            raise ModelError(
                f"{before} and {name}: two different objects with the same fingerprint, so that "
                f"one would get the answers of the other; give each its own, or none",
                model=name,
            )


def refuse_same_weights(models: Mapping[str, Classifier], teacher: str) -> None:
    """Refuse a model that is the teacher itself: it would pass whatever it loses.

    The same weights in another precision or runtime are another model: what quantisation makes of
    a teacher is a student, or a floor.

    Args:
        models: by name.
        teacher: name of the teacher.

    Raises:
        ModelError: another model has the teacher's fingerprint, or its weights in the same
            precision and runtime.
    """
    first = models[teacher]
    for name, classifier in models.items():
        if name == teacher:
            continue
        if model_fingerprint(classifier) == model_fingerprint(first):
            raise ModelError(
                f"{name}: is the {teacher} itself (the same fingerprint), so it would agree with "
                f"it whatever a compression loses; name the model that was made of the {teacher}",
                model=name,
            )
        if (
            classifier.weights_digest is not None
            and classifier.weights_digest == first.weights_digest
        ):
            raise ModelError(
                f"{name}: holds the weights of the {teacher} in the same precision and runtime "
                f"(another path, window or option does not make another model); name the model "
                f"that was made of the {teacher}. The same weights in another precision or "
                f"runtime are fine",
                model=name,
            )
