"""Exchange two neighbouring statements that do not depend on each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.statements.blocks import are_neighbours, blocks
from metacompress.analysis.statements.footprints.reading import footprint
from metacompress.analysis.statements.footprints.swapping import may_swap
from metacompress.analysis.variables.dialects import sees_variables
from metacompress.lang.edits import Edit, Span, exchanged
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.syntax import span_of
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.lang.program import AnalysedProgram


class ReorderStatements(FixedTransformation):
    """``a = 1; b = c;`` becomes ``b = c; a = 1;``.

    Precondition: both are declarations, assignments or calls that stand in a row in a block of a
    function, and none writes what the other reads or writes (``footprints.swapping``): through
    pointers, fields and elements everything is one place. At most one runs code out of sight or
    may fail, and then the other touches only variables of its own that nobody can see after a
    failure. Nothing that looks like a macro takes part.
    """

    name: ClassVar[str] = "reorder-statements"
    level: ClassVar[Level] = Level.DATA_FLOW
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        if sees_variables(program):
            return
        found = []
        for statements in blocks(program):
            prints = [footprint(program, statement) for statement in statements]
            for (first, one), (second, other) in pairwise(zip(statements, prints, strict=True)):
                if (
                    one is not None
                    and other is not None
                    and are_neighbours(program, first, second)
                    and may_swap(program, first, second, one, other)
                ):
                    span = Span(first.start_byte, second.end_byte)
                    found.append(Site(span, exchanged(span_of(first), span_of(second))))
        yield from sorted(found, key=lambda site: site.span)
