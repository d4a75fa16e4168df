"""SVG text that stands inside of a page: named, small, and in the colours of the page."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS = 1
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_DEFAULTS = re.compile(r"\s*<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
_FONT = re.compile(r"font-family: [^;\"]*;? ?|font: [^;\"]*?(?=[0-9.]+px)")
_FAMILY = re.compile(r"(font: [0-9.]+px) [^;\"]*")
_NO_TURN = re.compile(r' transform="rotate\(-?0 [^"]*"')
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_PLACES = re.compile(r" (?:d|x|y|width|height|viewBox|transform)=\"[^\"]*\"")
_ID = re.compile(r' id="([^"]+)"')
_USED = re.compile(r"(?:href=\"|url\()#([^\")]+)")
_REFERENCE = re.compile(r"(href=\"#|url\(#)([^\")]+)")
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")
_ROOT = re.compile(r"<svg[^>]*?(width=\"[^\"]+\" height=\"[^\"]+\" viewBox=\"[^\"]+\")[^>]*>")
_PLAIN_GROUP = re.compile(r"<g>\s*(<(?:use|path|text)[^<]*?(?:/>|>[^<]*</text>))\s*</g>")


def inline_svg(text: str, title: str, colours: Mapping[str, str]) -> str:
    """Make an SVG element of what Matplotlib writes.

    It has a role and a title, for those who do not see it; nothing of Matplotlib's that a page has
    no use for; and no more digits than a screen has pixels.

    Args:
        text: of an SVG file.
        title: what the picture shows.
        colours: names of the page's colours by the colour in the file, ``#rrggbb``.
    """
    text = text[text.index("<svg") :]
    text = _DEFAULTS.sub("", _METADATA.sub("", text))
    text = _short_ids(text)
    text = _FAMILY.sub(r"\1", _FONT.sub("", text))
    text = _NO_TURN.sub("", text)
    # Places alone: a number that a reader sees keeps its digits.
    text = _PLACES.sub(lambda found: _NUMBER.sub(_rounded, found.group()), text)
    text = _COLOUR.sub(lambda found: _named(found.group(), colours), text)
    text = re.sub(r"\s*\n\s*", " ", text).replace("> <", "><")
    text = _PLAIN_GROUP.sub(r"\1", text)
    return _ROOT.sub(
        lambda found: (
            f'<svg role="img" xmlns="http://www.w3.org/2000/svg" {found[1]} fill="currentColor" '
            f'stroke-linejoin="round"><title>{escape(title)}</title>'
        ),
        text,
        count=1,
    ).strip()


def _short_ids(text: str) -> str:
    """Leave the ids that something refers to, as i0, i1 and so on: some are named thousands of
    times.
    """
    names = {name: f"i{index}" for index, name in enumerate(dict.fromkeys(_USED.findall(text)))}
    text = text.replace("xlink:href=", "href=")
    text = _ID.sub(lambda found: f' id="{names[found[1]]}"' if found[1] in names else "", text)
    return _REFERENCE.sub(lambda found: found[1] + names[found[2]], text)


def unique_ids(svg: str, prefix: str) -> str:
    """Prefix all ids of an SVG, so that several charts can share one page."""
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = svg.replace('href="#', f'href="#{prefix}-')
    return svg.replace("url(#", f"url(#{prefix}-")


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number.group()):z.{_DIGITS}f}".removesuffix(".0")


def _named(colour: str, colours: Mapping[str, str]) -> str:
    """The page's colour of that name; the colour itself where the SVG stands by itself."""
    return f"var(--{colours[colour]}, {colour})" if colour in colours else colour
