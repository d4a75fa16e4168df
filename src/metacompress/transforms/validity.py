"""Checks that a variant must pass before any model sees it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from metacompress.lang.language import LAYOUT_MATTERS, Language
from metacompress.lang.lexing import token_texts
from metacompress.lang.python_syntax import parses_in_python
from metacompress.lang.syntax import COMMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.lang.edits import Origins
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.program import AnalysedProgram


class Refusal(StrEnum):
    """Why a variant, or the transformation of a program, is refused."""

    NO_SITE = "no-site"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    UNSUPPORTED_LANGUAGE = "unsupported-language"
    UNANALYSABLE = "unanalysable"
    OVER_BUDGET = "over-budget"
    NEW_PARSE_ERROR = "new-parse-error"
    BINDINGS_CHANGED = "bindings-changed"
    COMPILER_ERRORS_CHANGED = "compiler-errors-changed"
    BEHAVIOUR_CHANGED = "behaviour-changed"
    BEHAVIOUR_UNKNOWN = "behaviour-unknown"


_NEW = -1


def check_parse(source: AnalysedProgram, variant: AnalysedProgram) -> Refusal | None:
    """Refuse a variant that has more syntax errors than its source.

    Of Python, moreover, one that Python itself does not parse, where it parses the source.
    """
    if variant.parsed.error_count > source.parsed.error_count:
        return Refusal.NEW_PARSE_ERROR
    if source.fact(_is_python) and parses_in_python(variant.source) is False:
        return Refusal.NEW_PARSE_ERROR
    return None


def check_renaming(source: AnalysedProgram, variant: AnalysedProgram) -> Refusal | None:
    """Refuse a variant that differs from its source in more than a capture-free renaming."""
    return None if source.fact(_masked) == variant.fact(_masked) else Refusal.BINDINGS_CHANGED


def _is_python(program: AnalysedProgram) -> bool:
    """Whether Python itself parses the program, too."""
    return program.language is Language.PYTHON and parses_in_python(program.source) is True


def _masked(program: AnalysedProgram) -> bytes:
    """The source with every occurrence of a bound name replaced by its binding's number.

    An occurrence that is the key of a property as well has the key in front, as a renaming
    writes it.

    Bindings are numbered by first occurrence. Two programs of equal masked text differ in bound
    names only, and every token refers to the same thing in both: one is a capture-free renaming
    of the other, and all else, string literals and comments included, is byte for byte the same.
    """
    spans = sorted(
        (span.start, span.end, number, span in binding.keyed)
        for number, binding in enumerate(program.scopes.bindings)
        for span in binding.occurrences
    )
    pieces: list[bytes] = []
    position = 0
    for start, end, number, is_key in spans:
        key = program.source[start:end] + b": " if is_key else b""
        # An identifier holds no NUL byte, so no renaming can forge a mask.
        pieces += (program.source[position:start], key, b"\0%d\0" % number)
        position = end
    pieces.append(program.source[position:])
    return b"".join(pieces)


def check_bindings(
    source: AnalysedProgram, variant: AnalysedProgram, origins: Origins, *, may_drop: bool = False
) -> Refusal | None:
    """Refuse a variant in which a name means something else than where it was copied from.

    Tokens that are copies of one binding's tokens have one binding in the variant, which has no
    other tokens but copies of these; unbound tokens stay unbound; a binding of new tokens is new
    as a whole, so that nothing is captured.

    Args:
        source: the program.
        variant: what it became.
        origins: where the variant's bytes come from.
        may_drop: whether names of the source may be missing in the variant.
    """
    owner = {
        span.start: number
        for number, binding in enumerate(source.scopes.bindings)
        for span in binding.occurrences
    }
    free = {span.start for span, _ in source.scopes.unbound}
    to_variant: dict[int, int] = {}
    seen: set[int | None] = set()
    for number, binding in enumerate(variant.scopes.bindings):
        owners: set[int | None] = set()
        for span in binding.occurrences:
            origin = origins.of(span.start)
            seen.add(origin)
            owners.add(_NEW if origin is None else owner.get(origin))
        was = owners.pop()
        if owners or was is None:
            return Refusal.BINDINGS_CHANGED
        if was != _NEW and to_variant.setdefault(was, number) != number:
            return Refusal.BINDINGS_CHANGED
    for span, _ in variant.scopes.unbound:
        origin = origins.of(span.start)
        if origin is not None and origin not in free:
            return Refusal.BINDINGS_CHANGED
        seen.add(origin)
    if not may_drop and not (owner.keys() | free) <= seen:
        return Refusal.BINDINGS_CHANGED
    return None


def check_names(source: AnalysedProgram, variant: AnalysedProgram) -> Refusal | None:
    """Refuse a variant that uses a name for which neither it nor its source has a declaration.

    This is all that can be told of a text without knowing where its parts come from: a name that
    was renamed at one place only stands for nothing at the others.
    """
    known = {name for _, name in source.scopes.unbound}
    new = any(name not in known for _, name in variant.scopes.unbound)
    return Refusal.BINDINGS_CHANGED if new else None


def check_tokens(source: AnalysedProgram, variant: AnalysedProgram) -> Refusal | None:
    """Refuse a variant that differs from its source in more than comments and white space.

    Where white space has a meaning, the syntax trees must be the same too.
    """
    if source.language in LAYOUT_MATTERS:
        same = list(_shape(source.parsed)) == list(_shape(variant.parsed))
    else:
        same = token_texts(source.parsed) == token_texts(variant.parsed)
    return None if same else Refusal.BINDINGS_CHANGED


def _shape(program: ParsedProgram) -> Iterator[tuple[str, int | bytes]]:
    """The nodes in order, each with its number of children or its text: this makes the tree."""
    pending = [program.root]
    while pending:
        node = pending.pop()
        if node.type == "string" or not node.child_count:
            yield node.type, program.source[node.start_byte : node.end_byte]
            continue
        children = [
            child
            for child in node.children
            if child.type not in COMMENTS and child.type != "line_continuation"
        ]
        yield node.type, len(children)
        pending.extend(reversed(children))
