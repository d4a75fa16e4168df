"""Read the demo problems, stored as source files below ``problems/``.

A problem is a directory: ``problem.toml`` (title, statement, input_shape), ``cases.json`` (inputs
with the outputs that every implementation must print), and one directory of implementations a
language.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from metacompress.data.example import Program
from metacompress.data.task import Task
from metacompress.lang.language import Language

PROBLEMS = Path(__file__).parent / "problems"
# What a clone detector must tell apart before it can compare; a first stage of its training.
DEMO_PROBLEM = Task(
    name="demo-problem",
    arity=1,
    labels=tuple(sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir())),
    positive=0,
    summary="Which problem of the demo set does a program solve?",
)
_SUFFIXES = {Language.C: ".c", Language.JAVA: ".java", Language.PYTHON: ".py"}


@dataclass(frozen=True, slots=True)
class Case:
    """One run of a program: what it reads and what it must print, to the byte."""

    name: str
    input: str
    output: str


@dataclass(frozen=True, slots=True)
class Implementation:
    """A whole program that solves a problem.

    Attributes:
        id: ``problem/language/file``.
        problem: the problem's slug.
        path: its source file.
        program: text and language.
    """

    id: str
    problem: str
    path: Path
    program: Program


@dataclass(frozen=True, slots=True)
class Problem:
    """A programming problem with its cases and implementations.

    Attributes:
        slug: its directory's name.
        title: a few words.
        statement: what a program reads and prints.
        input_shape: problems of one shape look alike from outside (``matrix``, ``text-line``...).
        cases: at least six, edges included.
        implementations: at least four a language, ordered by id.
    """

    slug: str
    title: str
    statement: str
    input_shape: str
    cases: tuple[Case, ...]
    implementations: tuple[Implementation, ...]


def read_problems() -> tuple[Problem, ...]:
    """All problems, ordered by slug."""
    return tuple(_read(path) for path in sorted(PROBLEMS.iterdir()) if path.is_dir())


def _read(directory: Path) -> Problem:
    about = tomllib.loads((directory / "problem.toml").read_text(encoding="utf-8"))
    cases = json.loads((directory / "cases.json").read_text(encoding="utf-8"))
    implementations = tuple(
        Implementation(
            f"{directory.name}/{language}/{path.name}",
            directory.name,
            path,
            Program(path.read_text(encoding="utf-8"), language),
        )
        for language, suffix in _SUFFIXES.items()
        for path in sorted((directory / language).glob("*" + suffix))
    )
    return Problem(
        slug=directory.name,
        title=about["title"],
        statement=about["statement"],
        input_shape=about["input_shape"],
        cases=tuple(Case(**case) for case in cases),
        implementations=implementations,
    )
