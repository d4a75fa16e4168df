"""Which Python object is which: by the fingerprint that it states, or else by its identity.

A Python object alone can say what its answers depend on: source files miss closures, arguments of
partials and weights. One that says nothing is known by its identity: its fingerprint belongs to
this object in this process, and its answers are kept by no file.
"""

from __future__ import annotations

import hashlib
import inspect
import secrets
import weakref
from collections.abc import Mapping
from contextlib import suppress
from types import MethodType
from typing import Any

from metacompress.errors import ModelError

ATTRIBUTE = "fingerprint"


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
                f"{type(error).__name__}: {error}",
                model=type(thing).__qualname__,
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
