"""``metacompress card``: what the model card of a student says of its check."""

from __future__ import annotations

from pathlib import Path

from metacompress.cli.options import takes
from metacompress.report.figures.settings import CardSettings
from metacompress.terminal import echo


@takes(CardSettings, positional=("run",))
def card(settings: CardSettings) -> None:
    """Print the section of a model card on a checked student; loads no model.

    With --out it also writes .eval_results/metacompress.yaml, from which the Hugging Face Hub shows
    results on the page of the model.
    """
    from metacompress.errors import UsageError
    from metacompress.files.atomic import write_text
    from metacompress.report.figures.card import FILE, card_section, chosen_student, eval_results
    from metacompress.runs.place import run_and_student
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.baselines.finished import require_check
    from metacompress.study.check.summary import read_check

    path, name = run_and_student(settings.run)
    require_check(path)
    summary = read_check(RunDirectory.existing(path))
    student = chosen_student(summary, name)
    if settings.out is not None:
        target, text = Path(settings.out) / FILE, eval_results(summary, student, settings)
        try:
            write_text(target, text)
        except OSError as error:
            reason = error.strerror or error
            raise UsageError(
                f"--out {settings.out}: {target} cannot be written ({reason})", option="out"
            ) from error
    echo(card_section(summary, student), nl=False)
