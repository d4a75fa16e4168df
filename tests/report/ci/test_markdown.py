from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from metacompress.report.ci.badge import badge_svg
from metacompress.report.ci.markdown import escaped, markdown_text
from metacompress.report.ci.outcome import Outcome, Suite, check_outcome
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    import metacompress


def test_markdown_holds_every_row(checked: metacompress.CheckResult) -> None:
    text = markdown_text(check_outcome(checked.summary))
    assert text.startswith(f"## MetaCompress check of vulnerability-prediction: {checked.verdict}")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ") and not line.startswith(("| ---", "| relation"))
    ]
    expected = [
        [name, part.words, f"{100 * judged.value:.2f} %", f"**{judged.verdict}**"]
        for found in checked.students.values()
        for name, one in found.relations.items()
        for part, judged in one.parts()
        if judged.value is not None
    ]
    assert [[*row[:3], row[5]] for row in rows if row[2] != "–"] == expected


def test_names_stand_for_themselves() -> None:
    assert escaped("a|b <script>\n`x` _y_") == r"a\|b \<script\> \`x\` \_y\_"


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_badge_says_the_verdict(verdict: Verdict) -> None:
    outcome = Outcome("check", "", verdict, [Suite("s", verdict, [], [])], fidelity="95.2 %")
    svg = badge_svg(outcome)
    root = ET.fromstring(svg)
    texts = [element.text for element in root.iter() if element.tag.endswith("}text")]
    assert texts == ["fidelity", f"{verdict}, 95.2 %"]
    assert not re.search(r"(href|src|url)\b", svg.replace("http://www.w3.org/2000/svg", ""))


def test_colours_of_the_badge_differ() -> None:
    badges = [
        badge_svg(Outcome("check", "", one, [Suite("s", one, [], [])])).replace(one, "")
        for one in Verdict
    ]
    assert len({re.search(r'z" fill="(#\w+)"', badge)[1] for badge in badges}) == 3
