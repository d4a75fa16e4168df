"""A comparison of two students of one teacher in words: is the second one not worse?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from metacompress.study.check.readings.comparison import Comparison

_HEADLINES = {
    Verdict.PASS: "{} is not worse than the baseline by {}",
    Verdict.FAIL: "{} is worse than the baseline by more than {}",
    Verdict.UNDECIDED: "The data cannot decide whether {} is worse than the baseline by {}",
}


def comparison_headline(found: Comparison) -> str:
    """The verdict as one sentence."""
    return _HEADLINES[found.verdict].format(found.second.student, worse_by(found))


def worse_by(found: Comparison) -> str:
    """The difference from which on a student is worse."""
    points = f"{100 * found.worse_by:g}"
    return f"{points} point" if points == "1" else f"{points} points"


def common_sentence(found: Comparison) -> str:
    """On how many inputs the two were compared."""
    sentence = (
        f"Compared on {found.sources} sources and {found.follow_ups} follow-up inputs, which both "
        f"checks have"
    )
    sides = {"baseline": found.first, "this check": found.second}
    of_more = [
        f"{name}: {one.sources} and {one.follow_ups}"
        for name, one in sides.items()
        if (one.sources, one.follow_ups) != (found.sources, found.follow_ups)
    ]
    return f"{sentence} ({'; '.join(of_more)})." if of_more else f"{sentence}."


def deciding_rows(found: Comparison) -> str:
    """Which rows decided the verdict; empty where it passes."""
    if found.verdict is Verdict.PASS:
        return ""
    rows = [
        f"{relation} on {part.words}"
        for relation, part, row in found.rows()
        if row.verdict is found.verdict
    ]
    word = "Worse" if found.verdict is Verdict.FAIL else "Undecided"
    return f"{word}: {', '.join(rows)}." if rows else "No relation applies to an input."
