"""Hidden states in a check: what is asked, of whom, and what is said of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from tiny_models import examples, write_model

import metacompress
from metacompress.errors import ModelError, UsageError
from metacompress.models.loading import load_classifier
from metacompress.relations.registry import DEFAULT_RELATIONS, chosen_relations

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
RELATION = "representation-similarity"
COUNT = 14


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tiny models and functions of their words, whose renamings they can tell."""
    place = tmp_path_factory.mktemp("representing")
    write_model(place / "teacher", "roberta", num_hidden_layers=2, max_position_embeddings=120)
    write_model(place / "student", "roberta", hidden_size=16, max_position_embeddings=120)
    rng = np.random.default_rng(0)
    rows = []
    for k in range(COUNT):
        terms = " + ".join(rng.choice(["a", "b", "( a )", "( b + a )"], size=3 + k % 5))
        rows.append({"idx": k, "func": f"int f ( int a ) {{ int b = a ; return {terms} ; }}"})
        rows[-1]["target"] = k % 2
    (place / "test.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return place


def checked(place: Path, run: Path, **settings: Any) -> metacompress.CheckResult:
    return metacompress.check(
        place / "teacher",
        place / "student",
        place / "test.jsonl",
        **{
            "task": TASK,
            "transforms": "rename-identifiers",
            "slices": False,
            "report": False,
            "backend": "torch",
            "run": run,
            "relations": {"new-disagreement": {}, RELATION: {"neighbours": 3}},
            **settings,
        },
    )


@pytest.fixture(scope="module")
def found(place: Path) -> metacompress.CheckResult:
    # Every input violates the first.
    relations = {"distribution-similarity": {"eps": 1e-12}, RELATION: {"neighbours": 3}}
    return checked(place, place / "run", report=True, relations=relations)


def cka_of_sums(x: np.ndarray, y: np.ndarray) -> float:
    """Debiased CKA by the sums of Song et al. 2012, without what the project computes."""

    def hsic(one: np.ndarray, other: np.ndarray) -> float:
        n = len(one)
        k, m = (z @ z.T * (1 - np.eye(n)) for z in (one, other))
        return float(
            (k * m).sum()
            + k.sum() * m.sum() / ((n - 1) * (n - 2))
            - 2 / (n - 2) * (k.sum(axis=0) @ m.sum(axis=0))
        )

    return hsic(x, y) / np.sqrt(hsic(x, x) * hsic(y, y))


def test_the_value_follows_from_the_states_of_sources_and_follow_ups(
    place: Path, found: metacompress.CheckResult
) -> None:
    made = pq.read_table(found.run / "variants.parquet").to_pylist()
    variants = {row["source_id"]: row["programs"][0] for row in made if row["refusal"] is None}
    source = {
        str(row["idx"]): row["func"]
        for row in map(json.loads, (place / "test.jsonl").read_text().splitlines())
    }
    ids = [one for one in source if one in variants]
    assert len(ids) > 10
    similarity = []
    for texts in (source, variants):
        inputs = examples(*(texts[one] for one in ids))
        states = [
            load_classifier(str(place / name), TASK).hidden_states(inputs)  # type: ignore[attr-defined]
            for name in ("teacher", "student")
        ]
        similarity.append([[cka_of_sums(one, other) for other in states[0]] for one in states[1]])
    relation = found.summary.relations[RELATION]
    assert relation.sources is None
    assert relation.follow_ups is not None
    assert relation.follow_ups.inputs == relation.follow_ups.sources == len(ids)
    expected = similarity[0][-1][-1] - similarity[1][-1][-1]
    assert relation.follow_ups.value == pytest.approx(expected, abs=1e-4)
    reading = found.summary.students["student"].representations
    assert reading is not None
    assert (reading.sources, reading.neighbours) == (len(ids), 3)
    for part, table in zip(("sources", "follow_ups"), similarity, strict=True):
        np.testing.assert_allclose(reading.tables[part].cka, table, atol=1e-4)
    assert [one.layer for one in reading.layers] == [0, 1]
    for one in reading.layers:
        assert one.teacher_layer == int(np.argmax(similarity[0][one.layer]))
        for level in (one.cka.sources, one.cka.follow_ups, one.cka.fall, one.overlap.fall):
            assert level.low <= level.value <= level.high
    recalibration = found.summary.students["student"].recalibration
    assert recalibration is not None
    (part,) = recalibration.relations[RELATION].values()
    assert part.before == part.after


def test_the_report_shows_the_layers(found: metacompress.CheckResult) -> None:
    page = (found.run / "report.html").read_text(encoding="utf-8")
    section, heat_map = (
        page[page.index(f'<section id="{name}"') :].split("</section>", 1)[0]
        for name in ("layers", "heat-map")
    )
    assert section.count("<svg") == 2
    assert "0 (embeddings)" in section
    assert "1 (last)" in section
    # No single input violates it: it has no column among those of where relations are violated.
    assert "distribution-similarity" in heat_map
    assert RELATION not in heat_map
    assert f"– of {found.summary.relations[RELATION].follow_ups.inputs}" in page  # type: ignore[union-attr]


def test_a_sample_is_drawn_by_the_seed(place: Path, found: metacompress.CheckResult) -> None:
    values = []
    for number, seed in enumerate((1, 2)):
        result = checked(
            place,
            place / f"sample{number}",
            store=found.run / "predictions",
            seed=seed,
            relations={RELATION: {"sample": 8}},
        )
        judged = result.summary.relations[RELATION].follow_ups
        assert judged is not None
        assert judged.inputs == 8
        values.append(judged.value)
    assert values[0] != values[1]


def test_without_the_relation_nobody_is_asked(place: Path) -> None:
    asked = []

    class Watched(metacompress.Classifier):
        def __init__(self, seed: int) -> None:
            self._model = load_classifier(f"mock:?seed={seed}", TASK)
            self.labels = self._model.labels

        def predict(self, inputs: Any) -> Any:
            return self._model.predict(inputs)

        def hidden_states(self, inputs: Any) -> list[Any]:
            asked.append(len(inputs))
            return [np.random.default_rng(0).normal(size=(len(inputs), 3))]

    def run(name: str, relations: Any) -> Any:
        return metacompress.check(
            Watched(0),
            Watched(1),
            place / "test.jsonl",
            task=TASK,
            transforms="rename-identifiers",
            slices=False,
            report=False,
            run=place / name,
            relations=relations,
        ).summary.students["student"]

    assert run("plain", "all").representations is None
    assert asked == []
    assert run("asked", ["new-disagreement", RELATION]).representations is not None
    assert asked


def test_all_relations_are_those_that_need_probabilities_alone() -> None:
    assert set(chosen_relations("all") or ()) == set(DEFAULT_RELATIONS)  # type: ignore[call-overload]
    assert RELATION in chosen_relations(["all", RELATION])  # type: ignore[operator]


def test_models_that_tell_none_are_refused_before_they_are_asked(place: Path) -> None:
    with pytest.raises(ModelError, match=r"student \(mock:\) does not tell.*transformers"):
        metacompress.check(
            str(place / "teacher"),
            "mock:",
            place / "test.jsonl",
            task=TASK,
            transforms="rename-identifiers",
            relations=RELATION,
            run=place / "refused",
        )
    assert not (place / "refused" / "variants.parquet").exists()


def test_a_sequential_check_refuses_it(place: Path) -> None:
    with pytest.raises(UsageError, match="cannot be decided source by source"):
        checked(place, place / "sequential", sequential=True)


def test_too_few_sources_decide_nothing(place: Path, found: metacompress.CheckResult) -> None:
    result = checked(place, place / "few", limit=4)
    judged = result.summary.relations[RELATION].follow_ups
    assert judged is not None
    assert judged.verdict is None
    assert judged.value is None
    assert result.summary.students["student"].representations is None
