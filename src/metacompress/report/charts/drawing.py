"""What all charts share: their style, their colours, and how a figure becomes SVG text."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from matplotlib.ticker import NullFormatter

from metacompress.data.part import Part
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

TEACHER_COLOUR, STUDENT_COLOUR = "#1f5fa8", "#c8501e"
PART_COLOURS = {Part.SOURCES: "#444444", Part.FOLLOW_UPS: "#8a3ea8"}
VERDICT_COLOURS = {Verdict.PASS: "#1c7c3c", Verdict.FAIL: "#b3261e", Verdict.UNDECIDED: "#9a6b00"}
NOT_JUDGED = "#8a919b"
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "metacompress",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "axes.axisbelow": True,
    "legend.frameon": False,
}


def svg(figure: Figure, *, crop: bool = True) -> str:
    """Draw a figure as an SVG element to stand inside of a page.

    Args:
        figure: to draw.
        crop: whether its empty edges are cut off; charts that stand in columns keep them.
    """
    buffer = io.StringIO()
    figure.savefig(
        buffer, format="svg", bbox_inches="tight" if crop else None, metadata={"Date": None}
    )
    # An SVG inside of a page needs no XML prologue.
    text = buffer.getvalue()
    return text[text.index("<svg") :]


def exact_percent(value: float, _: object) -> str:
    """The label of a tick: it says where the tick stands, to all its digits."""
    return f"{100 * value:.6g} %"


def number_ticks(axis: Axis) -> None:
    """Label the large ticks of a logarithmic axis with plain numbers, and the small ones not.

    Powers of ten in mathematical type take several times as long to draw.
    """
    axis.set_major_formatter(lambda value, _: f"{value:,g}")
    axis.set_minor_formatter(NullFormatter())


def unique_ids(svg: str, prefix: str) -> str:
    """Prefix all ids of an SVG, so that several charts can share one page."""
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'xlink:href="#', f'xlink:href="#{prefix}-', svg)
    return re.sub(r"url\(#", f"url(#{prefix}-", svg)
