"""Markdown for pull requests and job summaries: the verdict first, then a table per suite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.report.ci.outcome import Outcome, Suite

# What Markdown or HTML would obey in a name or a message.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown_text(outcome: Outcome) -> str:
    """The outcome as GitHub-flavoured Markdown."""
    lines = [
        f"## MetaCompress {escaped(outcome.title)}: {outcome.verdict}",
        "",
        escaped(outcome.headline),
        "",
        *warning_lines(outcome),
    ]
    for suite in outcome.suites:
        lines += _suite(suite)
    return "\n".join(lines)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table; cells are Markdown already."""
    return [f"| {' | '.join(cells)} |" for cells in (headings, ["---"] * len(headings), *rows)]


def escaped(text: str) -> str:
    """Text that stands for itself in Markdown, in one line."""
    return _MARKUP.sub(r"\\\1", " ".join(visible(text).split()))


def code(text: str) -> str:
    """Text as code in Markdown, in one line; it may hold backticks itself."""
    line = " ".join(visible(text).split())
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    space = " " if "`" in line else ""
    return f"{fence}{space}{line}{space}{fence}"


def warning_lines(outcome: Outcome) -> list[str]:
    """A list of the reasons to doubt an outcome, with an empty line behind it; empty of none."""
    lines = [f"- **warning** {escaped(warning)}" for warning in outcome.warnings]
    return [*lines, ""] if lines else []


def _suite(suite: Suite) -> Iterator[str]:
    yield f"### {escaped(suite.name)}: {suite.verdict}"
    yield ""
    yield from map(escaped, suite.sentences)
    yield ""
    rows = [
        (
            escaped(row.relation),
            row.part,
            row.value,
            row.interval,
            row.limit,
            f"**{row.verdict}**" if row.verdict else "–",
        )
        for row in suite.rows
    ]
    yield from table(suite.headings, rows)
    yield ""
