"""The worst input of every relation, with its programs: what a page shows without a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.report.programs.shown import ShownProgram, shown_programs

if TYPE_CHECKING:
    from metacompress.report.inputs.shown import ShownInput, ShownInputs


@dataclass(frozen=True, slots=True)
class WorstInput:
    """An input that violates a relation worst.

    Attributes:
        relations: of which it is the worst, one or several.
        input: the input.
        programs: with the lines that differ.
    """

    relations: list[str]
    input: ShownInput
    programs: list[ShownProgram]


def worst_inputs(shown: ShownInputs) -> list[WorstInput]:
    """The follow-up and the source of the greatest magnitude for each relation, of any student.

    Follow-ups come first, and each input is there once.
    """
    greatest: dict[tuple[bool, str], tuple[float, ShownInput]] = {}
    for one in shown.inputs:
        for found in one.violations:
            place = (one.is_source, found.relation)
            if found.magnitude > greatest.get(place, (-1.0, one))[0]:
                greatest[place] = (found.magnitude, one)
    relations: dict[str, list[str]] = {}
    inputs = {one.key: one for _, one in greatest.values()}
    for (_, relation), (_, one) in sorted(greatest.items(), key=lambda item: item[0]):
        relations.setdefault(one.key, []).append(relation)
    return [
        WorstInput(
            names,
            inputs[key],
            shown_programs(
                inputs[key].source.programs, inputs[key].programs, not inputs[key].is_source
            ),
        )
        for key, names in relations.items()
    ]
