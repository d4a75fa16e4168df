"""The ways in which the proof makes variants: those in which users get them, and the extremes."""

from __future__ import annotations

import zlib
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from metacompress.errors import EditError, ProgramError
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.compose import make_composed_variant
from metacompress.transforms.gate import DEFAULT_GATE, Variant, make_variant, rewrite_sites
from metacompress.transforms.naming import CorpusNaming
from metacompress.transforms.validity import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from subjects import Subject

    from metacompress.transforms.base import Site, Transformation
    from metacompress.transforms.naming import Naming

T = TypeVar("T")
CHAIN_LENGTH = 6
CHAIN = f"compose-{CHAIN_LENGTH}"
_CHAINS_PER_DRAW = 2
_ROUNDS = 2


class Mode(StrEnum):
    """How many sites a variant rewrites."""

    SINGLE = "single"  # one
    DRAWN = "drawn"  # several, as `check` and `transform` draw them
    ALL = "all"  # as many as do not overlap, and then again in the outcome
    CHAIN = "chain"  # six transformations one after the other, as --compose 6 makes them


# Of the programs, so that everything takes about an hour on two cores.
DEFAULT_SHARES: dict[Mode, float] = {
    Mode.SINGLE: 0.25,
    Mode.DRAWN: 0.25,
    Mode.ALL: 0.25,
    Mode.CHAIN: 1.0,
}


def takes_part(subject: Subject, mode: Mode, share: float) -> bool:
    """Whether variants of this program are made in this mode; the same in every run."""
    return zlib.crc32(f"{mode} {subject.id}".encode()) < share * 2**32


def plans(
    subject: Subject, transformations: Sequence[Transformation[Any]], mode: Mode
) -> Iterator[tuple[str, Sequence[Transformation[Any]], int]]:
    """What is made in a mode: a name, what is drawn from, and the number of the draw."""
    if mode is Mode.CHAIN:
        for draw in range(_CHAINS_PER_DRAW * subject.draws):
            yield CHAIN, transformations, draw
        return
    for one in transformations:
        for draw in range(subject.draws):
            yield one.name, [one], draw


def make(
    mode: Mode,
    transformations: Sequence[Transformation[Any]],
    program: AnalysedProgram,
    naming: Naming,
    rng: Generator,
) -> Variant | Refusal:
    """One variant; see Mode."""
    if mode is Mode.CHAIN:
        return make_composed_variant(transformations, CHAIN_LENGTH, program, naming, rng)
    (one,) = transformations
    if mode is Mode.DRAWN or program.language not in one.languages:
        return make_variant(one, program, naming, rng)
    steps = []
    current = program
    try:
        for _ in range(_ROUNDS if mode is Mode.ALL else 1):
            sites = _disjoint(one.all_sites(current), rng)
            chosen = sites if mode is Mode.ALL else sites[:1]
            outcome = rewrite_sites(one, current, chosen, naming, rng, DEFAULT_GATE)
            if not isinstance(outcome, Variant):
                is_quiet = outcome in (Refusal.NO_SITE, Refusal.UNCHANGED)
                if steps and is_quiet:
                    break
                return outcome
            if outcome.program.source == program.source:
                break  # what flips all comparisons flips them back
            current = outcome.program
            steps += outcome.steps
    except EditError:
        raise  # a fault of the transformation
    except ProgramError:
        return Refusal.UNANALYSABLE
    return Variant(current, tuple(steps)) if steps else Refusal.UNCHANGED


def _disjoint(sites: Sequence[Site[T]], rng: Generator) -> list[Site[T]]:
    """As many sites as do not overlap, in random order: the first drawn stays."""
    chosen: list[Site[T]] = []
    for index in rng.permutation(len(sites)):
        span = sites[index].span
        if all(span.end <= one.span.start or one.span.end <= span.start for one in chosen):
            chosen.append(sites[index])
    return chosen


def corpus_naming(subjects: Iterable[Subject]) -> CorpusNaming:
    """Names of the programs of a corpus, in the proportions in which `check` draws them."""
    programs = []
    for subject in subjects:
        program = AnalysedProgram.of(subject.text, subject.likely_language)
        try:
            program.scopes  # noqa: B018 - raises where it cannot be analysed
        except ProgramError:
            continue
        programs.append(program)
    return CorpusNaming.of(programs)
