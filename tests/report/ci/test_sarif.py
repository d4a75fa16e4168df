from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from placed import FILES

import metacompress
from metacompress.data.part import Part
from metacompress.report.ci.sarif import sarif_text
from metacompress.runs.run_directory import RunDirectory
from metacompress.stats.verdict import Verdict

# Published with an npm package; make test brings it.
SCHEMA = Path(__file__).parents[3] / "build/schemas/sarif-2.1.0.json"


@pytest.fixture(scope="module")
def log(checked: metacompress.CheckResult) -> dict[str, Any]:
    return json.loads(sarif_text(RunDirectory(checked.run), checked.summary))


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    if not SCHEMA.is_file():
        pytest.skip("no schema: make schemas")
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text()))


def test_the_file_is_valid(log: dict[str, Any], schema: jsonschema.Draft4Validator) -> None:
    schema.validate(log)
    del log["runs"][0]["results"][0]["message"]["text"]
    assert not schema.is_valid(log)


def test_each_violation_is_a_result(checked: metacompress.CheckResult, log: dict[str, Any]) -> None:
    table = checked.violations
    violated = table.filter(table["violated"])
    for run, (name, found) in zip(log["runs"], checked.students.items(), strict=True):
        rows = [row for row in violated.to_pylist() if row["student"] == name]
        assert len(run["results"]) == len(rows) > 0
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert rules == list(found.relations)
        prints = {one["partialFingerprints"]["violation/v1"] for one in run["results"]}
        assert len(prints) == len(rows)
        for one in run["results"]:
            assert rules[one["ruleIndex"]] == one["ruleId"]
            part = Part(f"{one['properties']['inputs'].replace('-', '_')}s")
            verdict = dict(found.relations[one["ruleId"]].parts())[part].verdict
            assert (one["level"] == "error") == (verdict is Verdict.FAIL)


def test_results_stand_at_file_and_line(log: dict[str, Any]) -> None:
    """Sources at the first line of their function, renamings at the first line they change."""
    for one in log["runs"][0]["results"]:
        (location,) = one["locations"]
        number = int(location["logicalLocations"][0]["fullyQualifiedName"].removeprefix("f"))
        place = location["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == f"src/part {number % FILES}.c"
        below = place["region"]["startLine"] - (1 + 10 * (number // FILES))
        # A renaming of the first parameter or function changes the first line, others a later one.
        assert below == 0 if one["properties"]["inputs"] == "source" else 0 <= below <= 4


def test_no_id_turns_a_message_round(tmp_path: Path) -> None:
    programs = [
        {"id": f"a\u202e{k}", "code": f"int f{k}(int a) {{ return a + {k}; }}", "label": 0}
        for k in range(4)
    ]
    settings = {"task": "vulnerability-prediction", "language": "c", "report": False}
    found = metacompress.check("mock:", "mock:?seed=1", programs, run=tmp_path, **settings)
    text = sarif_text(RunDirectory(found.run), found.summary)
    messages = [one["message"]["text"] for one in json.loads(text)["runs"][0]["results"]]
    assert len([one for one in messages if r" on a\u202e" in one]) == len(messages) > 0
