"""``metacompress attack``: how much more does a student lose than its teacher?"""

from __future__ import annotations

from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.attack.config import AttackConfig


@takes(AttackConfig, positional=("config",))
def attack(
    settings: AttackConfig,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """Attack a teacher and its student with valid programs, and compare what they lose."""
    from metacompress.report.html import write_report
    from metacompress.report.pages.attack import attack_page
    from metacompress.report.terminal.attacks import print_attacks
    from metacompress.report.tracking import run_name, track_attacks
    from metacompress.runs.tracking import tracked
    from metacompress.study.attack.costs import read_attacks
    from metacompress.study.attack.study import run_attacks

    with tracked(settings.tracker, run_name(settings), progress) as (tracker, shown):
        finished = run_attacks(settings, overwrite=overwrite, progress=shown)
        summary = read_attacks(finished)
        page = write_report(finished, summary, attack_page)
        track_attacks(tracker, finished, summary)
    if json:
        print_json(summary.content())
    else:
        print_attacks(summary, page)
