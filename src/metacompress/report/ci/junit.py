"""JUnit XML: a suite per student, a test case per relation and part, and one for the verdict.

The elements are those of the schema of Jenkins (junit-4.xsd), which other systems read as well. A
suite has no time: the same study gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from metacompress.characters import visible
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.report.ci.outcome import Outcome, Suite


def junit_xml(outcome: Outcome, undecided: str | None = None) -> str:
    """The outcome as JUnit XML.

    Args:
        outcome: of a finished study.
        undecided: verdict that an undecided one counts as; None for a skipped test case.
    """
    root = Element("testsuites", name=f"metacompress {visible(outcome.title)}")
    for suite in outcome.suites:
        root.append(_suite(suite, undecided, outcome.warnings))
    for count in ("tests", "failures"):
        root.set(count, str(sum(int(suite.attrib[count]) for suite in root)))
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=False).join((_DECLARATION, "\n"))


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _suite(suite: Suite, undecided: str | None, warnings: Sequence[str]) -> Element:
    name = visible(suite.name)
    element = Element("testsuite", name=name)
    for row in suite.rows:
        _case(element, row.title, name, row.verdict, row.sentence, undecided)
    # All rows together may fail where none does, and no verdict stands without its doubts.
    said = "\n".join([" ".join(suite.sentences), *(f"warning {one}" for one in warnings)])
    _case(element, "verdict", name, suite.verdict, said, undecided)
    element.set("tests", str(len(element)))
    element.set("failures", str(len(element.findall("testcase/failure"))))
    element.set("errors", "0")
    element.set("skipped", str(len(element.findall("testcase/skipped"))))
    return element


def _case(
    suite: Element,
    title: str,
    classname: str,
    verdict: Verdict | None,
    sentence: str,
    undecided: str | None,
) -> None:
    case = SubElement(suite, "testcase", name=title, classname=classname)
    text = visible(sentence)
    is_undecided = verdict is Verdict.UNDECIDED
    if is_undecided and undecided is not None:
        verdict = Verdict(undecided)
    if verdict is Verdict.FAIL:
        kind = "undecided" if is_undecided else "violated"
        SubElement(case, "failure", type=kind, message=f"{kind}: {text}").text = text
    elif verdict is None or verdict is Verdict.UNDECIDED:
        SubElement(case, "skipped").text = f"undecided: {text}" if verdict else text
    else:
        SubElement(case, "system-out").text = f"undecided: {text}" if is_undecided else text
