"""A matrix of figures as Markdown, LaTeX (booktabs) or CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from metacompress.characters import visible
from metacompress.report.ci.markdown import escaped, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from metacompress.report.figures.matrix import Cell, Matrix

_NOTHING = "–"
_LATEX = str.maketrans(
    {
        "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}",
        "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    }
)  # fmt: skip


def markdown_table(matrix: Matrix) -> str:
    """The figures as a Markdown table, values in percent with their intervals in brackets; the
    notes stand below.
    """
    headings = [matrix.corner, *(", ".join(map(escaped, heading)) for heading in matrix.columns)]
    rows = [[escaped(name), *map(_text, cells)] for name, cells in matrix.rows]
    notes = [line for note in matrix.notes for line in ("", escaped(note))]
    return "\n".join([*table(headings, rows), *notes]) + "\n"


def latex_table(matrix: Matrix) -> str:
    """The figures as a ``tabular`` of LaTeX, for the package booktabs; the notes stand above."""
    depth = max(map(len, matrix.columns), default=1)
    lines = [f"% {visible(note)}" for note in matrix.notes]
    lines += [rf"\begin{{tabular}}{{l{'r' * len(matrix.columns)}}}", r"\toprule"]
    for level in range(depth):
        names = [heading[level] if level < len(heading) else "" for heading in matrix.columns]
        lines += _heading(matrix.corner if level == depth - 1 else "", names, level < depth - 1)
    lines.append(r"\midrule")
    for name, cells in matrix.rows:
        lines.append(_line([_latex(name), *map(_latex_cell, cells)]))
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def csv_table(matrix: Matrix) -> str:
    """The figures as CSV: value, ends of the interval and verdict, if asked for, in columns.

    Shares are not in percent.
    """
    has_verdicts = any(cell and cell.verdict for _, cells in matrix.rows for cell in cells)
    parts = ("", " low", " high", " verdict") if has_verdicts else ("", " low", " high")
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    headings = [", ".join(heading) for heading in matrix.columns]
    writer.writerow([matrix.corner, *(f"{name}{part}" for name in headings for part in parts)])
    for name, cells in matrix.rows:
        row: list[object] = [visible(name)]
        for cell in cells:
            found = ("",) * 4 if cell is None else (cell.value, cell.low, cell.high, cell.verdict)
            row += found[: len(parts)]
        writer.writerow(row)
    return sink.getvalue()


FORMATS: dict[str, Callable[[Matrix], str]] = {
    "markdown": markdown_table,
    "latex": latex_table,
    "csv": csv_table,
}
"""By name."""


def _text(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return _NOTHING
    interval = ""
    if cell.low is not None and cell.high is not None:
        interval = f" ({_number(cell, cell.low)} to {_number(cell, cell.high)})"
    verdict = f" {cell.verdict}" if cell.verdict else ""
    return f"{_number(cell, cell.value)}{interval}{verdict}"


def _number(cell: Cell, value: float) -> str:
    return f"{100 * value:z.2f}" if cell.is_share else f"{value:z.3f}"


def _latex_cell(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return "--"
    interval = ""
    if cell.low is not None and cell.high is not None:
        low, high = (_minus(_number(cell, end)) for end in (cell.low, cell.high))
        interval = rf" {{\footnotesize({low} to {high})}}"
    verdict = f" {cell.verdict}" if cell.verdict else ""
    return f"{_minus(_number(cell, cell.value))}{interval}{verdict}"


def _minus(number: str) -> str:
    return f"${number}$" if number.startswith("-") else number


def _latex(text: str) -> str:
    return visible(text).translate(_LATEX)


def _line(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _heading(corner: str, names: Sequence[str], joined: bool) -> list[str]:
    """A line of headings; equal neighbours are joined above a rule."""
    cells, rules = [_latex(corner)], []
    start = 0
    while start < len(names):
        end = start + 1
        while joined and end < len(names) and names[end] == names[start]:
            end += 1
        name = _latex(names[start])
        cells.append(name if end - start == 1 else rf"\multicolumn{{{end - start}}}{{c}}{{{name}}}")
        rules.append(rf"\cmidrule(lr){{{start + 2}-{end + 1}}}")
        start = end
    return [_line(cells), *(["".join(rules)] if joined else [])]
