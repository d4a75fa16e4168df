"""Tables of results, as text and as HTML for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNDEFINED = "–"


def rate_text(rate: float | None, low: float | None, high: float | None) -> str:
    """A share with its interval, in percent."""
    ends = _UNDEFINED if low is None or high is None else f"{100 * low:z.2f} to {100 * high:z.2f}"
    return f"{_UNDEFINED if rate is None else format(100 * rate, 'z.2f')} % ({ends})"


def text_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A title, and rows under their columns."""
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (columns, *rows)
    ]
    return "\n".join([title, *(f"  {line}" for line in lines)])


def html_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same as HTML; whatever a cell holds is text."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f"<table><caption>{escape(title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
