"""What a compiler has to say against a program, in a form that variants share with their source."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import MissingDependencyError, ProgramError
from metacompress.execution import sandbox
from metacompress.execution.go_compiler import compile_go
from metacompress.execution.java_machine import java_compiler
from metacompress.execution.node import javascript_unit, syntax_errors
from metacompress.execution.snippet_context import snippet_context
from metacompress.execution.workshop import CHECKING, COMPILER_LIMITS, c_command
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCAL = (BindingKind.LOCAL, BindingKind.PARAMETER, BindingKind.LABEL)
_JAVA_TYPES = frozenset(
    {
        "class_declaration",
        "interface_declaration",
        "enum_declaration",
        "record_declaration",
        "annotation_type_declaration",
        "module_declaration",
    }
)
_C_ERROR = re.compile(rb"^[^\n:]*:\d+:(?:\d+:)? (?:fatal )?error: ([^\n]*)$", re.MULTILINE)
_HINT = re.compile(r"; did you mean .*|; have you forgotten .*|, did you forget .*")
# What follows is whatever the parser met: another token in every variant.
_MET = re.compile(r" (?:before|at) ('.*'|[\w-]+ constant|end of input|numeric constant).*")
_QUOTED = re.compile(r"'[^']*'")
# What javac says of an argument; a variable may be called misc.
_JAVA_WORD = re.compile(r"compiler\.misc\.[\w.]+|kindname\.[\w.]+|\bnull\b")
_WORD = re.compile(r"[^\W\d]\w*")


class CompilerError(NamedTuple):
    """A kind of error.

    Attributes:
        kind: the message without what it quotes.
        about: the words it quotes, local names left out: free names and types.
    """

    kind: str
    about: frozenset[str]


def compare_errors(
    source: str, variant: str, language: Language, prelude: str = ""
) -> tuple[Counter[CompilerError], Counter[CompilerError]]:
    """The errors of two programs by kind, equal where a compiler says the same; empty without any.

    A variant has the same errors as its source, be that a whole program or a snippet without its
    context. Positions and the names of local variables are left out of what is counted. A name
    that is local to one of them counts for neither: a variable that is renamed may have been
    called like a field that is not. An error about free names counts once, however often they
    occur: a variant may repeat an expression that holds one. All other errors are counted one by
    one.

    Args:
        source: a program or snippet; Java methods without a class are put into one.
        variant: what it became.
        language: C and C++ are checked by gcc, Java by javac, Go by its compiler, Python by
            ``compile``, JavaScript by ``node --check``; TypeScript has none here.
        prelude: stands in front of both: ``#include`` lines, imports. Without one, C and C++
            programs get declarations of the types that they do not declare (``snippet_context``).

    Raises:
        MissingDependencyError: the compiler is not installed, or there is none.
    """
    before, after = (_said(text, language, prelude) for text in (source, variant))
    local = before.local | after.local
    return _counted(before, local), _counted(after, local)


class _Said(NamedTuple):
    language: Language
    local: frozenset[str]
    messages: tuple[tuple[str, str], ...]


# A source is asked about once for each of its variants.
@lru_cache(maxsize=256)
def _said(text: str, language: Language, prelude: str) -> _Said:
    return _Said(language, _local_names(text, language), tuple(_messages(text, language, prelude)))


def _counted(said: _Said, local: frozenset[str]) -> Counter[CompilerError]:
    errors: Counter[CompilerError] = Counter()
    for kind, message in said.messages:
        if said.language is Language.GO:
            error, certain = _normalised_go(message, local)
        else:
            error, certain = _normalised(kind, message, local)
        errors[error] = 1 if certain else errors[error] + 1
    return errors


def _messages(text: str, language: Language, prelude: str) -> Iterator[tuple[str, str]]:
    """Kind of each error (empty: its message says it) and what is said, names in quotes."""
    if language is Language.PYTHON:
        yield from _python_messages(text, prelude)
    elif language is Language.TYPESCRIPT:
        raise MissingDependencyError(
            "no compiler checks TypeScript here: the highest validity level is bindings"
        )
    elif language is Language.JAVASCRIPT:
        yield from (("", error) for error in syntax_errors(javascript_unit(text, prelude)))
    elif language is Language.JAVA:
        for error in java_compiler().compile(java_unit(text, prelude)).errors:
            kind, _, arguments = error.partition(": ")
            yield kind, f"'{_JAVA_WORD.sub('', arguments)}'"
    elif language is Language.GO:
        for message in compile_go(text, prelude).errors:
            yield "", message
    else:
        context = "" if prelude else snippet_context(text, language)
        done = sandbox.run(
            [*c_command(language, CHECKING, prelude), "-"],
            stdin=f"{context}{text}".encode(errors="replace"),
            limits=COMPILER_LIMITS,
            variables={"LC_ALL": "C"},
        )
        found = _C_ERROR.findall(done.stderr)
        if done.status and not found:
            yield "compiler failed", ""
        for message in found:
            yield "", message.decode(errors="replace")


def _python_messages(text: str, prelude: str) -> Iterator[tuple[str, str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(prelude + text, "program.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        yield "", error.msg
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        yield type(error).__name__, ""


def _local_names(text: str, language: Language) -> frozenset[str]:
    try:
        bindings = AnalysedProgram.of(text, language).scopes.bindings
    except ProgramError:
        return frozenset()
    return frozenset(binding.name for binding in bindings if binding.kind in _LOCAL)


def _normalised(kind: str, message: str, local: frozenset[str]) -> tuple[CompilerError, bool]:
    """The error, and whether it is about free names only."""
    message = _MET.sub("", _HINT.sub("", message))
    words = {word for quoted in _QUOTED.findall(message) for word in _WORD.findall(quoted)}
    kind = kind or _QUOTED.sub("_", message)
    error = CompilerError(kind, frozenset(words - local))
    return error, bool(words) and not words & local


def _normalised_go(message: str, local: frozenset[str]) -> tuple[CompilerError, bool]:
    """The error, and whether it is about a free name only: nothing is in quotes there."""
    masked = _WORD.sub(lambda word: "_" if word[0] in local else word[0], message)
    certain = masked == message and message.startswith("undefined: ")
    return CompilerError(masked, frozenset()), certain


def java_unit(text: str, prelude: str = "") -> str:
    """A compilation unit of a Java program or snippet, with the prelude's imports."""
    root = AnalysedProgram.of(text, Language.JAVA).parsed.root
    if not any(child.type in _JAVA_TYPES for child in root.named_children):
        return f"{prelude}\nclass Snippet {{\n{text}\n}}\n"
    for child in root.named_children:
        if child.type == "package_declaration":
            before, after = text.encode()[: child.end_byte], text.encode()[child.end_byte :]
            return f"{before.decode()} {prelude}\n{after.decode()}"
    return f"{prelude}\n{text}"
