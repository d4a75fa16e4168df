"""Refuse a variant that compiles or behaves otherwise than its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.execution.behaviour import Judgement, same_behaviour
from metacompress.execution.compilers import compare_errors
from metacompress.transforms.validity import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.execution.programs import Input
    from metacompress.lang.program import AnalysedProgram

_REFUSALS = {
    Judgement.SAME: None,
    Judgement.DIFFERENT: Refusal.BEHAVIOUR_CHANGED,
    Judgement.NO_EVIDENCE: Refusal.BEHAVIOUR_UNKNOWN,
}


def check_compilation(
    source: AnalysedProgram, variant: AnalysedProgram, prelude: str = ""
) -> Refusal | None:
    """Refuse a variant that does not have the compiler errors of its source.

    Raises:
        MissingDependencyError: the compiler is not installed.
    """
    before, after = compare_errors(_text(source), _text(variant), source.language, prelude)
    return None if before == after else Refusal.COMPILER_ERRORS_CHANGED


def check_behaviour(
    source: AnalysedProgram, variant: AnalysedProgram, inputs: Sequence[Input], prelude: str = ""
) -> Refusal | None:
    """Refuse a variant that behaves otherwise on an input, or whose source shows nothing on any.

    Raises:
        MissingDependencyError: the compiler is not installed.
    """
    return _REFUSALS[
        same_behaviour(_text(source), _text(variant), source.language, inputs, prelude)
    ]


def _text(program: AnalysedProgram) -> str:
    return program.source.decode(errors="replace")
