"""Rebuild the figures of docs/results.md from kept summaries: make results.

    python scripts/results.py                      # rebuild the page
    python scripts/results.py --keep devign runs/devign
                                                   # keep a run's summary, then rebuild the page
    python scripts/results.py --check              # status 1 where the page is another one

A summary is kept as benchmarks/results/NAME.json; beside it stands what benchmarks that print JSON
have measured. On the page, a comment says which figures stand behind it, up to the comment
``<!-- end -->``:

    <!-- table devign codebert rows=relations verdicts relations=prediction-agreement -->
    <!-- figure devign models.teacher.sources.accuracy percent -->61.35 %<!-- end -->
    <!-- rows transforms transformations transformation over_floor:number:2 -->

``table`` takes names of kept summaries and the options of ``metacompress table``. ``figure`` takes
a name, keys with dots between them, and a format: percent, points, count, number (with digits as
in percent:1), or text. ``rows`` takes a name, keys that lead to a list of objects, and a column per
key of these, each with its format; text without one. What stands in between is replaced.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from metacompress.report.ci.markdown import escaped, table
from metacompress.report.figures.formats import markdown_table
from metacompress.report.figures.reading import matrix_of
from metacompress.report.renderer import finished_run
from metacompress.study.attack.summary import AttackSummary
from metacompress.study.check.summary import CheckSummary

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/results.md"
KEPT = ROOT / "benchmarks/results"
_MARK = re.compile(
    r"(?P<mark><!-- (?P<kind>table|figure|rows) (?P<words>[^>\n]+?) -->).*?(?P<end><!-- end -->)",
    re.DOTALL,
)
_SUMMARIES = {"metacompress.check/2": CheckSummary, "metacompress.attack/1": AttackSummary}


class ResultsError(Exception):
    """A mark on the page that cannot be filled in."""


def rebuilt(page: str, kept: Path = KEPT) -> str:
    """The page with every table and figure made anew.

    Args:
        page: its text.
        kept: directory of the summaries.

    Raises:
        ResultsError: a mark names a summary, a key or a format that is not there.
    """

    def fill(found: re.Match[str]) -> str:
        words = found["words"].split()
        try:
            made = _KINDS[found["kind"]](words, kept)
        except (LookupError, ValueError, OSError, TypeError) as error:
            raise ResultsError(f"{found['mark']}: {type(error).__name__}: {error}") from error
        return f"{found['mark']}{made}{found['end']}"

    return _MARK.sub(fill, page)


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
    return f"\n\n{markdown_table(matrix)}\n"


def _figure(words: list[str], kept: Path) -> str:
    name, path, form = words
    return _written(_found(name, path, kept), form)


def _rows(words: list[str], kept: Path) -> str:
    name, path, *columns = words
    forms = {key: form or "text" for key, _, form in (one.partition(":") for one in columns)}
    if not forms:
        raise LookupError("no column is named")
    rows = [
        [_written(row[key], form) for key, form in forms.items()]
        for row in _found(name, path, kept)
    ]
    headings = [escaped(key.replace("_", " ")) for key in forms]
    return "\n\n" + "\n".join(table(headings, rows)) + "\n\n"


_KINDS = {"table": _table, "figure": _figure, "rows": _rows}


def _found(name: str, path: str, kept: Path) -> Any:
    value = _read(name, kept)
    for key in path.split("."):
        value = value[int(key) if isinstance(value, list) else key]
    return value


def _written(value: Any, form: str) -> str:
    if value is None:
        return "–"
    kind, _, digits = form.partition(":")
    match kind:
        case "percent":
            return f"{100 * value:.{digits or 2}f} %"
        case "points":
            return f"{100 * value:+.{digits or 2}f}"
        case "count":
            return f"{value:,}"
        case "number":
            return f"{value:.{digits or 3}f}"
        case "text":
            return escaped(str(value))
    raise ValueError(f"no such format: {form}")


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
    """Keep what is asked for, and rebuild or check the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", nargs=2, metavar=("NAME", "RUN"), help="keep a run's summary")
    parser.add_argument("--check", action="store_true", help="only compare the page")
    given = parser.parse_args()
    if given.keep is not None:
        sys.stderr.write(f"{keep(given.keep[0], Path(given.keep[1]))}\n")
    page = PAGE.read_text(encoding="utf-8")
    made = rebuilt(page)
    if given.check:
        return int(made != page)
    if made != page:
        PAGE.write_text(made, encoding="utf-8")
        sys.stderr.write(f"{PAGE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
