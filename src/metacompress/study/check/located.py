"""Makes the records of where a counterexample parts the models."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from metacompress.lang.edits import Span
from metacompress.locating.places import places_of
from metacompress.shrinking.candidate import Pair
from metacompress.stats.scores.divergences import jensen_shannon
from metacompress.study.location import (
    EditReading,
    GradientReading,
    LocatedEdit,
    LocatedLine,
    LocatedToken,
    Stretch,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.lang.program import AnalysedProgram
    from metacompress.locating.gradients import TokenPart
    from metacompress.locating.trials import Effect, Parting, Trial
    from metacompress.shrinking.candidate import Whole

# Tokens and lines that a record names. Ours.
_MOST = 100
# Characters of what an edit replaces, and of a line. Ours.
_LONGEST = 120
# Gradients are sums of 32-bit numbers, whose last digits depend on the number of threads.
_DIGITS = 5


class _Text:
    """A program's bytes, and where characters and lines are in them."""

    def __init__(self, number: int, source: bytes) -> None:
        self._number = number
        self._source = source
        content = np.frombuffer(source, dtype=np.uint8)
        starts_character = (content & 0xC0) != 0x80
        self._character = np.concatenate([[0], np.cumsum(starts_character)])
        self._line = np.concatenate([[0], np.cumsum(content == ord("\n"))])
        self._lines = source.split(b"\n")

    def stretch(self, span: Span) -> Stretch:
        return Stretch(
            program=self._number,
            line=int(self._line[span.start]) + 1,
            start=int(self._character[span.start]),
            end=int(self._character[span.end]),
        )

    def text(self, span: Span) -> str:
        return _shortened(self._source[span.start : span.end])

    def lines_of(self, span: Span) -> set[tuple[int, int]]:
        """The lines that hold a byte of a span which is not white space, with the program."""
        shown = [k for k in range(*span) if not self._source[k : k + 1].isspace()]
        return {(self._number, int(self._line[k]) + 1) for k in shown}

    def line(self, number: int, share: float) -> LocatedLine:
        text = _shortened(self._lines[number - 1].rstrip())
        return LocatedLine(program=self._number, line=number, text=text, share=share)


def _shortened(source: bytes) -> str:
    text = source.decode(errors="replace")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def edit_reading(
    whole: Whole,
    trials: Sequence[Trial],
    found: Sequence[Effect],
    parting: Parting,
    source: Parting,
    explained: float | None,
    queries: int,
) -> EditReading:
    """The record of occlusion.

    Args:
        whole: the counterexample.
        trials: its edits.
        found: what each does.
        parting: of the counterexample.
        source: of the source with itself.
        explained: see ``trials.explained``.
        queries: inputs that the models were asked for.
    """
    places = [places_of(program) for program in whole.programs]
    before = [_Text(n, program.source.source) for n, program in enumerate(whole.programs)]
    after = [_Text(n, one.text.encode()) for n, one in enumerate(whole.pair.variant.programs)]
    shares: dict[tuple[int, int], float] = defaultdict(float)
    edits = []
    for trial, effect in zip(trials, found, strict=True):
        taken = [(n, span) for n, unit in trial.units for span in places[n][unit].source]
        put = [(n, span) for n, unit in trial.units for span in places[n][unit].variant]
        for line in {line for n, span in put for line in after[n].lines_of(span)}:
            shares[line] += effect.share or 0.0
        edits.append(
            LocatedEdit(
                transformation=", ".join(
                    dict.fromkeys(whole.transformation_of(unit) for unit in trial.units)
                ),
                taken_together=len(trial.units),
                before=before[taken[0][0]].text(taken[0][1]) if taken else "",
                after=after[put[0][0]].text(put[0][1]) if put else "",
                source=[before[n].stretch(span) for n, span in taken],
                variant=[after[n].stretch(span) for n, span in put],
                undone=None if effect.undone is None else effect.undone.magnitude,
                undone_violates=None if effect.undone is None else effect.undone.violated,
                alone=None if effect.alone is None else effect.alone.magnitude,
                alone_violates=None if effect.alone is None else effect.alone.violated,
                refused=[
                    str(pair) for pair in (trial.undone, trial.alone) if not isinstance(pair, Pair)
                ],
                share=effect.share,
            )
        )
    edits.sort(key=lambda one: -(one.share or 0.0))
    return EditReading(
        magnitude=parting.magnitude,
        source_magnitude=source.magnitude,
        explained=explained,
        queries=queries,
        edits=edits,
        lines=_lines(sorted(shares.items(), key=lambda one: (-one[1], one[0])), after),
    )


def gradient_reading(
    programs: Sequence[AnalysedProgram],
    parts: Sequence[Sequence[TokenPart]],
    answers: tuple[Sequence[float], Sequence[float]],
) -> GradientReading:
    """The record of gradients.

    Args:
        programs: of the variant.
        parts: what their tokens carry.
        answers: class probabilities of teacher and student.
    """
    texts = [_Text(number, program.source) for number, program in enumerate(programs)]
    total = sum(abs(one.bits) for of_program in parts for one in of_program)
    shares: dict[tuple[int, int], float] = defaultdict(float)
    tokens = []
    for number, text in enumerate(texts):
        for start, end, bits in parts[number]:
            share = round(bits / total, _DIGITS) if total else 0.0
            place = text.stretch(Span(start, end))
            shares[number, place.line] += share
            if share:
                tokens.append(
                    LocatedToken(place=place, text=text.text(Span(start, end)), share=share)
                )
    tokens.sort(key=lambda one: -abs(one.share))
    (divergence,) = jensen_shannon(*(np.array([one]) for one in answers))
    by_line = [(k, round(share, _DIGITS)) for k, share in shares.items()]
    by_line = sorted((one for one in by_line if one[1]), key=lambda one: (-abs(one[1]), one[0]))
    return GradientReading(
        divergence=float(divergence),
        tokens=tokens[:_MOST],
        rest=round(sum(abs(one.share) for one in tokens[_MOST:]), _DIGITS),
        lines=_lines(by_line, texts),
    )


def _lines(
    ranked: Sequence[tuple[tuple[int, int], float]], texts: Sequence[_Text]
) -> list[LocatedLine]:
    return [texts[n].line(line, share) for (n, line), share in ranked[:_MOST]]
