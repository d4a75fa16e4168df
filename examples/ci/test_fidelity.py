"""Tests of a student, in the test suite of the team that makes it: pytest test_fidelity.py.

MetaCompress brings the fixture; settings that all tests share stand in the marker.
"""

import pytest

pytestmark = pytest.mark.fidelity(
    task="clone-detection", teacher="demo:teacher", data="demo", split="test", limit=20
)


def test_student(fidelity):
    result = fidelity(student="demo:student", at_most=0.6, undecided="pass")
    assert result.summary.models["student"].sources.accuracy > 0.8


@pytest.mark.fidelity(transforms=["flip-comparison"], language="c")
def test_student_on_rewritten_programs(fidelity):
    fidelity(student="demo:student", at_most=0.6, undecided="pass")
