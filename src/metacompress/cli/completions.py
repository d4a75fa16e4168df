"""``metacompress completions``: does a compressed language model write on alike?"""

from __future__ import annotations

from metacompress.cli.exits import verdict_status
from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.completions.config import CompletionsConfig


@takes(CompletionsConfig, positional=("config",))
def completions(
    settings: CompletionsConfig,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> int:
    """Compare how a compressed language model and its teacher complete programs.

    Both read the signature and first lines of a function and write on, the most likely token each
    time, for programs and variants of them: where the student parts from the teacher, how alike the
    texts are, whether the student keeps its completion under a renaming where the teacher does and,
    with --tests, whether the completed programs pass their tests, in the sandbox.

    Exit status: 0 all relations pass, 1 one fails, 3 the data cannot decide, 2 an error, 70 an
    internal error.
    """
    from metacompress.report.html import write_report
    from metacompress.report.pages.completions import completions_page
    from metacompress.report.terminal.completions import print_completions
    from metacompress.study.completions.study import run_completions
    from metacompress.study.completions.summary import read_completions

    run = run_completions(settings, overwrite=overwrite, progress=progress)
    summary = read_completions(run)
    page = write_report(run, summary, completions_page)
    if json:
        print_json(summary.content())
    else:
        print_completions(summary, page)
    return verdict_status(summary.verdict)
