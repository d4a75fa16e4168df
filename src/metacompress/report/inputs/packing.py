"""All inputs of a page as compressed text, which its script unpacks when a reader asks for it."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.characters import visible_lines
from metacompress.report.inputs.changes import changed_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from metacompress.report.inputs.shown import ShownInput, ShownInputs, ShownSource

PAGE_BYTES = 2_000_000
"""A page stays below this size, so that it can be mailed and attached."""

# A longer program is for an editor. Characters, of all programs of an input.
_MAX_CHARACTERS = 40_000
_LEVEL = 9


@dataclass(frozen=True, slots=True)
class PackedInputs:
    """Inputs in a page.

    Attributes:
        rows: what the table shows, compressed.
        programs: texts of sources and changed lines of variants, compressed.
        found: inputs in the run.
        listed: inputs in ``rows``.
        with_programs: those of them whose programs are in ``programs``.
    """

    rows: str
    programs: str
    found: int
    listed: int
    with_programs: int


def pack(shown: ShownInputs, room: int) -> PackedInputs:
    """Compress inputs into at most ``room`` bytes.

    Programs are left out first, and rows only where even they do not fit; the last ones first.

    Args:
        shown: the inputs.
        room: bytes that ``rows`` and ``programs`` may have together.
    """
    for_rows = room - len(_compressed({}))
    listed, rows = _most(len(shown.inputs), for_rows, lambda count: _rows(shown, count))
    inputs = shown.inputs[:listed]
    left = room - len(rows)
    tried, programs = _most(listed, left, lambda count: _programs(inputs, count))
    with_programs = sum(map(_is_short, inputs[:tried]))
    return PackedInputs(rows, programs, shown.found, listed, with_programs)


def _most(count: int, room: int, make: Callable[[int], str]) -> tuple[int, str]:
    """The largest number up to ``count`` of which ``make`` makes a text that fits, and the text."""
    fitting = make(count)
    if len(fitting) <= room:
        return count, fitting
    fits, does_not, fitting = 0, count, make(0)
    # To one part in a hundred: each try compresses everything.
    while does_not - fits > max(count // 100, 1):
        tried = (fits + does_not) // 2
        text = make(tried)
        if len(text) <= room:
            fits, fitting = tried, text
        else:
            does_not = tried
    return fits, fitting


def _rows(shown: ShownInputs, count: int) -> str:
    inputs = shown.inputs[:count]
    sources = _sources_of(inputs)
    place = {source.id: index for index, source in enumerate(sources)}
    students = _names(one.student for row in inputs for one in row.violations)
    relations = _names(one.relation for row in inputs for one in row.violations)
    languages, slices, labels = (
        _names(source.language for source in sources),
        _names(name for source in sources for name in source.slices),
        {name: index for index, name in enumerate(shown.labels)},
    )
    titles = _names(title for row in inputs for title in row.facets)
    facets = {title: _names(row.facets.get(title, "") for row in inputs) for title in titles}
    figures = _names(title for row in inputs for title in row.figures)
    return _compressed(
        {
            "models": list(shown.models),
            "labels": list(shown.labels),
            "students": list(students),
            "relations": list(relations),
            "languages": list(languages),
            "slices": list(slices),
            "facets": {title: list(values) for title, values in facets.items()},
            "sources": {
                "ids": [one.id for one in sources],
                "labels": [-1 if one.label is None else labels[one.label] for one in sources],
                "languages": [languages[one.language] for one in sources],
                "slices": [[slices[name] for name in one.slices] for one in sources],
                "probabilities": [_thousandths(shown.models, one.probabilities) for one in sources],
            },
            "inputs": {
                "keys": [one.key for one in inputs],
                "ids": [one.id for one in inputs],
                "sources": [place[one.source.id] for one in inputs],
                "facets": {
                    title: [values[one.facets.get(title, "")] for one in inputs]
                    for title, values in facets.items()
                },
                "probabilities": [
                    0 if one.is_source else _thousandths(shown.models, one.probabilities)
                    for one in inputs
                ],
                "violations": [
                    [
                        number
                        for found in one.violations
                        for number in (
                            students[found.student],
                            relations[found.relation],
                            round(found.magnitude, 4),
                        )
                    ]
                    for one in inputs
                ],
                "figures": {title: [one.figures.get(title) for one in inputs] for title in figures},
            },
        }
    )


def _programs(inputs: Sequence[ShownInput], count: int) -> str:
    """Texts of sources and changes of variants, by their places in ``_rows``: next to each other,
    they compress best.
    """
    place = {source.id: index for index, source in enumerate(_sources_of(inputs))}
    by_source: dict[int, dict[str, Any]] = {}
    for row, one in enumerate(inputs[:count]):
        if not _is_short(one):
            continue
        entry = by_source.setdefault(
            place[one.source.id], {"programs": one.source.programs, "of": {}}
        )
        if not one.is_source:
            pairs = zip(one.source.programs, one.programs, strict=True)
            entry["of"][row] = [changed_lines(old, new) for old, new in pairs]
    return _compressed(by_source)


def _is_short(one: ShownInput) -> bool:
    return sum(map(len, [*one.source.programs, *one.programs])) <= 2 * _MAX_CHARACTERS


def _sources_of(inputs: Sequence[ShownInput]) -> list[ShownSource]:
    return list({one.source.id: one.source for one in inputs}.values())


def _names(names: Any) -> dict[str, int]:
    return {name: index for index, name in enumerate(dict.fromkeys(names))}


def _thousandths(models: Sequence[str], probabilities: Any) -> list[list[int]]:
    return [[round(1000 * p) for p in probabilities[name]] for name in models]


def _compressed(content: Any) -> str:
    text = json.dumps(_shown(content), separators=(",", ":"), ensure_ascii=False)
    # Without a time, the same study gives the same bytes.
    return base64.b64encode(gzip.compress(text.encode(), _LEVEL, mtime=0)).decode()


def _shown(content: Any) -> Any:
    """The same with every text as the page shows it."""
    if isinstance(content, str):
        return visible_lines(content)
    if isinstance(content, dict):
        return {_shown(key): _shown(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_shown(one) for one in content]
    return content
