"""Rebuild the figures of the documentation from kept summaries: make results.

    python scripts/results.py                      # rebuild the pages
    python scripts/results.py --keep devign runs/devign
                                                   # keep a run's summary, then rebuild the pages
    python scripts/results.py --check              # status 1 where a page is another one

A summary is kept as benchmarks/results/NAME.json; beside it stands what benchmarks that print JSON
have measured. On the page, a comment says which figures stand behind it, up to the comment
``<!-- end -->``:

    <!-- table devign codebert rows=relations verdicts relations=prediction-agreement -->
    <!-- figure devign models.teacher.sources.accuracy percent -->61.35 %<!-- end -->
    <!-- rows transforms transformations transformation over_floor:number:2 -->
    <!-- rows attacks attacks.*.victims.* attack=*1 victim=*2 success=valid_success_rate:percent -->
    <!-- earlier measured -->

``table`` takes names of kept summaries and the options of ``metacompress table``. ``figure`` takes
a name, keys with dots between them, and a format: percent, points, count, number (with digits as in
percent:1), text, or code; it stands in a line of text, after a word. ``rows`` takes a name, keys
that lead to objects, and a column per key of these, each with its format; text without one. A ``*``
among the keys stands for every key; the columns ``*1``, ``*2``, ... tell which. A column may have a
heading before its key, with ``=`` between them. Three values, a list or keys with commas between
them, are one with its interval, and two are an interval. ``earlier`` lists the files whose figures
were not printed by the present benchmark but taken from an earlier page, and what their field of
that name says of them. What stands in between is replaced.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.report.ci.markdown import escaped, table
from metacompress.report.figures.formats import markdown_table
from metacompress.report.figures.reading import matrix_of
from metacompress.report.renderer import finished_run
from metacompress.study.attack.summary import AttackSummary
from metacompress.study.check.summary import CheckSummary

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "docs/results.md", ROOT / "docs/tutorial-shipped-model.md")
KEPT = ROOT / "benchmarks/results"
_MARK = re.compile(
    r"(?P<mark><!-- (?P<kind>table|figure|rows|earlier) (?P<words>[^>\n]+?) -->)"
    r".*?(?P<end><!-- end -->)",
    re.DOTALL,
)
# Markdown takes a line that begins with a comment for HTML, and ends the paragraph before it.
_LINE_BEFORE_FIGURE = re.compile(r"(?<=\S)\n *(?=<!-- figure )")
_FIGURE_AT_START = re.compile(r"^ *<!-- figure [^>]*-->", re.MULTILINE)
_SUMMARIES = {"metacompress.check/2": CheckSummary, "metacompress.attack/1": AttackSummary}


class ResultsError(Exception):
    """A mark on the page that cannot be filled in."""


def rebuilt(page: str, kept: Path = KEPT) -> str:
    """The page with every table and figure made anew.

    Args:
        page: its text.
        kept: directory of the summaries.

    Raises:
        ResultsError: a mark names a summary, a key or a format that is not there, or stands where
            no figure can.
    """

    def fill(found: re.Match[str]) -> str:
        words = found["words"].split()
        try:
            made = _KINDS[found["kind"]](words, kept)
        except (LookupError, ValueError, OSError, TypeError) as error:
            raise ResultsError(f"{found['mark']}: {type(error).__name__}: {error}") from error
        return f"{found['mark']}{made}{found['end']}"

    made = _LINE_BEFORE_FIGURE.sub(" ", _MARK.sub(fill, page))
    if found := _FIGURE_AT_START.search(made):
        raise ResultsError(f"{found[0].strip()}: begins a paragraph; put a word before it")
    return made


def _table(words: list[str], kept: Path) -> str:
    names = [word for word in words if "=" not in word and word != "verdicts"]
    options = dict(word.split("=", 1) for word in words if "=" in word)
    unknown = options.keys() - {"rows", "relations"}
    if unknown:
        raise LookupError(f"no such option: {', '.join(sorted(unknown))}")
    summaries = {}
    for name in names:
        content = _read(name, kept)
        summaries[name] = _SUMMARIES[content["schema"]].model_validate(content)
    rows: Any = options.get("rows", "students")
    relations = tuple(filter(None, options.get("relations", "").split(",")))
    matrix = matrix_of(summaries, rows, relations=relations, verdicts="verdicts" in words)
    # The page says once for all what a note says of each table.
    return f"\n\n{markdown_table(replace(matrix, notes=()))}\n"


def _figure(words: list[str], kept: Path) -> str:
    name, keys, form = words
    return _written(_chosen(_read(name, kept), keys), form)


def _rows(words: list[str], kept: Path) -> str:
    name, path, *columns = words
    if not columns:
        raise LookupError("no column is named")
    headings, cells = [], []
    for column in columns:
        heading, has_heading, rest = column.rpartition("=")
        keys, _, form = rest.partition(":")
        headings.append(escaped((heading if has_heading else keys).replace("_", " ")))
        cells.append((keys, form or "text"))
    rows = []
    for stars, row in _all(_read(name, kept), path.split(".")):
        if not isinstance(row, dict):
            raise TypeError(f"no objects are at {path}")
        known = row | {f"*{number}": key for number, key in enumerate(stars, 1)}
        rows.append([_written(_chosen(known, keys), form) for keys, form in cells])
    return "\n\n" + "\n".join(table(headings, rows)) + "\n\n"


def _earlier(words: list[str], kept: Path) -> str:
    (field,) = words
    found = {path.name: _read(path.stem, kept).get(field) for path in sorted(kept.glob("*.json"))}
    rows = [[f"`{name}`", escaped(text)] for name, text in found.items() if text is not None]
    return "\n\n" + "\n".join(table(["file", field], rows)) + "\n\n"


_KINDS = {"table": _table, "figure": _figure, "rows": _rows, "earlier": _earlier}


def _all(value: Any, keys: list[str], stars: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """What the keys lead to, each with the keys that the stars stand for; of a list, each part."""
    if not keys:
        yield from ((stars, part) for part in (value if isinstance(value, list) else [value]))
    elif keys[0] == "*":
        for key, part in value.items():
            yield from _all(part, keys[1:], (*stars, key))
    else:
        yield from _all(_at(value, keys[0]), keys[1:], stars)


def _chosen(content: Any, keys: str) -> Any:
    found = [reduce(_at, key.split("."), content) for key in keys.split(",")]
    return found if len(found) > 1 else found[0]


def _at(value: Any, key: str) -> Any:
    """The part of an object or a list; of null, null."""
    if value is None:
        return None
    return value[int(key) if isinstance(value, list) else key]


def _written(value: Any, form: str) -> str:
    values = value if isinstance(value, list) else [value]
    if len(values) > 3:
        raise ValueError(f"{len(values)} values are no value with its interval")
    if not values or values[0] is None:
        return "–"
    kind, _, digits = form.partition(":")
    texts = [_number(one, kind, digits) for one in values if one is not None]
    # Seeds that all give the same are no range.
    if len(texts) == 3 and len(set(texts)) > 1:
        texts = [f"{texts[0]} ({texts[1]} to {texts[2]})"]
    elif len(texts) == 2:
        texts = [f"{texts[0]} to {texts[1]}"]
    return texts[0] + (" %" if kind == "percent" else "")


def _number(value: Any, kind: str, digits: str) -> str:
    match kind:
        case "percent":
            return f"{100 * value:z.{digits or 2}f}"
        case "points":
            return f"{100 * value:+.{digits or 2}f}"
        case "count":
            return f"{value:,}"
        case "number":
            return f"{value:,.{digits or 3}f}"
        case "text" if isinstance(value, bool):
            return "yes" if value else "no"
        case "text":
            return escaped(str(value))
        case "code":
            # Of what a program said, Markdown must not make dashes and quotation marks.
            text = " ".join(str(value).split()).replace("|", "\\|")
            return f"`` {text} ``" if "`" in text else f"`{text}`"
    raise ValueError(f"no such format: {kind}")


def _read(name: str, kept: Path) -> Any:
    return json.loads((kept / f"{name}.json").read_text(encoding="utf-8"))


def keep(name: str, run: Path, kept: Path = KEPT) -> Path:
    """Keep the summary of a finished run; returns its file."""
    directory, renderer = finished_run(run)
    content = renderer.read(directory).stored()
    kept.mkdir(parents=True, exist_ok=True)
    target = kept / f"{name}.json"
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def main() -> int:
    """Keep what is asked for, and rebuild or check the pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", nargs=2, metavar=("NAME", "RUN"), help="keep a run's summary")
    parser.add_argument("--check", action="store_true", help="only compare the pages")
    given = parser.parse_args()
    if given.keep is not None:
        sys.stderr.write(f"{keep(given.keep[0], Path(given.keep[1]))}\n")
    others = {}
    for place in PAGES:
        page = place.read_text(encoding="utf-8")
        made = rebuilt(page)
        if made != page:
            others[place] = made
    if given.check:
        return int(bool(others))
    for place, made in others.items():
        place.write_text(made, encoding="utf-8")
        sys.stderr.write(f"{place}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
