"""The names that the edits of a variant changed, and how to take them back in a text."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.parsing import parse
from metacompress.lang.token_classes import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from metacompress.lang.language import Language
    from metacompress.variants.attempt import AppliedEdit


def new_names(source: bytes, edits: Iterable[AppliedEdit]) -> dict[str, str]:
    """What names of a source are called in its variant, each new name for one old one.

    Args:
        source: the program's text.
        edits: all edits of this program, in the order of their steps.

    Raises:
        EditError: they are not edits of this text.
    """
    text, found = source, dict[str, str]()
    for _, step in groupby(edits, key=attrgetter("step")):
        given = list(step)
        renamed = {
            old: edit.replacement
            for edit in given
            for old in [text[edit.start : edit.end].decode(errors="replace")]
            if old != edit.replacement and old.isidentifier() and edit.replacement.isidentifier()
        }
        text, _ = apply_edits(text, [Edit(e.start, e.end, e.replacement) for e in given])
        found = {old: renamed.pop(new, new) for old, new in found.items()} | renamed
    uses = Counter(found.values())
    return {old: new for old, new in found.items() if old != new and uses[new] == 1}


def with_old_names(text: str, prompt: str, language: Language, names: Mapping[str, str]) -> str:
    """What was written behind the prompt of a variant, in the names of the source.

    A new name becomes the old one where the prompt told the new one. An old name that the prompt
    does not have means nothing there that the old one means in the source: it becomes the new one.

    Args:
        text: that was written.
        prompt: in front of it.
        language: of both; with a front end.
        names: see ``new_names``.
    """
    if not names or not text:
        return text
    start = len(prompt.encode())
    program = parse(prompt + text, language)
    spans = [
        (span, program.source[span.start : span.end].decode()) for span in identifiers(program)
    ]
    told = {name for span, name in spans if span.end <= start}
    back = {new: old for old, new in names.items() if new in told}
    hidden = {old: new for new, old in back.items() if old not in told}
    taken_back = hidden | back
    edits = [
        Edit(span.start, span.end, taken_back[name])
        for span, name in spans
        if span.start >= start and name in taken_back
    ]
    changed, _ = apply_edits(program.source, edits)
    return changed[start:].decode(errors="replace")
