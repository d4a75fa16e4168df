"""Which column is which class, whatever the kind of model."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_models import examples

from metacompress.data.task import TASKS
from metacompress.errors import LabelMismatchError, MetaCompressError, UsageError
from metacompress.models.columns import HeadOptions, class_columns
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.classifier import softmax

TASK = "vulnerability-prediction"
LOGITS = np.array([[1.0, 3.0], [0.5, -2.0]])
SWAPPED = LOGITS[:, ::-1]


def logits(own: list[str] | None, count: int | None = 2, **options: str) -> list[list[float]]:
    columns = class_columns(own, count, TASKS.get(TASK), HeadOptions(**options), "m")
    found: list[list[float]] = columns.logits(LOGITS).tolist()
    return found


@pytest.mark.parametrize("own", [None, ["LABEL_0", "LABEL_1"], ["safe", "vulnerable"]])
def test_columns_in_order(own: list[str] | None) -> None:
    assert logits(own) == LOGITS.tolist()


@pytest.mark.parametrize(
    ("own", "options"),
    [
        (["Vulnerable", "SAFE"], {}),
        (["bad", "good"], {"positive": "bad"}),
        (["bad", "good"], {"positive": "0"}),
        (None, {"positive": "0"}),
        (["LABEL_0", "LABEL_1"], {"positive": "label_0"}),
        (["bad", "good"], {"labels": "vulnerable,safe"}),
        (None, {"labels": "vulnerable, safe"}),
        (["x", "y", "z"], {"labels": "vulnerable,safe"}),
        (["safe", "vulnerable"], {"labels": "bad,good", "positive": "bad"}),
    ],
)
def test_columns_that_are_swapped(own: list[str] | None, options: dict[str, str]) -> None:
    assert logits(own, **options) == SWAPPED.tolist()


@pytest.mark.parametrize(
    ("own", "count", "options", "message"),
    [
        (["bad", "good"], 2, {}, r"bad, good.*\?labels=safe,vulnerable.*\?positive="),
        (["a", "b", "c"], 3, {}, "has 3 classes"),
        (None, 1, {}, r"one logit.*\?labels=vulnerable"),
        (None, 2, {"labels": "safe"}, "names 1 columns"),
        (None, 2, {"labels": "safe,unsafe"}, "2 classes"),
        (None, 2, {"labels": "safe,safe"}, "2 classes"),
        (["bad", "good"], 2, {"positive": "worse"}, "no such class; its columns are bad, good"),
        (["bad", "good"], 2, {"positive": "2"}, "numbered 0 to 1"),
        (["safe", "vulnerable"], 2, {"positive": "safe"}, "positive class .* is vulnerable"),
        (["safe", "vulnerable"], 3, {}, "names 2 classes .* 3 columns"),
        (["x"], 1, {}, "one logit"),
    ],
)
def test_columns_that_do_not_say_it(
    own: list[str] | None, count: int, options: dict[str, str], message: str
) -> None:
    with pytest.raises(MetaCompressError, match=message):
        logits(own, count, **options)


def test_positive_is_for_two_classes() -> None:
    with pytest.raises(UsageError, match="two classes"):
        class_columns(None, 26, TASKS.get("demo-problem"), HeadOptions(positive="0"), "m")
    with pytest.raises(LabelMismatchError, match="one logit"):
        class_columns(None, 1, TASKS.get("demo-problem"), HeadOptions(), "m")


@pytest.mark.parametrize(
    ("options", "negative"),
    [
        ({"labels": "vulnerable"}, False),
        ({"positive": "vulnerable"}, False),
        ({"positive": "0"}, False),
        ({"labels": "safe"}, True),
    ],
)
def test_one_logit_is_a_sigmoid(options: dict[str, str], negative: bool) -> None:
    columns = class_columns(None, 1, TASKS.get(TASK), HeadOptions(**options), "m")
    z = np.array([[-1.5], [0.0], [4.0]])
    p = 1 / (1 + np.exp(-z[:, 0]))
    expected = np.stack([p, 1 - p] if negative else [1 - p, p], axis=1)
    np.testing.assert_allclose(softmax(columns.logits(z)), expected)
    np.testing.assert_allclose(columns.probabilities(p[:, None]), expected)
    torch = pytest.importorskip("torch")
    np.testing.assert_allclose(columns.logits(torch.tensor(z)).numpy(), columns.logits(z))


def test_python_callables_with_options(tmp_path, monkeypatch) -> None:
    (tmp_path / "one_number_for_test.py").write_text(
        "def p(texts):\n    return [0.25 for _ in texts]\n"
        "def z(texts):\n    return [[0.0] for _ in texts]\n"
        "def named(texts):\n    return [[0.75, 0.25] for _ in texts]\n"
        "named.labels = ['bad', 'good']\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def first(spec: str) -> list[float]:
        model = load_classifier(f"python:one_number_for_test:{spec}", TASK)
        row: list[float] = model.predict(examples()).probabilities[0].tolist()
        return row

    assert first("p?positive=vulnerable") == [0.75, 0.25]
    assert first("p?labels=safe") == [0.25, 0.75]
    assert first("z?outputs=logits&positive=0") == [0.5, 0.5]
    assert first("named?positive=bad") == [0.25, 0.75]
    with pytest.raises(MetaCompressError, match=r"add \?positive=vulnerable"):
        first("p")
    with pytest.raises(LabelMismatchError, match="bad, good"):
        first("named")


def test_recordings_with_options(tmp_path) -> None:
    (tmp_path / "r.csv").write_text("id,prob_bad,prob_good\n0,0.75,0.25\n")
    (tmp_path / "one.csv").write_text("id,prob\n0,0.75\n")
    (tmp_path / "logit.csv").write_text("id,logit\n0,0\n")
    np.save(tmp_path / "flat.npy", [0.75])

    def first(spec: str) -> list[float]:
        model = load_classifier(f"recorded:{tmp_path}/{spec}", TASK)
        one = examples("int a ;")
        if "npy" in spec:
            (tmp_path / "ids").write_text("0\n")
        row: list[float] = model.predict(one).probabilities[0].tolist()
        return row

    assert first("r.csv?positive=bad") == [0.25, 0.75]
    assert first("r.csv?labels=vulnerable,safe") == [0.25, 0.75]
    assert first("one.csv?positive=vulnerable") == [0.25, 0.75]
    assert first("one.csv?labels=safe") == [0.75, 0.25]
    assert first("logit.csv?positive=vulnerable") == [0.5, 0.5]
    (tmp_path / "ids").write_text("0\n")
    assert first(f"flat.npy?ids={tmp_path}/ids&positive=vulnerable") == [0.25, 0.75]
    with pytest.raises(LabelMismatchError, match=r"\?labels=safe,vulnerable"):
        first("r.csv")
