"""Insert code that does nothing: an unused local, or a branch that is never taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tree_sitter import Node

from metacompress.analysis.macros import find_macros, is_macro_like
from metacompress.analysis.statements.blocks import open_blocks, starts_its_line
from metacompress.analysis.variables.dialects import sees_variables
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import C_JAVA_PYTHON, JS_FAMILY, Language
from metacompress.lang.syntax import COMMENTS, indentation, line_break
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.random import Generator

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

# Keywords that the new code consists of.
_KEYWORDS = frozenset({"int", "if", "for"})
_MOST_AT_ONCE = 3
# FRESH stands for a new name, SMALL and LARGE for numbers, TAB for one level of indentation.
_FORMS: dict[Language, tuple[tuple[str, ...], ...]] = {
    Language.C: (
        ("int FRESH = SMALL;",),
        ("if (0) {", "TABint FRESH = SMALL;", "}"),
        ("int FRESH = SMALL;", "if (FRESH > LARGE) {", "TABFRESH = 0;", "}"),
        ("for (int FRESH = LARGE; FRESH < SMALL; FRESH++) {", "}"),
    ),
    Language.PYTHON: (
        ("FRESH = SMALL",),
        ("if False:", "TABFRESH = SMALL"),
        ("FRESH = SMALL", "if FRESH > LARGE:", "TABFRESH = 0"),
        ("for FRESH in ():", "TABpass"),
    ),
}
_FORMS[Language.CPP] = _FORMS[Language.C]
_FORMS[Language.JAVA] = tuple(
    tuple(line.replace("if (0)", "if (false)") for line in form) for form in _FORMS[Language.C]
)
# What is declared must be used.
_FORMS[Language.GO] = (
    ("FRESH := SMALL", "_ = FRESH"),
    ("if false {", "TABFRESH := SMALL", "TAB_ = FRESH", "}"),
    ("FRESH := SMALL", "if FRESH > LARGE {", "TABFRESH = 0", "}"),
    ("for FRESH := LARGE; FRESH < SMALL; FRESH++ {", "}"),
)
_FORMS |= dict.fromkeys(
    JS_FAMILY,
    tuple(tuple(line.replace("int ", "let ") for line in form) for form in _FORMS[Language.JAVA]),
)


class InsertDeadCode(Transformation[Node]):
    """Put an unused local, a branch or a loop that never runs in front of a statement.

    Precondition: the statement stands directly in a block of a function, and does not begin with
    what looks like a macro, which may be an ``else``. Blocks with ``case`` in them are left alone,
    and so are functions of C++ and Go with labels, since a jump must not pass an initialisation,
    ``constexpr`` functions, and Python functions that look at their own variables. Docstrings,
    directives such as ``"use strict"`` and the call of another constructor stay first.
    """

    name: ClassVar[str] = "insert-dead-code"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[Node]]:
        """See Transformation."""
        if sees_variables(program):
            return
        if not _KEYWORDS.isdisjoint(program.fact(find_macros)):
            return
        found = []
        for statements in open_blocks(program):
            code = [statement for statement in statements if statement.type not in COMMENTS]
            for number, statement in enumerate(code):
                if _may_precede(program, statement, number):
                    found.append(Site(Span(statement.start_byte, statement.start_byte), statement))
        yield from sorted(found, key=lambda site: site.span)

    def choose(self, sites: Sequence[Site[Node]], rng: Generator) -> Sequence[Site[Node]]:
        """One to three: more would bury the program."""
        count = min(len(sites), int(rng.integers(1, _MOST_AT_ONCE + 1)))
        return [sites[index] for index in sorted(rng.choice(len(sites), count, replace=False))]

    def rewrite(
        self, program: AnalysedProgram, site: Site[Node], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        name = names.take(rng)
        if name is None:
            return ()
        forms = _FORMS[program.language]
        form = forms[rng.integers(len(forms))]
        small = int(rng.integers(0, 10))
        numbers = {"SMALL": str(small), "LARGE": str(small + int(rng.integers(1, 50)))}
        start = site.span.start
        indent = indentation(program.source, start)
        tab = "\t" if indent.startswith("\t") else "    "
        lines = []
        for line in form:
            for word, value in ({"FRESH": name, "TAB": tab} | numbers).items():
                line = line.replace(word, value)
            lines.append(line)
        joint = line_break(program.source) + indent
        if not starts_its_line(program.source, site.target):
            # Python's blocks of one line are no site, elsewhere a space does.
            joint = " "
        return [Edit(start, start, joint.join([*lines, ""]))]


def _may_precede(program: AnalysedProgram, statement: Node, number: int) -> bool:
    if statement.type.startswith("preproc"):
        return False
    if program.language is Language.PYTHON:
        is_docstring = (
            number == 0
            and statement.type == "expression_statement"
            and statement.named_children[0].type in ("string", "concatenated_string")
        )
        return not is_docstring and starts_its_line(program.source, statement)
    if program.language is Language.JAVA:
        return statement.type != "explicit_constructor_invocation"
    if program.language is Language.GO:
        return starts_its_line(program.source, statement)
    if program.language in JS_FAMILY:
        # Not before a directive, such as "use strict".
        parts = statement.named_children
        is_text = statement.type == "expression_statement" and parts[0].type == "string"
        return not is_text
    # ``ELSE b();`` would be torn from its ``if``.
    first = statement
    while first.child_count:
        first = first.children[0]
    return not is_macro_like(program, first)
