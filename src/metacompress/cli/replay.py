"""``metacompress replay``: does a student still violate what an earlier one did?"""

from __future__ import annotations

from metacompress.cli.exits import verdict_status
from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.replay.config import ReplayConfig


@takes(ReplayConfig, positional=("file",))
def replay(settings: ReplayConfig, *, json: Json = False, progress: Progress) -> int:
    """Ask a student about counterexamples that another one was found by.

    FILE is the counterexamples.json that check --shrink N leaves in its run directory: programs,
    relation and answers, a few kilobytes, to be kept beside the code. Without --teacher, the
    teacher's answers are those in the file.

    Exit status: 0 no relation is violated, 1 one is, 3 no relation applies, 2 an error, 70 an
    internal error.
    """
    from metacompress.report.terminal.replay import print_replay
    from metacompress.study.replay.replaying import replay_counterexamples

    summary = replay_counterexamples(settings, progress=progress)
    if json:
        print_json(summary.content())
    else:
        print_replay(summary)
    return verdict_status(summary.verdict)
