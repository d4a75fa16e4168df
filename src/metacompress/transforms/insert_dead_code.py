"""Insert code that does nothing: an unused local, or a branch that is never taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import Language
from metacompress.lang.syntax import (
    FUNCTIONS,
    ancestors,
    descendants,
    indentation,
    line_break,
    operands,
)
from metacompress.transforms.base import Level, Site, Transformation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.module import Module
    from metacompress.transforms.naming import FreshNames

_BLOCKS = ("compound_statement", "block", "constructor_body")
_JUMPED_INTO = frozenset({"goto_statement", "labeled_statement", "case_statement"})
# A function that reads its own variables by name sees a new one.
_INTROSPECTION = frozenset({"locals", "vars", "dir", "eval", "exec"})
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


class InsertDeadCode(Transformation):
    """Put an unused local, a branch or a loop that never runs in front of a statement.

    Precondition: the statement stands directly in a block of a function. Functions that are jumped
    into (``goto``, and ``case`` in the same block) are left alone, since a jump must not pass an
    initialisation, and so are ``constexpr`` functions, and Python functions that look at their own
    variables. Docstrings and the call of another constructor stay first.
    """

    name: ClassVar[str] = "insert-dead-code"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = frozenset(Language)

    def sites(self, module: Module) -> Iterable[Site]:
        """See Transformation."""
        usable: dict[int, bool] = {}
        for block in module.nodes(*_BLOCKS):
            function = next((n for n in ancestors(block) if n.type in FUNCTIONS), None)
            if function is None or _is_class_body(module, block):
                continue
            if function.id not in usable:
                usable[function.id] = _is_usable(module, function)
            if not usable[function.id]:
                continue
            statements = operands(block)
            if any(statement.type in _JUMPED_INTO for statement in statements):
                continue
            for number, statement in enumerate(statements):
                if _may_precede(module, block, statement, number):
                    yield Site(Span(statement.start_byte, statement.start_byte), statement)

    def choose(self, sites: Sequence[Site], rng: Generator) -> Sequence[Site]:
        """One to three: more would bury the program."""
        count = min(len(sites), int(rng.integers(1, _MOST_AT_ONCE + 1)))
        return [sites[index] for index in sorted(rng.choice(len(sites), count, replace=False))]

    def rewrite(
        self, module: Module, site: Site, names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        name = names.take(rng)
        if name is None:
            return ()
        forms = _FORMS[module.language]
        form = forms[rng.integers(len(forms))]
        small = int(rng.integers(0, 10))
        numbers = {"SMALL": str(small), "LARGE": str(small + int(rng.integers(1, 50)))}
        start = site.span.start
        indent = indentation(module.source, start)
        tab = "\t" if indent.startswith("\t") else "    "
        lines = []
        for line in form:
            for word, value in ({"FRESH": name, "TAB": tab} | numbers).items():
                line = line.replace(word, value)
            lines.append(line)
        joint = line_break(module.source) + indent
        if not _starts_line(module, start):
            # Python's blocks of one line are no site, elsewhere a space does.
            joint = " "
        return [Edit(start, start, joint.join([*lines, ""]))]


def _is_class_body(module: Module, block: Node) -> bool:
    return (
        module.language is Language.PYTHON
        and block.parent is not None
        and block.parent.type == "class_definition"
    )


def _is_usable(module: Module, function: Node) -> bool:
    for node in descendants(function):
        if node.type in ("goto_statement", "labeled_statement") and (
            module.language is not Language.JAVA
        ):
            return False
        if (
            node.type == "type_qualifier"
            and module.text(node).startswith("const")
            and (module.text(node) in ("constexpr", "consteval"))
        ):
            return False
        if (
            module.language is Language.PYTHON
            and node.type == "identifier"
            and module.text(node) in _INTROSPECTION
        ):
            return False
    return True


def _may_precede(module: Module, block: Node, statement: Node, number: int) -> bool:
    if statement.type.startswith("preproc"):
        return False
    if module.language is Language.PYTHON:
        if not _starts_line(module, statement.start_byte):
            return False
        return not (
            number == 0
            and module.text(statement)[:1] in "\"'rRbBuUfF"
            and (
                statement.type == "expression_statement"
                and statement.named_children[0].type in ("string", "concatenated_string")
            )
        )
    return statement.type != "explicit_constructor_invocation"


def _starts_line(module: Module, offset: int) -> bool:
    start = module.source.rfind(b"\n", 0, offset) + 1
    return not module.source[start:offset].strip(b" \t")
