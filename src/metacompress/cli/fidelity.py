"""``metacompress fidelity``: does a compressed language model predict the next token alike?"""

from __future__ import annotations

from metacompress.cli.exits import verdict_status
from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.fidelity.config import FidelityConfig


@takes(FidelityConfig, positional=("config",))
def fidelity(
    settings: FidelityConfig,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> int:
    """Compare the next-token distributions of a compressed language model with its teacher's.

    Teacher and student read the same programs and variants of them, and are compared at every
    token: divergences both ways, the most likely token, the probability of the token that is there,
    by class of token; and whether the student keeps its most likely token under a renaming where
    the teacher does.

    Exit status: 0 all relations pass, or --by-bytes, 1 one fails, 3 the data cannot decide, 2 an
    error, 70 an internal error.
    """
    from metacompress.report.html import write_report
    from metacompress.report.pages.fidelity import finished_page
    from metacompress.report.renderers.fidelity import show_finished
    from metacompress.study.fidelity.finished import read_finished
    from metacompress.study.fidelity.study import run_fidelity
    from metacompress.study.fidelity.summary import FidelitySummary

    run = run_fidelity(settings, overwrite=overwrite, progress=progress)
    summary = read_finished(run)
    page = write_report(run, summary, finished_page)
    if json:
        print_json(summary.content())
    else:
        show_finished(summary, page)
    return verdict_status(summary.verdict) if isinstance(summary, FidelitySummary) else 0
