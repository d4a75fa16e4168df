"""Units of edits, each of which can be left out by itself: all that one site was given."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from metacompress.transforms.base import FixedTransformation
from metacompress.transforms.lexical.rename_identifiers import RenameIdentifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metacompress.lang.edits import Edit
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.base import Site, Transformation


def units_of(
    transformation: Transformation[Any] | None, program: AnalysedProgram, edits: Sequence[Edit]
) -> list[int]:
    """Numbers of the units of edits, from -1 on, one each.

    The renaming of one binding, of all its occurrences, is one unit. Edits within one site are
    one, too: half a rewriting would not mean the same. Which sites were chosen is not
    recorded; where sites are nested, a unit may hold the edits of several. Edits at no site are one
    unit, too.

    Args:
        transformation: that made the edits in one step; None where it is not known.
        program: before the step.
        edits: in the order of their places, with replacements as text.
    """
    if isinstance(transformation, RenameIdentifiers):
        binding_at = {
            span.start: number
            for number, binding in enumerate(program.scopes.bindings)
            for span in binding.occurrences
        }
        return [binding_at[edit.start] for edit in edits]
    if transformation is None:
        return [0] * len(edits)
    units = [-1] * len(edits)
    starts = [edit.start for edit in edits]
    for number, site in enumerate(_possible(transformation, program, edits)):
        low, high = bisect_left(starts, site.span.start), bisect_right(starts, site.span.end)
        inside = [k for k in range(low, high) if edits[k].end <= site.span.end]
        joined = {units[k] for k in inside} - {-1}
        units = [number if unit in joined else unit for unit in units] if joined else units
        for k in inside:
            units[k] = number
    return units


def is_offered(
    transformation: Transformation[Any], program: AnalysedProgram, edits: Iterable[Edit]
) -> bool:
    """Whether a unit stands where the precondition of its transformation holds."""
    sites = transformation.all_sites(program)
    return any(
        site.span.start <= edit.start and edit.end <= site.span.end
        for edit in edits
        for site in sites
    )


def _possible(
    transformation: Transformation[Any], program: AnalysedProgram, edits: Sequence[Edit]
) -> Iterable[Site[Any]]:
    """The sites that may have been chosen."""
    sites = transformation.all_sites(program)
    if not isinstance(transformation, FixedTransformation):
        return sites
    made = set(edits)
    return [
        site for site in sites if made.issuperset(e.resolved(program.source) for e in site.target)
    ]
