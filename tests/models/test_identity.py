from __future__ import annotations

import functools
import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock, Mock

import numpy as np
import pytest

from metacompress.data.example import Example, Program
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.errors import ModelError, UsageError
from metacompress.lang.language import Language
from metacompress.models.identity import (
    fingerprint_of,
    is_resumable,
    lasting_fingerprint,
    refuse_shared_fingerprint,
)
from metacompress.models.loading import load_classifier
from metacompress.models.naming.object_identity import token_of
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.models.storing.store import PredictionStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TASK = VULNERABILITY_PREDICTION


def always(column: int, texts: list[str]) -> np.ndarray:
    return np.eye(2)[[column] * len(texts)]


class Model:
    """Instances differ by their weights alone."""

    def __init__(self, column: int) -> None:
        self.column = column

    def __call__(self, texts: list[str]) -> np.ndarray:
        return always(self.column, texts)

    def predict(self, texts: list[str]) -> np.ndarray:
        return always(self.column, texts)


class OfAClass(Model):
    fingerprint = "one for all"


class Delegating(Model):
    """Passes on what it has not, and turns the answers round."""

    def __init__(self, inner: Any) -> None:
        super().__init__(1 - inner.column)
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["inner"], name)


class Proxy(Model):
    """Pretends to be the object inside, as those of wrapt do."""

    def __init__(self, inner: Model) -> None:
        object.__setattr__(self, "_inner", inner)

    @property
    def __class__(self) -> type:
        return type(object.__getattribute__(self, "_inner"))

    @property
    def __dict__(self) -> dict[str, Any]:
        return vars(object.__getattribute__(self, "_inner"))

    def __call__(self, texts: list[str]) -> np.ndarray:
        inner = object.__getattribute__(self, "_inner")
        return always(1 - inner.column, texts)


@dataclass(frozen=True)
class Equal:
    """Instances are equal, and have one hash, whatever their weights."""

    name: str = "model"

    def __call__(self, texts: list[str]) -> np.ndarray:
        return always(0, texts)


class Slotted:
    """Allows no weak reference."""

    __slots__ = ("column",)

    def __init__(self, column: int) -> None:
        self.column = column

    def __call__(self, texts: list[str]) -> np.ndarray:
        return always(self.column, texts)


class Pipeline:
    """Has the shape of a text classification pipeline of transformers."""

    def __init__(self, score: float) -> None:
        self.score = score

    def __call__(self, texts: list[str]) -> list[list[dict[str, Any]]]:
        found = {"LABEL_0": self.score, "LABEL_1": 1 - self.score}
        return [[{"label": k, "score": v} for k, v in found.items()] for _ in texts]


def wrapped_pipeline(pipeline: Pipeline) -> Callable[[list[str]], list[list[float]]]:
    def probabilities(texts: list[str]) -> list[list[float]]:
        return [[entry["score"] for entry in row] for row in pipeline(texts)]

    return probabilities


def executed(column: int) -> Callable[[list[str]], np.ndarray]:
    names = {"always": always}
    exec(f"def model(texts): return always({column}, texts)", names)
    return names["model"]  # type: ignore[return-value]


def copied(column: int) -> Callable[[list[str]], np.ndarray]:
    """A decorated function takes over the attributes of the one inside."""

    def inner(texts: list[str]) -> np.ndarray:
        return always(0, texts)

    inner.fingerprint = "inner"  # type: ignore[attr-defined]

    @functools.wraps(inner)
    def outer(texts: list[str]) -> np.ndarray:
        return inner(texts)[:, [column, 1 - column]]

    return outer


class Subclass(Classifier):
    labels = TASK.labels

    def __init__(self, column: int) -> None:
        self.column = column

    def predict(self, examples: Any) -> Predictions:
        return Predictions.checked(always(self.column, examples), examples, 2, "mine")


class SubclassOfOneFingerprint(Subclass):
    fingerprint = "one for all"


PAIRS: dict[str, Callable[[int], Any]] = {
    "lambda": lambda column: lambda texts: always(column, texts),
    "partial": lambda column: functools.partial(always, column),
    "instance": Model,
    "bound method": lambda column: Model(column).predict,
    "fingerprint of the class": OfAClass,
    "delegating": lambda column: Delegating(Model(1 - column)),
    "proxy": lambda column: Proxy(stated(1 - column)),
    "slots": Slotted,
    "pipeline": lambda column: wrapped_pipeline(Pipeline(1.0 - column)),
    "exec": executed,
    "mock": lambda column: Mock(side_effect=lambda texts: always(column, texts)),
    "magic mock": lambda column: MagicMock(side_effect=lambda texts: always(column, texts)),
    "wraps": copied,
    "classifier": Subclass,
    "classifier, fingerprint of the class": SubclassOfOneFingerprint,
}


def example(name: str) -> Example:
    return Example(name, (Program("int f;", Language.C),), 0, name, (name,))


@pytest.mark.parametrize("make", PAIRS.values(), ids=PAIRS)
def test_two_objects_never_share_answers(make: Callable[[int], Any], tmp_path: Path) -> None:
    given = [make(0), make(1)]
    models = [load_classifier(one, TASK) for one in given]
    assert fingerprint_of(models[0]) != fingerprint_of(models[1])
    assert not any(is_resumable(model) for model in models)
    assert [lasting_fingerprint(model) for model in models] == [None, None]
    with PredictionStore(tmp_path / "s.sqlite") as store:
        for column, model in enumerate(models):
            found, asked = store.predict(model, [example("a")])
            assert asked == 1
            assert found.probabilities[0].argmax() == column
            assert store.predict(model, [example("a")])[1] == 0
    # Nothing outlasts the study: an object may change inside.
    with PredictionStore(tmp_path / "s.sqlite") as store:
        assert [store.predict(model, [example("a")])[1] for model in models] == [1, 1]


@pytest.mark.parametrize("make", [PAIRS["lambda"], Model, Subclass], ids=["lambda", "call", "own"])
def test_an_object_is_itself_each_time(make: Callable[[int], Any]) -> None:
    one = make(0)
    first, second = load_classifier(one, TASK), load_classifier(one, TASK)
    assert fingerprint_of(first) == fingerprint_of(second)
    model = Model(0)
    assert token_of(model.predict) == token_of(model.predict) != token_of(model)


def test_equal_objects_are_two() -> None:
    one, other = Equal(), Equal()
    assert one == other
    assert token_of(one) == token_of(one) != token_of(other)


def test_what_takes_the_place_in_memory_of_another_is_another() -> None:
    seen = set()
    places = set()
    for _ in range(200):
        model = Model(0)
        places.add(id(model))
        seen.add(token_of(model))
        del model
        gc.collect(0)
    assert len(seen) == 200
    assert len(places) < 200


def test_a_redefined_function_is_another() -> None:
    tokens = {load_classifier(executed(0), TASK).fingerprint for _ in range(5)}
    assert len(tokens) == 5


class Computed(Model):
    @property
    def fingerprint(self) -> str:
        return f"weights {self.column}"


def stated(column: int) -> Model:
    model = Model(column)
    model.fingerprint = f"weights {column}"  # type: ignore[attr-defined]
    return model


def function(column: int) -> Any:
    model = executed(column)
    model.fingerprint = f"weights {column}"  # type: ignore[attr-defined]
    return model


@pytest.mark.parametrize("make", [stated, Computed, function], ids=["set", "property", "function"])
def test_what_an_object_states_lasts(make: Callable[[int], Any], tmp_path: Path) -> None:
    one, same, other = (load_classifier(make(column), TASK) for column in (0, 0, 1))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert is_resumable(one)
    for asked in (1, 0):
        with PredictionStore(tmp_path / "s.sqlite") as store:
            assert store.predict(one if asked else same, [example("a")])[1] == asked


def test_a_method_has_the_fingerprint_of_its_object() -> None:
    one, other = (load_classifier(stated(column).predict, TASK) for column in (0, 1))
    assert one.fingerprint != other.fingerprint
    assert is_resumable(one)
    assert one.fingerprint != load_classifier(stated(0), TASK).fingerprint


@pytest.mark.parametrize("said", ["", "  ", None, 7, ["weights"], b"weights"], ids=repr)
def test_a_fingerprint_is_a_text(said: object) -> None:
    model = Model(0)
    model.fingerprint = said  # type: ignore[attr-defined]
    assert not is_resumable(load_classifier(model, TASK))


def test_a_fingerprint_that_raises_is_named() -> None:
    class Broken(Model):
        @property
        def fingerprint(self) -> str:
            raise OSError("no weights")

    with pytest.raises(ModelError, match="its fingerprint raised OSError: no weights"):
        load_classifier(Broken(0), TASK)


def test_an_object_that_cannot_be_looked_at_is_one_of_its_own() -> None:
    class Closed(Model):
        def __getattribute__(self, name: str) -> Any:
            if name == "__dict__":
                raise RuntimeError(name)
            return super().__getattribute__(name)

    one, other = (load_classifier(Closed(column), TASK) for column in (0, 1))
    assert fingerprint_of(one) != fingerprint_of(other)

    class Shy(Model):
        @property
        def labels(self) -> list[str]:
            raise OSError("none of your business")

    with pytest.raises(ModelError, match="its attribute labels raised OSError"):
        load_classifier(Shy(0), TASK)


def test_the_order_of_columns_is_part_of_a_fingerprint() -> None:
    model = stated(0)
    before = load_classifier(model, TASK)
    model.labels = ["vulnerable", "safe"]  # type: ignore[attr-defined]
    after = load_classifier(model, TASK)
    assert before.fingerprint != after.fingerprint
    assert after.predict([example("a")]).probabilities[0].tolist() == [0.0, 1.0]
    model.labels = 3  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="attribute labels is 3; expected a list"):
        load_classifier(model, TASK)


def test_distinct_objects_of_one_fingerprint_are_refused() -> None:
    model = stated(0)
    fingerprint = load_classifier(model, TASK).fingerprint
    refuse_shared_fingerprint([("teacher", fingerprint, model), ("student", fingerprint, model)])
    method = [("teacher", "x", model.predict), ("student", "x", model.predict)]
    refuse_shared_fingerprint(method)
    with pytest.raises(ModelError, match="teacher and student: two different objects"):
        refuse_shared_fingerprint([("teacher", "x", model), ("student", "x", stated(0))])
