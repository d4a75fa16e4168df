"""Scope analysis for C and C++.

The walk visits the syntax tree once, in source order, with an explicit stack. Types, macros and
headers are out of sight, so it follows two rules. A declaration that is overlooked only merges
two variables of one name, and renaming both together is harmless; a declaration that is made up
splits one variable in two. So doubtful declarations are read as uses, or what they declare and
hide is fixed.

Reasons for which a binding is fixed:
    main: it is the function ``main``.
    external: a function that is declared but not defined, or an ``extern`` variable.
    library-name: a function of the program that is called like a standard library function.
    macro-argument: an occurrence is a whole argument of an unseen macro, which might paste it,
        quote it, or use it as the name of a member, a type or a label.
    macro-body: the name occurs in a preprocessor directive.
    pasted: the program pastes tokens (``##``), and what comes of it may be this name.
    stringised: a macro of the program quotes it, or a function's name is read by ``__func__``.
    hidden-use: a macro may use it unseen: one without arguments in its scope, an ``#include`` in
        a function, any macro if nothing else uses it, or an unseen macro with arguments if the
        name is short, or one that macros take for granted.
    syntax-error: the name occurs in or next to a syntax error, or more than one declaration of
        it meets a syntax error.
    ambiguous: it is declared twice in one scope (as in two preprocessor branches), used before
        its declaration, or may not be declared at all where the tree says so.
    qualified: C++ code names it after ``::``, which is not followed.
    member: C++ code uses the name where a class or namespace may have a member of that name.
    asm-operand: inline assembly refers to it by name.
    attribute: an attribute mentions it.

Names in macro bodies and in other preprocessor lines are reported as unbound, although they are
no tokens of the syntax tree, so that a new name can avoid them.

Not seen: an unknown macro with arguments that also uses a local of a longer name, and one in the
place of a constant that uses any local.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.edits import Span
from metacompress.lang.scopes.c_declarations import DeclarationWalk
from metacompress.lang.scopes.c_declarators import IDENTIFIERS, identifier_leaves
from metacompress.lang.scopes.c_macros import (
    C_KEYWORDS,
    LONGEST_HIDDEN_USE,
    TYPEOF,
    longest_hidden_use,
    may_use_argument_names,
)
from metacompress.lang.scopes.c_walk import span_of, spread_parameters
from metacompress.lang.scopes.model import Binding, BindingKind, ScopeAnalysis
from metacompress.lang.scopes.symbols import spelled_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.c_symbols import Symbol
    from metacompress.lang.scopes.c_walk import Task

# What a directive holds: comments, literals and numbers, which name nothing, or a name.
_DIRECTIVE_TOKEN = re.compile(
    rb"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\.?\d(?:[eEpP][+-]|[\w.])*"""
    rb"""|((?:[A-Za-z_$\x80-\xff]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})"""
    rb"""(?:[\w$\x80-\xff]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})*)""",
    re.DOTALL,
)

# What stands among the arguments of a macro only.
_NO_ARGUMENTS = frozenset({"compound_statement", "type_descriptor", "ERROR"})
_VALUES = frozenset({"true", "false"})


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a C or C++ program, whole or snippet.

    Takes time linear in the program's length, at any depth of nesting. The reasons that
    ``Binding.fixed`` may give are those of this module's description.
    """
    walk = _ProgramWalk(program)
    walk.run(_CPP_HANDLERS if walk.is_cpp else _C_HANDLERS)
    table = walk.table
    bindings = sorted(
        (_binding(symbol) for symbol in table.symbols if symbol.spans),
        key=lambda binding: binding.occurrences[0],
    )
    unbound = sorted(table.unbound + table.unresolved + table.unresolved_tags)
    return ScopeAnalysis(tuple(bindings), tuple(unbound))


def _binding(symbol: Symbol) -> Binding:
    return Binding(
        symbol.name, symbol.kind, tuple(sorted(symbol.spans)), symbol.scope, symbol.fixed
    )


class _ProgramWalk(DeclarationWalk):
    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(program)
        self._quoting_macros: dict[str, bool] = {}

    def error(self, node: Node) -> None:
        self.foreign(node, "syntax-error")
        # FOREACH(item, list) { ... } lacks a semicolon: it is no call.
        if self.table.in_block and any(part.type == "call_expression" for part in node.children):
            self.doubts.suspect_hidden_use(node, LONGEST_HIDDEN_USE)

    def macro_type(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if self.table.in_block and name is not None and self.table.text(name) not in TYPEOF:
            self.doubts.suspect_hidden_use(node, LONGEST_HIDDEN_USE)
        self.next([*node.children])

    def attribute(self, node: Node) -> None:
        self.foreign(node, "attribute")
        self.doubts.suspect_outer_words(self.table.text(node), "attribute")  # alias("name")

    # Preprocessor

    def directive_text(self, node: Node) -> None:
        start = node.start_byte
        for match in _DIRECTIVE_TOKEN.finditer(self.source[start : node.end_byte]):
            if match[1]:
                name = spelled_out(match[1])
                self.table.unbound.append((Span(start + match.start(), start + match.end()), name))
                self.doubts.suspect(name, "macro-body")

    def macro_definition(self, node: Node) -> None:
        quotes = False
        for child in node.children:
            if child.type == "preproc_arg":
                text = (child.text or b"").replace(b"%:", b"#")
                quotes = b"#" in text
                self.doubts.pastes_tokens |= b"##" in text
                self.directive_text(child)
            else:
                self.foreign(child, "macro-body")
        name = node.child_by_field_name("name")
        if name is not None:
            self._quoting_macros[self.table.text(name)] = quotes

    def conditional(self, node: Node) -> None:
        condition = node.child_by_field_name("condition") or node.child_by_field_name("name")
        if condition is not None:
            self.foreign(condition, "macro-body")
        self.next([child for child in node.children if child != condition])

    def include(self, node: Node) -> None:
        self.directive(node)
        if self.table.in_block:
            self.doubts.suspect_hidden_use(node)

    def directive(self, node: Node) -> None:
        for child in node.children:
            if child.type == "preproc_arg":
                self.directive_text(child)
            else:
                self.foreign(child, "macro-body")

    # Statements and expressions

    def range_loop(self, node: Node) -> None:
        self.table.enter(span_of(node))
        declarator = node.child_by_field_name("declarator")
        tasks: list[Task] = []
        declared: list[Task] = []
        for child in node.children:
            if child == declarator:
                declared = self.declarator(child, BindingKind.LOCAL)
            elif child.type == ")":
                tasks += declared
            else:
                tasks.append(child)
        self.next([*tasks, self.table.leave])

    def lambda_expression(self, node: Node) -> None:
        before: list[Task] = []
        inside: list[Task] = []
        for child in node.children:
            if child.type == "lambda_capture_specifier":
                for capture in child.children:
                    if capture.type == "lambda_capture_initializer":
                        left = capture.child_by_field_name("left")
                        before += [part for part in capture.children if part != left]
                        if left is not None:
                            inside.append(partial(self.table.declare, left, BindingKind.LOCAL))
                    else:
                        before.append(capture)
            elif child.type == "abstract_function_declarator":
                inside += spread_parameters(child.children)
            elif child.type == "compound_statement":
                inside += child.children
            else:
                inside.append(child)
        opening = partial(self.table.enter_function, span_of(node), None)
        self.next([*before, opening, *inside, self.table.leave])

    def labeled_statement(self, node: Node) -> None:
        label, *statement = node.children
        self.table.mention_label(label, declared=True)
        self.next([*statement])

    def label(self, node: Node) -> None:
        self.table.mention_label(node)

    def address(self, node: Node) -> None:
        children = node.children
        operand = children[-1]
        if operand.type == "pointer_expression" and children[0].type == "&":
            operator, *target = operand.children
            # `&&label` is read as the address of an address, which does not exist.
            if operator.type == "&" and operator.start_byte == children[0].end_byte:
                for leaf in target:
                    if leaf.type == "identifier":
                        self.table.mention_label(leaf)
                    else:
                        self.foreign(leaf, "ambiguous")
                return
        self.next([*children])

    def expression_statement(self, node: Node) -> None:
        children = node.children
        first = children[0]
        if first.type == "identifier" and len(children) == 2 and self._is_unseen_macro(first):
            self.doubts.suspect_hidden_use(first)
        self.next([*children])

    def _is_unseen_macro(self, node: Node) -> bool:
        name = self.table.text(node)
        return name.isupper() and self.table.lookup(name) is None

    def call(self, node: Node) -> None:
        function, *others = node.children
        if function.type == "identifier":
            if self.table.use(function, called=True) is None and others:
                self._unseen_call(self.table.text(function), others[-1])
        else:
            others.insert(0, function)
        self.next([*others])

    def _unseen_call(self, callee: str, arguments: Node) -> None:
        children = arguments.children
        quotes = self._quoting_macros.get(callee)
        if quotes is None:
            statement = arguments.parent.parent if arguments.parent is not None else None
            is_statement = statement is not None and statement.type == "expression_statement"
            self._suspect_capture(callee, arguments, is_statement=is_statement)
            if is_statement and statement is not None and statement.children[-1].is_missing:
                self.doubts.suspect_hidden_use(arguments, LONGEST_HIDDEN_USE)
        if quotes:
            for leaf in identifier_leaves(arguments):
                self._fix_visible(leaf, "stringised")
        elif quotes is False or may_use_argument_names(callee) or not self.table.scope.depth:
            for child in children:
                if child.type in IDENTIFIERS:
                    self._fix_visible(child, "macro-argument")
            if len(children) == 2 and callee.isupper():
                self.doubts.suspect_hidden_use(arguments)

    def _suspect_capture(self, callee: str, arguments: Node, *, is_statement: bool) -> None:
        # FOREACH(item, list) { ... } lacks a semicolon, and no function takes a type or a block.
        is_certain = any(
            child.type in _NO_ARGUMENTS
            or child.has_error
            or self.table.text(child) in C_KEYWORDS - _VALUES
            for child in arguments.children
        )
        longest = longest_hidden_use(callee, is_statement=is_statement, is_certain=is_certain)
        if longest:
            self.doubts.suspect_hidden_use(arguments, longest)

    def _fix_visible(self, node: Node, reason: str) -> None:
        symbol = self.table.lookup(self.table.text(node))
        if symbol is not None:
            symbol.fix(reason)

    def qualified(self, node: Node) -> None:
        """``scope::name``: the scope may be a type of the program, the name is not followed."""
        scope = node.child_by_field_name("scope")
        is_standard = scope is not None and scope.text == b"std"
        tasks: list[Task] = []
        for child in node.children:
            if child.type == "destructor_name":
                self.foreign(child, "qualified")
            elif child.type not in IDENTIFIERS:
                tasks.append(child)
            elif child == scope and self.table.is_type(self.table.text(child)):
                self.table.use(child)
            else:
                name = self.table.leave_unbound(child)
                if not is_standard:
                    self.doubts.suspect_outer(name, "qualified")
        self.next(tasks)

    def using(self, node: Node) -> None:
        self.foreign(node, "qualified")

    def field_initializer(self, node: Node) -> None:
        tasks: list[Task] = []
        for child in node.children:
            if child.type in IDENTIFIERS:
                self.doubts.suspect_outer(self.table.leave_unbound(child), "member")
            else:
                tasks.append(child)
        self.next(tasks)

    # Inline assembly

    def assembly(self, node: Node) -> None:
        code = node.child_by_field_name("assembly_code")
        if code is not None:
            self.doubts.suspect_outer_words(self.table.text(code), "asm-operand")
        self.next([*node.children])

    def assembly_operand(self, node: Node) -> None:
        symbol = node.child_by_field_name("symbol")
        if symbol is not None:
            self.foreign(symbol, "asm-operand")
        self.next([child for child in node.children if child != symbol])

    def assembly_labels(self, node: Node) -> None:
        for child in node.children:
            if child.type == "identifier":
                self.doubts.suspect(self.table.text(child), "asm-operand")
                self.table.mention_label(child)


_Handlers = dict[str, "Callable[[_ProgramWalk, Node], None]"]

_C_HANDLERS: _Handlers = {
    "ERROR": _ProgramWalk.error,
    "macro_type_specifier": _ProgramWalk.macro_type,
    "attribute_specifier": _ProgramWalk.attribute,
    "attribute_declaration": _ProgramWalk.attribute,
    "identifier": _ProgramWalk.name,
    "type_identifier": _ProgramWalk.name,
    "field_identifier": _ProgramWalk.member,
    "namespace_identifier": _ProgramWalk.member,
    "statement_identifier": _ProgramWalk.label,
    "preproc_def": _ProgramWalk.macro_definition,
    "preproc_function_def": _ProgramWalk.macro_definition,
    "preproc_if": _ProgramWalk.conditional,
    "preproc_elif": _ProgramWalk.conditional,
    "preproc_ifdef": _ProgramWalk.conditional,
    "preproc_elifdef": _ProgramWalk.conditional,
    "preproc_call": _ProgramWalk.directive,
    "preproc_include": _ProgramWalk.include,
    "declaration": _ProgramWalk.declaration,
    "type_definition": _ProgramWalk.type_definition,
    "parameter_declaration": _ProgramWalk.parameter,
    "field_declaration": _ProgramWalk.field,
    "struct_specifier": _ProgramWalk.tag,
    "union_specifier": _ProgramWalk.tag,
    "enum_specifier": _ProgramWalk.enum,
    "enumerator": _ProgramWalk.enumerator,
    "function_definition": _ProgramWalk.function_definition,
    "parameter_list": _ProgramWalk.scoped,
    "compound_statement": _ProgramWalk.scoped,
    "for_statement": _ProgramWalk.scoped,
    "labeled_statement": _ProgramWalk.labeled_statement,
    "expression_statement": _ProgramWalk.expression_statement,
    "pointer_expression": _ProgramWalk.address,
    "call_expression": _ProgramWalk.call,
    "gnu_asm_expression": _ProgramWalk.assembly,
    "gnu_asm_output_operand": _ProgramWalk.assembly_operand,
    "gnu_asm_input_operand": _ProgramWalk.assembly_operand,
    "gnu_asm_goto_list": _ProgramWalk.assembly_labels,
}
_CPP_HANDLERS: _Handlers = _C_HANDLERS | {
    "optional_parameter_declaration": _ProgramWalk.parameter,
    "variadic_parameter_declaration": _ProgramWalk.parameter,
    "class_specifier": _ProgramWalk.tag,
    "alias_declaration": _ProgramWalk.alias,
    "namespace_definition": _ProgramWalk.namespace,
    "namespace_alias_definition": _ProgramWalk.using,
    "using_declaration": _ProgramWalk.using,
    "qualified_identifier": _ProgramWalk.qualified,
    "field_initializer": _ProgramWalk.field_initializer,
    "template_declaration": _ProgramWalk.template,
    "type_parameter_declaration": _ProgramWalk.type_parameter,
    "optional_type_parameter_declaration": _ProgramWalk.type_parameter,
    "variadic_type_parameter_declaration": _ProgramWalk.type_parameter,
    "lambda_expression": _ProgramWalk.lambda_expression,
    "abstract_function_declarator": _ProgramWalk.scoped,
    "requires_expression": _ProgramWalk.scoped,
    "catch_clause": _ProgramWalk.scoped,
    "if_statement": _ProgramWalk.scoped,
    "while_statement": _ProgramWalk.scoped,
    "switch_statement": _ProgramWalk.scoped,
    "for_range_loop": _ProgramWalk.range_loop,
}
