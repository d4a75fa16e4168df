"""Scope analysis of Python against CPython's own: its symbol tables and its compiler."""

from __future__ import annotations

import ast
import dis
import re
import symtable
import sys
import sysconfig
import types
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.scopes.python.names import resolve_scopes
from metacompress.lang.scopes.python.resolver import read_scopes, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.lang.parsing import ParsedProgram

if sys.version_info[:2] != (3, 11):
    pytest.skip("the rules are those of Python 3.11", allow_module_level=True)

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
MODULES = sorted(
    path.relative_to(STANDARD_LIBRARY).as_posix()
    for pattern in ("*.py", "asyncio/*.py", "importlib/*.py", "email/*.py", "json/*.py")
    for path in STANDARD_LIBRARY.glob(pattern)
    if path.stat().st_size < 60_000
)[::2]

# Small programs for single rules, each under a line that tells which.
_TRAPS = (Path(__file__).parent / "traps.txt").read_text(encoding="utf-8")
TRAPS = dict(re.findall(r"==== (.*)\n((?:(?!====).*\n)+)", _TRAPS))

# Names in a scope: local, global (or builtin), and free.
Names = tuple[frozenset[str], frozenset[str], frozenset[str]]


def read(module: str) -> str:
    return (STANDARD_LIBRARY / module).read_text(encoding="utf-8")


def assigned_in_expressions(text: str) -> set[str]:
    """Targets of ``:=``, whose tables in comprehensions have no counterpart here."""
    nodes = ast.walk(ast.parse(text))
    return {node.target.id for node in nodes if isinstance(node, ast.NamedExpr)}


def tables_of_python(text: str, ignored: set[str]) -> Iterator[tuple[str, int, Names]]:
    pending = [symtable.symtable(text, "module", "exec")]
    while pending:
        table = pending.pop()
        pending.extend(table.get_children())
        parts: tuple[set[str], set[str], set[str]] = (set(), set(), set())
        for symbol in table.get_symbols():
            if symbol.get_name() not in ignored:
                part = 0 if symbol.is_local() else 1 if symbol.is_global() else 2
                parts[part].add(symbol.get_name())
        yield table.get_type(), table.get_lineno(), freeze(parts)


def tables_of_ours(program: ParsedProgram, ignored: set[str]) -> Iterator[tuple[str, int, Names]]:
    table, _ = read_scopes(program)
    module = table.outermost
    resolve_scopes(table)
    owner = {span: symbol.scope.span for symbol in table.symbols for span in symbol.spans}
    scopes = [module]
    for scope in scopes:
        scopes.extend(scope.children)
    free_below: dict[int, set[str]] = {id(scope): set() for scope in scopes}
    for scope in reversed(scopes):
        parts: tuple[set[str], set[str], set[str]] = (set(), set(), set())
        for key, token in scope.tokens:
            if key not in ignored:
                declared_in = owner.get(token.span, module.span)
                part = 0 if key in scope.symbols else 1 if declared_in == module.span else 2
                parts[part].add(key)
        if scope is module:
            parts[0].update(scope.bound)
        parts[2].update(free_below[id(scope)] - scope.symbols.keys())
        if scope.parent is not None:
            free_below[id(scope.parent)] |= parts[2]
        kind = scope.kind.name.lower()
        line = program.source.count(b"\n", 0, scope.span.start) + 1
        yield ("function" if kind == "comprehension" else kind), line, freeze(parts)


def freeze(parts: tuple[set[str], set[str], set[str]]) -> Names:
    return frozenset(parts[0]), frozenset(parts[1]), frozenset(parts[2])


def without_module(
    tables: Iterator[tuple[str, int, Names]],
) -> tuple[Counter[tuple[str, int, Names]], frozenset[str]]:
    """All tables but the module's, and the names that occur in that one."""
    inner = Counter[tuple[str, int, Names]]()
    names: frozenset[str] = frozenset()
    for kind, line, parts in tables:
        if kind == "module":
            names = frozenset().union(*parts)
        else:
            inner[kind, line, parts] += 1
    return inner, names


@pytest.mark.parametrize("module", MODULES)
def test_every_scope_has_the_names_of_its_symbol_table(module: str) -> None:
    text = read(module)
    ignored = assigned_in_expressions(text) | {".0", "__class__"}
    program = parse(text, Language.PYTHON)
    assert program.error_count == 0
    expected = without_module(tables_of_python(text, ignored))
    assert without_module(tables_of_ours(program, ignored)) == expected


def all_tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from all_tables(child)


@pytest.mark.parametrize("module", MODULES)
def test_the_module_binds_what_its_symbol_table_says(module: str) -> None:
    text = read(module)
    top = symtable.symtable(text, "module", "exec")
    expected = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_local()}
    for table in all_tables(top):
        declared = [symbol for symbol in table.get_symbols() if symbol.is_declared_global()]
        expected |= {symbol.get_name() for symbol in declared}
    program = parse(text, Language.PYTHON)
    table, _ = read_scopes(program)
    assert set(table.outermost.bound) == expected


RENAMEABLE = frozenset(BindingKind) - {BindingKind.TYPE, BindingKind.IMPORT}


def rename_all(text: str) -> tuple[str, dict[str, str]]:
    """Give every binding that is not fixed a name of its own.

    CPython numbers cell variables by the order of their names, and compiles method calls on
    names that are imported somewhere in another way: the order is kept, the latter are left.
    """
    program = parse(text, Language.PYTHON)
    analysis = resolve(program)
    names = sorted(analysis.names)
    followed = {name for name, after in pairwise(names) if after.startswith(f"{name}0")}
    imported = {b.name for b in analysis.bindings if b.kind is BindingKind.IMPORT}
    edits: list[Edit] = []
    original: dict[str, str] = {}
    for number, binding in enumerate(analysis.bindings):
        is_fixed = binding.fixed is not None or binding.name in followed | imported
        if not is_fixed and binding.kind in RENAMEABLE:
            fresh = f"{binding.name}0q{number}_"
            original[fresh] = binding.name
            edits += [Edit(span.start, span.end, fresh) for span in binding.occurrences]
    return apply_edits(program.source, edits)[0].decode(), original


def described(code: types.CodeType, original: dict[str, str]) -> list[object]:
    """What a code object does, with the names as they were before.

    A jump's target is left out: its bytes depend on the numbering of constants, since
    annotations hold the names of parameters as constants.
    """

    def named(value: Any) -> object:
        if isinstance(value, types.CodeType):
            return described(value, original)
        if isinstance(value, tuple):
            return [named(item) for item in value]
        if isinstance(value, str):
            return original.get(value, value)
        if isinstance(value, frozenset):
            return Counter((type(item), item) for item in value)
        return type(value), repr(value)

    instructions = [
        (instruction.opname, None if "JUMP" in instruction.opname else named(instruction.argval))
        for instruction in dis.get_instructions(code)
        if instruction.opname not in ("EXTENDED_ARG", "FOR_ITER", "SEND")
    ]
    header = (code.co_name, code.co_varnames, code.co_freevars, code.co_cellvars)
    counts = [code.co_flags, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount]
    return [named(header), counts, instructions]


@pytest.mark.parametrize("module", MODULES)
def test_renaming_all_that_is_not_fixed_keeps_the_compiled_code(module: str) -> None:
    text = read(module)
    renamed, original = rename_all(text)
    before, after = (
        compile(version, module, "exec", dont_inherit=True) for version in (text, renamed)
    )
    assert described(after, original) == described(before, {})


@pytest.mark.parametrize("title", TRAPS)
def test_traps_keep_their_compiled_code(title: str) -> None:
    renamed, original = rename_all(TRAPS[title])
    before, after = (
        compile(version, title, "exec", dont_inherit=True) for version in (TRAPS[title], renamed)
    )
    assert described(after, original) == described(before, {})


def test_many_modules_and_many_names_are_covered() -> None:
    renamed = sum(len(rename_all(read(module))[1]) for module in MODULES[:30])
    assert len(MODULES) >= 60
    assert renamed > 1000
