"""The models of a study by name: the teacher, its students, and the floor."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

from metacompress.models.naming.role import Role

TEACHER = str(Role.TEACHER)
FLOOR = "floor"
ONLY_STUDENT = str(Role.STUDENT)
"""Name of a student that is given without one."""

_NAMED = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]*)=(.+)", re.DOTALL)
# Columns of the table of predictions that do not hold those of a model.
_TAKEN = frozenset({TEACHER, FLOOR, "part", "id", "source_id", "label"})
_TAKEN_ENDS = ("_truncated", "_identical")


def flag_of(name: str) -> str:
    """The flag that names a model of a study."""
    return f"--{name}" if name in (TEACHER, FLOOR) else "--student"


def named_students(given: object) -> object:
    """Students as a user gives them: one, several as texts ``NAME=SPECIFICATION``, or by name.

    Returns:
        specifications by name; what is none of these, as it is, for its reader to refuse.

    Raises:
        ValueError: a name is missing, given twice or taken.
    """
    if isinstance(given, (str, os.PathLike)):
        given = [given]
    if isinstance(given, Mapping):
        named = [(str(name), specification) for name, specification in given.items()]
    elif isinstance(given, (list, tuple)) and given:
        named = [_named(os.fspath(one)) for one in given if isinstance(one, (str, os.PathLike))]
        if len(named) < len(given):
            return given
    else:
        return given
    names = [name for name, _ in named]
    if len(names) > 1 and ONLY_STUDENT in names and not isinstance(given, Mapping):
        raise ValueError("several students need a name each: small=path/to/a, tiny=path/to/b")
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two students are called {name}")
        if name in _TAKEN or name.endswith(_TAKEN_ENDS) or not _NAMED.fullmatch(f"{name}=x"):
            raise ValueError(f"a student cannot be called {name!r}; choose another name")
    return dict(named)


Students = Annotated[dict[str, str], BeforeValidator(named_students)]
"""Specifications of students by name, as a setting; one without a name is understood."""


def _named(text: str) -> tuple[str, str]:
    found = _NAMED.fullmatch(text)
    return (found[1], found[2]) if found else (ONLY_STUDENT, text)
