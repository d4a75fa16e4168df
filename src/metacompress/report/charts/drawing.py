"""Style and colours of all charts, and how a figure becomes SVG text."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from metacompress.characters import visible
from metacompress.data.part import Part
from metacompress.report.charts.vector import inline_svg
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

TEACHER_COLOUR, STUDENT_COLOUR = "#1f5fa8", "#c8501e"
PART_COLOURS = {Part.SOURCES: "#444444", Part.FOLLOW_UPS: "#8a3ea8"}
VERDICT_COLOURS = {Verdict.PASS: "#1c7c3c", Verdict.FAIL: "#b3261e", Verdict.UNDECIDED: "#9a6b00"}
NOT_JUDGED = "#8a919b"
INK, SOFT, GRID, PAPER, BAND = "#222222", "#999999", "#e3e3e3", "#fefefe", "#b9c6d6"
# A page names its colours, so that pictures follow it from light to dark.
_NAMES = {
    TEACHER_COLOUR: "teacher",
    STUDENT_COLOUR: "student",
    PART_COLOURS[Part.SOURCES]: "source",
    PART_COLOURS[Part.FOLLOW_UPS]: "follow-up",
    **{colour: str(verdict) for verdict, colour in VERDICT_COLOURS.items()},
    NOT_JUDGED: "soft",
    INK: "ink",
    "#000000": "ink",
    SOFT: "soft",
    GRID: "line",
    PAPER: "paper",
    BAND: "band",
}
STYLE = {
    "svg.fonttype": "none",
    # A class may be called $x$: names are text, and no formulas.
    "text.parse_math": False,
    "svg.hashsalt": "metacompress",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": GRID,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.axisbelow": True,
    "legend.frameon": False,
}


# A longer name would leave a picture that is not cropped.
_LONGEST_NAME = 24


def short_name(name: str) -> str:
    """A name that data or a user gave, as a picture has room for it."""
    text = visible(" ".join(name.split()))
    half = _LONGEST_NAME // 2
    return text if len(text) <= _LONGEST_NAME else f"{text[:half]}…{text[1 - half :]}"


def svg(figure: Figure, title: str, *, crop: bool = True) -> str:
    """Draw a figure as an SVG element to stand inside of a page.

    Args:
        figure: to draw.
        title: what it shows, for those who do not see it.
        crop: whether its empty edges are cut off; charts that stand in columns keep them.
    """
    buffer = io.StringIO()
    FigureCanvasSVG(figure)
    with warnings.catch_warnings():
        # Text stays text, and a browser has the glyphs that Matplotlib's own font lacks; a legend
        # whose place took a second on a busy machine is the same legend.
        warnings.filterwarnings("ignore", "Glyph|Creating legend", UserWarning)
        # What bbox_inches="tight" finds after drawing the whole figure once more.
        edges = figure.get_tightbbox().padded(mpl.rcParams["savefig.pad_inches"]) if crop else None
        figure.savefig(buffer, format="svg", bbox_inches=edges, metadata={"Date": None})
    return inline_svg(buffer.getvalue(), title, _NAMES)


def small_axes(
    width: float, height: float, *, right: float = 0.22, top: float = 0.12
) -> tuple[Figure, Axes]:
    """Make the figure and the axes of a small chart, with room for labels and ticks around them.

    Charts stand beside each other: the axes of all of a size are in the same place. A figure that
    is not cropped is drawn once instead of twice.

    Args:
        width: of the figure, in inches.
        height: of the figure, in inches.
        right: room beside the axes, in inches.
        top: room above them, in inches.
    """
    left, bottom = 0.78, 0.5
    wide, high = width - left - right, height - bottom - top
    figure = Figure(figsize=(width, height))
    place = left / width, bottom / height, wide / width, high / height
    return figure, figure.add_axes(place)


def exact_percent(value: float, _: object) -> str:
    """The label of a tick: it says where the tick stands, to all its digits."""
    return f"{100 * value:.6g} %"


def number_ticks(axis: Axis) -> None:
    """Label the ticks of a logarithmic axis with plain numbers, and leave out the small ones.

    Powers of ten in mathematical type take several times as long to draw; so do small ticks.
    """
    axis.set_major_formatter(lambda value, _: f"{value:,g}")
    axis.set_minor_locator(NullLocator())
