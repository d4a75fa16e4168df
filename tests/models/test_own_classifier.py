"""A user's own classifier is one file: labels, fingerprint and predict."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.batched import Batched
from metacompress.models.protocols.graph_reading import ReadsGraphs
from metacompress.models.protocols.recording import Recording
from metacompress.models.protocols.white_box import WhiteBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"
# Everything that a user writes. It reads names, so that renaming them changes its answers.
SOURCE = """\
from metacompress import Classifier, Predictions

class Own(Classifier):
    labels = ("safe", "vulnerable")

    def __init__(self, letter):
        self.fingerprint = f"letter {letter}"
        self.letter = letter

    def predict(self, examples):
        count = [one.programs[0].text.count(self.letter) % 2 for one in examples]
        return Predictions.checked([[1 - c, c] for c in count], examples, 2, "own")

teacher, student = Own("a"), Own("b")
"""
STATED = '        self.fingerprint = f"letter {letter}"\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "own_classifier.py").write_text(SOURCE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "own_classifier", raising=False)
    return tmp_path


@pytest.mark.parametrize("study", ["check", "attack"])
def test_it_works_in_every_study(
    study: str, own: Path, make_dataset: Callable[[int], Dataset]
) -> None:
    chosen = {
        "check": {"transforms": ("rename-identifiers",)},
        "attack": {"attacks": "random", "max_queries": 20},
    }
    models = ("python:own_classifier:teacher", "python:own_classifier:student")
    getattr(metacompress, study)(
        *models, make_dataset(60), task=TASK, run=own / study, **chosen[study]
    )
    found = json.loads((own / study / "study.json").read_text())["fingerprints"]
    assert found == {"teacher": "letter a", "student": "letter b"}


def test_it_offers_nothing_that_it_does_not_have(own: Path) -> None:
    classifier = load_classifier("python:own_classifier:teacher", TASK)
    for protocol in (Batched, ReadsGraphs, Recording, WhiteBox):
        assert not isinstance(classifier, protocol)


@pytest.mark.parametrize("written", ["functools.cached_property", "property"])
def test_a_fingerprint_may_be_computed(written: str) -> None:
    computed = f"    @{written}\n    def fingerprint(self):\n        return self.letter\n"
    source = SOURCE.replace(STATED, "").replace("    def predict", f"{computed}\n    def predict")
    names: dict[str, object] = {}
    exec(f"import functools\n{source}", names)
    assert lasting_fingerprint(load_classifier(names["teacher"], TASK)) == "a"


def test_without_a_fingerprint_it_is_known_by_its_identity() -> None:
    names: dict[str, object] = {}
    exec(SOURCE.replace(STATED, ""), names)
    classifier = load_classifier(names["teacher"], TASK)
    assert classifier.fingerprint is None
    assert lasting_fingerprint(classifier) is None


def test_the_base_class_knows_no_kind_of_model() -> None:
    code = (
        "import sys, metacompress.models.protocols.classifier; "
        "print([one for one in sys.modules if 'graphcodebert' in one or 'backends' in one])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.strip() == "[]"
