"""Does a variant do what its source does?"""

from __future__ import annotations

import time
from enum import StrEnum
from typing import TYPE_CHECKING

from metacompress.execution.programs import Build, Input, build
from metacompress.execution.sandbox import Completed, Limits
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMITS = Limits(seconds=10, cpu_seconds=5, file_bytes=4 << 20)
_OTHER_CONTENT = ("-ftrivial-auto-var-init=pattern",)
_NATIVE = (Language.C, Language.CPP)


class Judgement(StrEnum):
    """What a comparison of two programs shows."""

    SAME = "same"
    DIFFERENT = "different"
    NO_EVIDENCE = "no-evidence"


def evident_inputs(
    text: str,
    language: Language,
    inputs: Sequence[Input],
    prelude: str = "",
    limits: Limits = LIMITS,
) -> tuple[tuple[Input, Completed], ...]:
    """The inputs on which a program's behaviour is defined, with what it does there.

    The program is run twice, and both runs must end by themselves and agree: an output that
    depends on the time or on an address is no evidence. A C or C++ program is run the second
    time with checks for undefined behaviour and with other content in memory that it never
    wrote. An exhausted memory or stack is no evidence either, and neither is an input that a
    signal ends the program on.
    """
    plain = build(text, language, prelude)
    again = build(text, language, prelude, checked=True) if language in _NATIVE else plain
    if plain is None or again is None:
        return ()
    found = []
    for given in inputs:
        first = plain.run(given, limits)
        if first.stopped is None and not first.crashed:
            second = again.run(given, limits)
            if second.stopped is None and _agree(first, second):
                found.append((given, first))
    return tuple(found)


def same_behaviour(
    source: str,
    variant: str,
    language: Language,
    inputs: Sequence[Input],
    prelude: str = "",
    limits: Limits = LIMITS,
) -> Judgement:
    """Compare the exit status, output and written files of two programs on each input.

    Args:
        source: a whole program.
        variant: what it became; one that does not compile is different.
        language: of both.
        inputs: what they are run on.
        prelude: stands in front of both.
        limits: of each run.

    Returns:
        ``no-evidence`` where no input shows a defined behaviour of the source.

    Raises:
        MissingDependencyError: a compiler is not installed.
    """
    evidence = evident_inputs(source, language, inputs, prelude, limits)
    return (
        compare(evidence, source, variant, language, prelude, limits)
        if evidence
        else (Judgement.NO_EVIDENCE)
    )


def build_variant(text: str, language: Language, prelude: str = "") -> Build | None:
    """Compile a variant; None where that fails.

    Memory that a C or C++ variant never wrote holds something else than with its source, on
    which this makes no difference: a variable that lost its initial value shows.
    """
    return build(text, language, prelude, options=_OTHER_CONTENT if language in _NATIVE else ())


def compare(
    evidence: Sequence[tuple[Input, Completed]],
    source: str,
    variant: str,
    language: Language,
    prelude: str = "",
    limits: Limits = LIMITS,
) -> Judgement:
    """Like ``same_behaviour``, with the source's outcomes from ``evident_inputs``."""
    before, after = build(source, language, prelude), build_variant(variant, language, prelude)
    if before is None:
        return Judgement.NO_EVIDENCE
    if after is None:
        return Judgement.DIFFERENT
    unsettled = 0
    for given, expected in evidence:
        outcome = after.run(given, limits)
        if outcome.stopped is None and _agree(expected, outcome):
            continue
        if _is_confirmed(before, after, given, expected, limits):
            return Judgement.DIFFERENT
        unsettled += 1
    return Judgement.SAME if unsettled < len(evidence) else Judgement.NO_EVIDENCE


def _is_confirmed(
    before: Build, after: Build, given: Input, expected: Completed, limits: Limits
) -> bool:
    """Run both again, after the clock has moved: the difference must be the variant's."""
    time.sleep(1.1)
    again = before.run(given, limits)
    if again.stopped is not None or not _agree(expected, again):
        return False
    # A busy machine may have been slow: the variant gets more time than the source had.
    patient = Limits(
        limits.seconds * 2, limits.cpu_seconds * 2, limits.memory_bytes, limits.file_bytes
    )
    outcome = after.run(given, patient)
    return outcome.stopped is not None or not _agree(expected, outcome)


def _agree(one: Completed, other: Completed) -> bool:
    return (one.status, one.stdout, dict(one.files)) == (
        other.status,
        other.stdout,
        dict(other.files),
    )
