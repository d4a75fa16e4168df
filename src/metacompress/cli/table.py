"""``metacompress table``: finished runs as a table for a paper, a page or a spreadsheet."""

from __future__ import annotations

from metacompress.cli.options import takes
from metacompress.report.figures.settings import TableSettings
from metacompress.terminal import echo


@takes(TableSettings, positional=("runs",))
def table(settings: TableSettings) -> None:
    """Print finished runs as one table; loads no model.

    Rows are students and columns are relations, with their intervals. LaTeX needs the package
    booktabs. CSV has shares, not percent.
    """
    from metacompress.report.figures.formats import FORMATS
    from metacompress.report.figures.reading import matrix_of_runs

    echo(FORMATS[settings.format](matrix_of_runs(settings)), nl=False)
