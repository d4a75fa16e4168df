"""Which model is which: the fingerprint that a Python object states, or else its identity.

A classifier that is loaded from files has a fingerprint of their content. A Python object can
only say itself what its answers depend on: source files miss closures, arguments of partials and
weights. One that says nothing is known by its identity: its fingerprint belongs to this object in
this process, and its answers are kept by no file.
"""

from __future__ import annotations

import hashlib
import inspect
import secrets
import weakref
from collections.abc import Mapping
from contextlib import suppress
from types import MethodType
from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError
from metacompress.models.spec import is_specification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.models.classifier import Classifier

ATTRIBUTE = "fingerprint"


def fingerprint_of(classifier: Classifier) -> str:
    """The fingerprint of ``classifier``, or a token of this object where it has none."""
    return stated_fingerprint(classifier) or token_of(classifier)


def is_resumable(classifier: Classifier) -> bool:
    """Whether another process may find the classifier's answers again."""
    return classifier.resumable and stated_fingerprint(classifier) is not None


def lasting_fingerprint(classifier: Classifier) -> str | None:
    """The fingerprint for what outlasts the process, as a summary does; None without one."""
    return fingerprint_of(classifier) if is_resumable(classifier) else None


def stated_fingerprint(thing: object) -> str | None:
    """The fingerprint that an object states about itself: a non-empty text; None without one.

    It must be the object's own. What all instances of a class share says nothing about the
    weights of one, unless a property computes it; what ``__getattr__`` or a proxy passes on, or
    ``functools.wraps`` copies, is about the object inside.

    Raises:
        ModelError: a property ``fingerprint`` raises an error.
    """
    if _pretends(thing):
        return None
    if isinstance(thing, MethodType):
        owner = stated_fingerprint(thing.__self__)
        name = getattr(thing.__func__, "__qualname__", None)
        return None if owner is None or name is None else f"{owner}:{name}"
    own = _own_attributes(thing).get(ATTRIBUTE)
    if own is None and _is_computed(thing):
        try:
            own = getattr(thing, ATTRIBUTE, None)
        except Exception as error:  # whatever the foreign property raises
            raise ModelError(
                f"{type(thing).__qualname__}: its fingerprint raised "
                f"{type(error).__name__}: {error}"
            ) from error
    if not isinstance(own, str) or not own.strip():
        return None
    wrapped = _own_attributes(thing).get("__wrapped__")
    return None if _own_attributes(wrapped).get(ATTRIBUTE) is own else own


def token_of(thing: object) -> str:
    """A random text that belongs to one object in this process.

    Another object never gets it, not even one that has the same place in memory later or is
    equal. An object that cannot be watched gets a new one at each call.
    """
    return hashlib.sha256(":".join(map(_TOKENS.of, _parts(thing))).encode()).hexdigest()


def is_same(one: object, other: object) -> bool:
    """Whether two references are to one object, or to one method of one object."""
    first, second = _parts(one), _parts(other)
    return len(first) == len(second) and all(a is b for a, b in zip(first, second, strict=True))


def given_object(given: object, classifier: Classifier) -> object:
    """The object behind a classifier that answers; None where it was loaded from files.

    Args:
        given: what ``classifier`` was made of, by ``load_classifier``.
        classifier: the classifier.
    """
    answering = getattr(classifier, "function", classifier)
    is_python = isinstance(given, str) and given.strip().startswith("python:")
    return None if is_specification(given) and not is_python else answering


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
                f"one would get the answers of the other; give each its own, or none"
            )


class _Tokens:
    """Random texts of objects. Equality and hashes are theirs to define, so identity counts."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[weakref.ref[Any], str]] = {}

    def of(self, thing: object) -> str:
        key = id(thing)
        watched, token = self._known.get(key, (None, ""))
        if watched is not None and watched() is thing:
            return token
        token = secrets.token_hex(16)
        with suppress(TypeError):  # it allows no weak references: the caller keeps its token
            self._known[key] = (weakref.ref(thing, lambda gone: self._forget(key, gone)), token)
        return token

    def _forget(self, key: int, gone: weakref.ref[Any]) -> None:
        if key in self._known and self._known[key][0] is gone:
            del self._known[key]


_TOKENS = _Tokens()


def _parts(thing: object) -> tuple[object, ...]:
    # Python makes a new method object each time that one is looked up.
    return (thing.__self__, thing.__func__) if isinstance(thing, MethodType) else (thing,)


def _pretends(thing: object) -> bool:
    """Whether an object is a proxy: what it says of itself is about the object inside."""
    try:
        return thing.__class__ is not type(thing)
    except Exception:  # noqa: BLE001 - foreign code may run
        return True


def _own_attributes(thing: object) -> Mapping[str, Any]:
    """What stands in the object itself, whatever it answers when it is asked."""
    try:
        found = object.__getattribute__(thing, "__dict__")
    except Exception:  # noqa: BLE001 - none, or a property that raises
        return {}
    return found if isinstance(found, Mapping) else {}


def _is_computed(thing: object) -> bool:
    """Whether the class computes it for each instance: a property or a slot."""
    try:
        found = inspect.getattr_static(type(thing), ATTRIBUTE)
    except AttributeError:
        return False
    return hasattr(type(found), "__get__")
