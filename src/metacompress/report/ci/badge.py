"""The verdict as a badge: one small SVG file that loads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from metacompress.report.ci.outcome import Outcome

# White text has a contrast of at least 4.5 to each.
_COLOURS = {Verdict.PASS: "#2b7a3d", Verdict.FAIL: "#c0362c", Verdict.UNDECIDED: "#8a6100"}
_LABEL = "fidelity"
_LABEL_COLOUR = "#484f58"
_HEIGHT, _MARGIN = 20, 7
# Advance widths of Verdana and DejaVu Sans at this size, in pixels.
_NARROW, _WIDE = "fijlrt,.: ", "m%"
_WIDTHS = {**dict.fromkeys(_NARROW, 3.8), **dict.fromkeys(_WIDE, 10.6)}
_WIDTH = 6.8


def badge_svg(outcome: Outcome) -> str:
    """The outcome as SVG.

    Text is stretched to its room, so that it fits in whatever font a reader has.
    """
    figure = "" if outcome.fidelity is None else f", {outcome.fidelity}"
    value = f"{outcome.verdict}{figure}"
    left, right = (_room(text) + 2 * _MARGIN for text in (_LABEL, value))
    texts = "\n".join(
        f'  <text x="{start + _MARGIN}" y="14" textLength="{width - 2 * _MARGIN}">{text}</text>'
        for start, width, text in ((0, left, _LABEL), (left, right, value))
    )
    title = f"{_LABEL}: {value}"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" role="img" \
aria-label="{title}">
  <title>{title}</title>
  <rect width="{left + right}" height="{_HEIGHT}" rx="3" fill="{_LABEL_COLOUR}"/>
  <path d="M{left} 0h{right - 3}q3 0 3 3v14q0 3-3 3h-{right - 3}z" \
fill="{_COLOURS[outcome.verdict]}"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
{texts}
  </g>
</svg>
"""


def _room(text: str) -> int:
    return round(sum(_WIDTHS.get(character, _WIDTH) for character in text))
