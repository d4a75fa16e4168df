"""Students of a language model on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from metacompress.report.tables.fitting import verdict_headline
from metacompress.report.terminal.place import print_place
from metacompress.report.terminal.warnings import print_warnings
from metacompress.report.wording import student_headline
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from metacompress.report.tables.shown import ShownTable
    from metacompress.study.completions.summary import CompletionsSummary
    from metacompress.study.fidelity.summary import FidelitySummary

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 120


def print_students(
    summary: CompletionsSummary | FidelitySummary,
    tables: Callable[[str, str | None], Iterable[ShownTable]],
    about: str,
    page: Path | None,
) -> None:
    """Print the warnings, the tables and the verdict of every student.

    Args:
        summary: of the study.
        tables: of a student by its name, which is given once more for their titles where there
            are several students.
        about: the programs, in sentences.
        page: the file of the report, if there is one.
    """
    console = make_console(file_width=_FILE_WIDTH)
    print_warnings(console, summary.warnings)
    titles = {name: name if len(summary.students) > 1 else None for name in summary.students}
    for name, title in titles.items():
        for table in tables(name, title):
            table.print(console)
    console.print(about)
    for name, student in summary.students.items():
        sentence = student_headline(titles[name], student.verdict)
        console.print(Text.assemble(verdict_headline(student.verdict), "  ", sentence, "."))
    print_place(console, page)
