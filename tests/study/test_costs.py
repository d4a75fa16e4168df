from __future__ import annotations

import metacompress
from metacompress.models.loading import load_classifier
from metacompress.models.runtime.batching import MIN_ROWS
from metacompress.runs.progress import NoProgress
from metacompress.study.costs import ASKED_ENOUGH, cost_of, measure_latency

TASK = "clone-detection"
EXAMPLES = metacompress.load_dataset("demo", TASK, split="test", limit=3).examples


def test_a_model_from_elsewhere_has_no_cost_and_says_why() -> None:
    found = cost_of(load_classifier("mock:", TASK), EXAMPLES)
    assert (found.bytes, found.parameters, found.gflops) == (None, None, None)
    assert found.unknown is not None
    known = cost_of(load_classifier("demo:student", TASK), EXAMPLES)
    assert known.unknown is None
    assert known.gflops is not None
    assert known.gflops > 0


def test_latency_is_measured_where_a_model_was_asked_enough() -> None:
    models = {name: load_classifier(f"demo:{name}", TASK) for name in ("teacher", "student")}
    models["mock"] = load_classifier("mock:", TASK)
    asked = {"teacher": ASKED_ENOUGH, "student": ASKED_ENOUGH - 1, "mock": ASKED_ENOUGH}
    found = measure_latency(models, EXAMPLES, asked, NoProgress())
    assert list(found) == ["teacher"]
    latency = found["teacher"]
    assert 0 < latency.median <= latency.p95
    assert latency.inputs == 3
    assert latency.throughput * latency.batch > 2.9
    assert measure_latency(models, (), asked, NoProgress()) == {}


def test_latency_is_of_one_input_and_no_answer_of_it_stays() -> None:
    model = load_classifier("demo:teacher", TASK)
    (one,) = EXAMPLES[:1]
    steady = model.predict([one]).probabilities
    heights = []

    class Watched(type(model)):  # type: ignore[misc]
        def _padded(self, batch, inputs):  # type: ignore[no-untyped-def]
            heights.append(batch.height)
            return super()._padded(batch, inputs)

    model.__class__ = Watched
    measure_latency({"teacher": model}, EXAMPLES, {"teacher": ASKED_ENOUGH}, NoProgress())
    assert heights[: len(EXAMPLES)] == [1] * len(EXAMPLES)
    assert (model.predict([one]).probabilities == steady).all()
    assert heights[-1] >= MIN_ROWS
