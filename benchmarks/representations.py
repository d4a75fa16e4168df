"""Does the similarity of hidden states say which students violate relations?

    python benchmarks/representations.py WORK [SOURCES] > benchmarks/results/representations.json

Makes many students of two teachers, the shared Devign teacher and the shared student taken as one:
quantised, pruned and cut at several strengths, and distilled with little data; the published
students, which have another teacher, stand beside them. One check per teacher compares layers and
finds violation rates on the same sources and renamings. What is made stays in the directory WORK,
where a call that was stopped goes on. Prints JSON: the students, and for every
measure of similarity and every rate the correlations over students, with a bootstrap interval.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import pearsonr, rankdata, spearmanr

import metacompress
from metacompress.compression.posttraining.rounding import round_to_nearest
from metacompress.models.runtime.linear_layers import linear_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEVIGN = SHARED / "data/devign"
TASK = "vulnerability-prediction"
SAMPLE, RESAMPLES, SEED = 150, 2000, 0
_NOISE = 1e-9
HEADLINE = "new disagreement"
RATES = {
    "disagreement on sources": ("prediction-agreement", "sources"),
    "disagreement on follow-ups": ("prediction-agreement", "follow_ups"),
    HEADLINE: ("new-disagreement", "follow_ups"),
    "divergence on follow-ups": ("distribution-similarity", "follow_ups"),
    "invariance not inherited": ("invariance-inheritance", "follow_ups"),
}


def main() -> None:
    work, sources = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 300
    families = [
        (name, SHARED / f"models/devign_{name}", work / name, sources)
        for name in ("teacher", "student")
    ]
    # Libraries that are loaded here have threads, which no fork copies.
    with ProcessPoolExecutor(len(families), mp_context=get_context("spawn")) as pool:
        students = [row for found in pool.map(_family, families) for row in found]
    measures = list(students[0]["similarity"])
    everywhere = [
        _correlation(students, measure, rate, "both") for measure in measures for rate in RATES
    ]
    by_teacher = [
        _correlation([one for one in students if one["teacher"] == name], measure, rate, name)
        for name, *_ in families
        for measure in measures
        for rate in RATES
    ]
    found = {
        "sources": sources,
        "sample": SAMPLE,
        "students": students,
        "count": len(students),
        "correlations": everywhere + by_teacher,
        "headline": [one for one in everywhere if one["rate"] == HEADLINE],
        "new_by_teacher": [one for one in by_teacher if one["rate"] == HEADLINE],
        "by_rate": [
            {"similarity": measure}
            | {
                one["rate"].replace(" ", "_"): one["spearman"][0]
                for one in everywhere
                if one["similarity"] == measure
            }
            for measure in measures
        ],
        "beyond": _beyond(students, measures),
    }
    print(json.dumps(found, indent=1))


def _family(given: tuple[str, Path, Path, int]) -> list[dict[str, Any]]:
    name, teacher, work, sources = given
    work.mkdir(parents=True, exist_ok=True)
    made = dict(_students(name, teacher, work))
    print(f"{name}: {len(made)} students", file=sys.stderr, flush=True)
    checked = metacompress.check(
        str(teacher),
        made,
        str(DEVIGN / "test.jsonl.gz"),
        task=TASK,
        transforms="rename-identifiers",
        limit=sources,
        seed=SEED,
        relations={
            **{relation: {} for relation, _ in RATES.values()},
            "representation-similarity": {"sample": SAMPLE},
        },
        slices=False,
        report=False,
        backend="torch",
        run=work / "run",
        overwrite=True,
    )
    return [
        {
            "teacher": name,
            "student": student,
            "similarity": _similarity(found.representations),
            "rates": {
                rate: getattr(found.relations[relation], part).value
                for rate, (relation, part) in RATES.items()
            },
        }
        for student, found in checked.summary.students.items()
    ]


def _similarity(found: Any) -> dict[str, float | None]:
    """Of the last layers, and of the student's layers with the closest of the teacher, mean."""

    def last(measure: str, part: str) -> float | None:
        value: float | None = getattr(found.tables[part], measure)[-1][-1]
        return value

    def fall(measure: str) -> float | None:
        before, after = last(measure, "sources"), last(measure, "follow_ups")
        return None if before is None or after is None else before - after

    closest = [one.cka.follow_ups.value for one in found.layers if one.teacher_layer is not None]
    return {
        "CKA on sources": last("cka", "sources"),
        "CKA on follow-ups": last("cka", "follow_ups"),
        "fall of CKA": fall("cka"),
        "CKA on follow-ups, mean over layers": float(np.mean(closest)) if closest else None,
        "overlap on sources": last("overlap", "sources"),
        "overlap on follow-ups": last("overlap", "follow_ups"),
        "fall of overlap": fall("overlap"),
    }


def _students(name: str, teacher: Path, work: Path) -> Iterator[tuple[str, str]]:
    """Names and specifications; those that have to be made are written to ``work``."""

    def made(student: str, make: Callable[[Path], object]) -> tuple[str, str]:
        if not (work / student).exists():
            make(work / student)
        return student, str(work / student)

    if name == "teacher":
        yield "distilled-64", str(SHARED / "models/devign_student")
        for kind, place in (
            ("codexglue", "compressor_codebert_vulnerability_prediction"),
            ("graphcodebert", "compressor_graphcodebert_vulnerability_prediction"),
        ):
            yield f"other-{kind}", f"{kind}:{SHARED / 'models' / place}"
        for layers in (3, 2, 1):
            yield made(f"layers-{layers}", _changed(teacher, _cut(layers)))
        yield made("distilled-32-briefly", _distilled(teacher, layers=1, hidden=32))
        yield made("distilled-64-briefly", _distilled(teacher, layers=2, hidden=64))
    for bits in (4, 3, 2):
        yield made(f"int{bits}", _changed(teacher, _rounding(bits)))
    graph = work / "onnx"
    if not graph.exists():
        metacompress.export(teacher, graph, hidden_states=True)
    _, place = made("int8", lambda out: metacompress.quantize(f"onnx:{graph}", out))
    yield "int8", f"onnx:{place}"
    strengths: dict[str, tuple[float, ...]] = {
        "magnitude": (0.2, 0.4, 0.5, 0.6, 0.7, 0.8),
        # The small one has two heads a layer.
        "heads": (0.25, 0.5) if name == "teacher" else (0.5,),
        "feed_forward": (0.1, 0.25, 0.5, 0.75),
    }
    for kind, shares in strengths.items():
        for share in shares:
            yield made(f"{kind}-{share}", partial(metacompress.prune, teacher, **{kind: share}))
    pruned = work / "magnitude-0.7"
    yield made(f"{pruned.name}-retrained", _distilled(teacher, model=str(pruned)))


def _changed(teacher: Path, change: Callable[[Any], None]) -> Callable[[Path], None]:
    """What writes the teacher after ``change``."""

    def write(out: Path) -> None:
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        model = AutoModelForSequenceClassification.from_pretrained(teacher)
        with torch.no_grad():
            change(model)
        model.save_pretrained(out)
        AutoTokenizer.from_pretrained(teacher).save_pretrained(out)

    return write


def _rounding(bits: int) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        for _, weights, _ in linear_weights(model.base_model):
            weights.copy_(round_to_nearest(weights, bits, 32).weights)

    return change


def _cut(layers: int) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        encoder = model.base_model.encoder
        encoder.layer = encoder.layer[:layers]
        model.config.num_hidden_layers = layers

    return change


def _distilled(teacher: Path, **settings: Any) -> Callable[[Path], object]:
    """What distils a student, with far too little data."""

    def write(out: Path) -> object:
        return metacompress.distill(
            str(teacher),
            str(DEVIGN),
            task=TASK,
            split="train",
            limit=600,
            epochs=1,
            seed=SEED,
            out=out,
            **settings,
        )

    return write


def _correlation(
    students: list[dict[str, Any]], measure: str, rate: str, teacher: str
) -> dict[str, Any]:
    """Spearman's and Pearson's, with percentile intervals over resampled students."""
    x = np.array([one["similarity"][measure] for one in students], dtype=np.float64)
    y = np.array([one["rates"][rate] for one in students], dtype=np.float64)
    # A rate may be of no input, and a layer may tell no inputs apart.
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    rng = np.random.default_rng(SEED)
    rows = [rng.integers(0, len(x), len(x)) for _ in range(RESAMPLES)]
    found: dict[str, Any] = {
        "teachers": teacher,
        "similarity": measure,
        "rate": rate,
        "students": len(x),
    }
    for name, statistic in (("spearman", spearmanr), ("pearson", pearsonr)):
        again = [
            float(statistic(x[row], y[row]).statistic)
            for row in rows
            if np.ptp(x[row]) > 0 and np.ptp(y[row]) > 0
        ]
        low, high = np.quantile(again, [0.025, 0.975])
        found[name] = [round(float(one), 4) for one in (statistic(x, y).statistic, low, high)]
    return found


def _beyond(students: list[dict[str, Any]], measures: list[str]) -> list[dict[str, Any]]:
    """What a measure says of new disagreement beyond the disagreement on sources.

    Partial correlation of ranks: of what is left of both after a line in the ranks of the latter,
    which a user knows without looking inside.
    """
    rows = []
    known = np.array([one["rates"]["disagreement on sources"] for one in students])
    new = np.array([one["rates"][HEADLINE] for one in students], dtype=np.float64)
    rng = np.random.default_rng(SEED)
    for measure in measures:
        x = np.array([one["similarity"][measure] for one in students], dtype=np.float64)
        kept = np.flatnonzero(np.isfinite(x) & np.isfinite(new))
        again = []
        for _ in range(RESAMPLES):
            drawn = rng.choice(kept, len(kept))
            again.append(_partial(x[drawn], new[drawn], known[drawn]))
        figures = (
            _partial(x[kept], new[kept], known[kept]),
            *np.nanquantile(again, [0.025, 0.975]),
        )
        rows.append(
            {
                "similarity": measure,
                "students": len(kept),
                "partial": [round(float(one), 4) for one in figures],
            }
        )
    return rows


def _partial(x: np.ndarray, y: np.ndarray, given: np.ndarray) -> float:
    ranks = [rankdata(one) for one in (x, y, given)]
    line = np.column_stack([np.ones(len(given)), ranks[2]])
    left = [one - line @ np.linalg.lstsq(line, one, rcond=None)[0] for one in ranks[:2]]
    scale = float(np.linalg.norm(left[0]) * np.linalg.norm(left[1]))
    return float(left[0] @ left[1]) / scale if scale > _NOISE else float("nan")


if __name__ == "__main__":
    main()
