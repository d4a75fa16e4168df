from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from metacompress.api.shown import rate_text
from metacompress.report.ci.badge import badge_svg
from metacompress.report.ci.junit import junit_xml
from metacompress.report.ci.markdown import code, escaped, markdown_text
from metacompress.report.ci.outcome import Outcome, Suite, check_outcome
from metacompress.report.figures.card import card_section, eval_results
from metacompress.report.figures.settings import CardSettings
from metacompress.report.terminal.check import print_summary
from metacompress.report.wording import percent, points
from metacompress.stats.verdict import Verdict
from metacompress.study.check.summary import CheckSummary

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


def test_every_medium_tells_the_level_of_an_interval(
    checked: metacompress.CheckResult, capsys: pytest.CaptureFixture[str]
) -> None:
    text = markdown_text(check_outcome(checked.summary))
    assert text.count("| value | 95 % interval |") == len(checked.students)
    section = card_section(checked.summary, "other")
    assert "violation rates (of calibration-alignment, " in section
    assert "intervals of 95 %" in section
    # A sequential check has another level where the last test decided.
    content = checked.summary.content()
    content["students"]["other"]["relations"]["robustness-gap"]["follow_ups"]["confidence"] = 0.975
    content["config"]["confidence"] = 0.9
    summary = CheckSummary.model_validate(content)
    text = markdown_text(check_outcome(summary))
    assert text.count("| value | interval |") == text.count("| value | 95 % interval |") == 1
    assert re.search(r"\| robustness-gap \| .* % at 97.5 % \|", text)
    assert "the level that stands beside each" in card_section(summary, "other")
    print_summary(summary, None)
    table = capsys.readouterr().out.partition("Relations: other")[2].partition("Relations: same")[0]
    rows = [line for line in table.splitlines() if re.search(r"(source|follow-up) ", line)]
    assert len(rows) == 14
    assert [line for line in rows if not re.search(r" – .*\d \((95|97.5) %\)", line)] == []


def test_a_zero_has_no_sign() -> None:
    assert [percent(-1e-9), points(-1e-9), rate_text(-1e-9, -1e-9, 0.0)] == [
        "0.00 %", "+0.00", "0.00 % (0.00 to 0.00)",
    ]  # fmt: skip
    assert points(-0.0123) == "-1.23"


def test_code_stands_for_itself() -> None:
    assert [code("a`b"), code("``"), code("x\ny"), code("plain_*")] == [
        "`` a`b ``", "``` `` ```", "`x y`", "`plain_*`",
    ]  # fmt: skip


def test_no_verdict_stands_without_its_doubts(checked: metacompress.CheckResult) -> None:
    content = checked.summary.content()
    doubt = {"name": "cut-inputs", "model": "teacher", "message": "teacher: 76.4 % | cut"}
    summary = CheckSummary.model_validate({**content, "warnings": [doubt]})
    outcome = check_outcome(summary)
    cases = ET.fromstring(junit_xml(outcome)).findall(".//testcase[@name='verdict']")
    assert len(cases) == len(checked.students)
    told = "warning cut-inputs: teacher: 76.4 % | cut"
    assert [case for case in cases if told not in case[0].text] == []
    line = r"- **warning** cut-inputs: teacher: 76.4 % \| cut"
    for text in (markdown_text(outcome), card_section(summary, "other")):
        assert line in text.splitlines()
    results = eval_results(summary, "other", CardSettings(run="run", dataset="me/data"))
    judged = [one for one in results.splitlines() if "fidelity to" in one]
    assert len(judged) > 5
    assert [one for one in judged if not one.endswith(', warning cut-inputs"')] == []
