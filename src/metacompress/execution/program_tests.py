"""Tests of whole programs, and whether a program passes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from metacompress.execution.behaviour import LIMITS
from metacompress.execution.programs import Input, build

if TYPE_CHECKING:
    from metacompress.lang.language import Language


_NAME = re.compile(r"[A-Za-z_]\w*")


class ProgramCase(NamedTuple):
    """What a program reads, and what it must print, to the byte."""

    stdin: bytes
    stdout: bytes


@dataclass(frozen=True, slots=True)
class ProgramTests:
    """Tests of one program.

    Attributes:
        cases: that it is run on.
        script: Python that stands behind it, and ends it with another status than 0 where it is
            wrong; empty for none.
        function: name of the function that is tested, where they say so.
    """

    cases: tuple[ProgramCase, ...] = ()
    script: str = ""
    function: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """Names of functions that may be tested; empty where that is the whole program."""
        if self.function is not None:
            return frozenset({self.function})
        return frozenset(_NAME.findall(self.script))


def passes(text: str, language: Language, tests: ProgramTests, between: str = "") -> bool:
    """Whether a program compiles and passes all of its tests, in the sandbox.

    Args:
        text: of the program.
        language: of it.
        tests: that it has to pass.
        between: stands between the program and the script.

    Raises:
        MissingDependencyError: a compiler is not installed, or this is not Linux.
    """
    made = build(f"{text}\n{between}{tests.script}" if tests.script else text, language)
    if made is None:
        return False
    for stdin, stdout in tests.cases or (ProgramCase(b"", b""),):
        done = made.run(Input(stdin), LIMITS)
        if done.stopped is not None or done.status != 0:
            return False
        if tests.cases and done.stdout != stdout:
            return False
    return True
