"""What the proof is about: programs with a way to compare them with their variants."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from metacompress.execution.programs import Input
from metacompress.lang.language import Language

_CPP = re.compile(r"\b(?:cin|cout|namespace|template|iostream|class|bool|string)\b")


class Method(StrEnum):
    """How a program is compared with a variant."""

    RUN = "run"  # a whole program: it compiles, and does the same on its inputs
    CSMITH = "csmith"  # the same at two levels of optimisation, without input
    TESTS = "tests"  # a module: its tests have the same outcomes
    ERRORS = "errors"  # a snippet: the compiler has the same errors


@dataclass(frozen=True)
class Subject:
    """A program of a corpus.

    Attributes:
        id: unique, and the same in every run.
        corpus: where it comes from.
        languages: tried in this order; the first in which it compiles.
        text: the program.
        preludes: what stands in front, for each language.
        inputs: what it may be run on; those where its behaviour is defined are used.
        method: how it is compared.
        draws: variants by each transformation.
    """

    id: str
    corpus: str
    languages: tuple[Language, ...]
    text: str
    preludes: tuple[str, ...] = ("",)
    inputs: tuple[Input, ...] = ()
    method: Method = Method.RUN
    draws: int = 1

    @property
    def likely_language(self) -> Language:
        """The program's language, without asking a compiler."""
        if Language.CPP in self.languages and _CPP.search(self.text):
            return Language.CPP
        return self.languages[0]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        values = asdict(self)
        values["inputs"] = [
            [given.stdin.decode("latin-1"), [[n, c.decode("latin-1")] for n, c in given.files]]
            for given in self.inputs
        ]
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Subject:
        """The inverse of ``to_json``."""
        inputs = tuple(
            Input(stdin.encode("latin-1"), tuple((n, c.encode("latin-1")) for n, c in files))
            for stdin, files in values["inputs"]
        )
        languages = tuple(Language(one) for one in values["languages"])
        plain = {"languages": languages, "inputs": inputs, "method": Method(values["method"])}
        return cls(**{**values, **plain, "preludes": tuple(values["preludes"])})
