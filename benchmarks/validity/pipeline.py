"""Make variants of a program by each transformation, and compare them with it."""

from __future__ import annotations

import re
import sys
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from corpora import CSMITH_HEADERS
from making import Mode, make, plans
from subjects import Method, Subject

from metacompress.errors import ProgramError
from metacompress.execution import sandbox
from metacompress.execution.behaviour import (
    Judgement,
    build_variant,
    compare,
    evident_inputs,
)
from metacompress.execution.compilers import compare_errors
from metacompress.execution.programs import Input, build
from metacompress.execution.sandbox import Completed, Limits
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.gate import Variant
from metacompress.transforms.naming import CorpusNaming

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.transforms.base import Transformation
    from metacompress.transforms.naming import Naming

LIMITS = Limits(seconds=10, cpu_seconds=3, file_bytes=1 << 20)
_TEST_LIMITS = Limits(seconds=60, cpu_seconds=60, file_bytes=16 << 20)
_INPUTS_USED = 3
_TEST_LINE = re.compile(r"^(\w+ \([\w.]+\)).*?\.\.\. (\w+)", re.MULTILINE | re.DOTALL)
_CSMITH = f"-I{CSMITH_HEADERS}"


class Oracle(Protocol):
    """What a variant is compared with.

    Attributes:
        language: the program's.
        executed: whether programs are run, not only compiled.
    """

    language: Language
    executed: bool

    def fault(self, variant: str) -> str | None:
        """How the variant differs from the source: ``compile`` or ``behaviour``; None: not."""


class ErrorsOracle:
    """The compiler's errors."""

    executed = False

    def __init__(self, subject: Subject, language: Language, prelude: str) -> None:
        self.language, self._prelude = language, prelude
        self._source = subject.text

    def fault(self, variant: str) -> str | None:
        before, after = compare_errors(self._source, variant, self.language, self._prelude)
        if before == after:
            return None
        return f"compile: new {_shown(after - before)}; gone {_shown(before - after)}"


class RunOracle:
    """Outcomes on inputs where the behaviour of the source is defined; else the compiler."""

    def __init__(self, subject: Subject, language: Language, prelude: str) -> None:
        self.language, self._prelude, self._text = language, prelude, subject.text
        self._evidence = _telling(
            evident_inputs(subject.text, language, subject.inputs, prelude, LIMITS)
        )
        self.executed = bool(self._evidence)
        self._errors = ErrorsOracle(subject, language, prelude)

    def fault(self, variant: str) -> str | None:
        if self.language is Language.PYTHON or not self.executed:
            errors = self._errors.fault(variant)
            if errors is not None:
                return errors
        if not self.executed:
            return None
        if build_variant(variant, self.language, self._prelude) is None:
            return "compile: it does not"
        judgement = compare(
            self._evidence, self._text, variant, self.language, self._prelude, LIMITS
        )
        return "behaviour: another outcome" if judgement is Judgement.DIFFERENT else None


class CsmithOracle:
    """The checksum that a random program prints, at two levels of optimisation."""

    language = Language.C

    def __init__(self, subject: Subject) -> None:
        self._expected = self._checksums(subject.text)
        self.executed = self._expected is not None and len(set(self._expected)) == 1

    def fault(self, variant: str) -> str | None:
        if not self.executed:  # it takes too long
            made = build(variant, Language.C, options=("-O0", _CSMITH))
            return None if made is not None else "compile: it does not"
        found = self._checksums(variant)
        if found is None:
            return "compile: it does not, or it does not end"
        return None if found == self._expected else "behaviour: another checksum"

    def _checksums(self, text: str) -> tuple[bytes, ...] | None:
        found = []
        for level in ("-O0", "-O2"):
            made = build(text, Language.C, options=(level, _CSMITH))
            done = made.run(Input(), LIMITS) if made is not None else None
            if done is None or done.stopped is not None or done.status:
                return None
            found.append(done.stdout)
        return tuple(found)


class TestsOracle:
    """What the tests of a module of the standard library say of a copy."""

    language = Language.PYTHON

    def __init__(self, subject: Subject) -> None:
        self._module = subject.id.rsplit("/", 1)[1]
        self._errors = ErrorsOracle(subject, Language.PYTHON, "")
        self._expected = self._outcomes(subject.text)
        again = self._outcomes(subject.text)
        self.executed = bool(self._expected) and again == self._expected

    def fault(self, variant: str) -> str | None:
        errors = self._errors.fault(variant)
        if errors is not None or not self.executed:
            return errors
        found = self._outcomes(variant)
        if found != self._expected:
            found = self._outcomes(variant)
        if found == self._expected:
            return None
        return f"behaviour: tests {sorted((self._expected - found) + (found - self._expected))[:4]}"

    def _outcomes(self, text: str) -> Counter[str]:
        python = getattr(sys, "_base_executable", sys.executable)
        command = [python, "-s", "-S", "-B", "-m", "unittest", "-v", f"test.test_{self._module}"]
        done = sandbox.run(
            command,
            files={f"{self._module}.py": text.encode()},
            limits=_TEST_LIMITS,
            variables={"PYTHONHASHSEED": "0"},
        )
        complaints = done.stderr.decode(errors="replace")
        outcomes = Counter(f"{test} {how}" for test, how in _TEST_LINE.findall(complaints))
        outcomes[complaints.rstrip().rpartition("\n")[2]] += 1
        return outcomes


def oracle_of(subject: Subject) -> Oracle:
    """How variants of this program are judged."""
    if subject.method is Method.CSMITH:
        return CsmithOracle(subject)
    if subject.method is Method.TESTS:
        return TestsOracle(subject)
    if subject.method is Method.ERRORS:
        return ErrorsOracle(subject, subject.languages[0], subject.preludes[0])
    for language, prelude in zip(subject.languages, subject.preludes, strict=True):
        if build(subject.text, language, prelude) is not None:
            return RunOracle(subject, language, prelude)
    return ErrorsOracle(subject, subject.languages[0], subject.preludes[0])


def examine(
    subject: Subject,
    transformations: Sequence[Transformation[Any]],
    modes: Sequence[Mode] = (Mode.DRAWN,),
    naming: Naming | None = None,
) -> Iterator[dict[str, Any]]:
    """One row for each variant that was wanted.

    A row holds mode, transformation, corpus, language, subject, and: ``refusal`` or None,
    ``steps`` (the transformations that were applied), ``executed``, ``fault`` or None; for a
    fault also the texts ``before`` and ``after``.

    Args:
        subject: the program.
        transformations: what makes the variants.
        modes: how; see Mode.
        naming: where new names come from; None stands for a corpus without names.
    """
    oracle = oracle_of(subject)
    try:
        program = AnalysedProgram.of(subject.text, oracle.language)
        program.scopes  # noqa: B018 - raises where it cannot be analysed
    except ProgramError as error:
        yield {"subject": subject.id, "corpus": subject.corpus, "unanalysable": str(error)}
        return
    usable = [one for one in transformations if oracle.language in one.languages]
    # Modes often agree: a variant that was held against its source once is not built again.
    known: dict[bytes, str | None] = {}
    for mode in modes:
        seen: set[tuple[str, bytes]] = set()
        for name, drawn_from, draw in plans(subject, usable, mode):
            row: dict[str, Any] = {
                "mode": str(mode),
                "transformation": name,
                "corpus": subject.corpus,
                "language": str(oracle.language),
                "subject": subject.id,
                "refusal": None,
                "steps": [],
                "executed": False,
                "fault": None,
            }
            key = subject.id if mode is Mode.DRAWN else f"{subject.id} {mode}"
            rng = np.random.default_rng([zlib.crc32(f"{key} {name}".encode()), draw])
            try:
                outcome = make(mode, drawn_from, program, naming or CorpusNaming({}), rng)
            except Exception as error:  # noqa: BLE001 - one fault must not end the proof
                yield row | {"fault": f"raised: {error!r}", "before": subject.text, "after": ""}
                continue
            if not isinstance(outcome, Variant):
                yield row | {"refusal": str(outcome)}
                continue
            source = outcome.program.source
            if (name, source) in seen:
                continue
            seen.add((name, source))
            after = source.decode(errors="surrogateescape")
            if source not in known:
                known[source] = oracle.fault(after)
            fault = known[source]
            steps = [step.transformation for step in outcome.steps]
            row |= {"steps": steps, "executed": oracle.executed, "fault": fault}
            yield row if fault is None else row | {"before": subject.text, "after": after}


def _telling(
    evidence: tuple[tuple[Input, Completed], ...],
) -> tuple[tuple[Input, Completed], ...]:
    """A few inputs with different outcomes, those with most output first."""
    by_outcome = {(done.status, done.stdout): (given, done) for given, done in evidence}
    ordered = sorted(by_outcome.values(), key=lambda pair: (pair[1].status, -len(pair[1].stdout)))
    return tuple(ordered[:_INPUTS_USED])


def _shown(errors: Counter[Any]) -> str:
    return ", ".join(f"{error.kind} {sorted(error.about)}" for error in list(errors)[:3]) or "none"
