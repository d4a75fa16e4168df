"""False discoveries of slices, and what is found: python benchmarks/statistics/slices.py.

Draws studies with forty slices: number 0, in which the student parts more often by a factor, nine
that overlap with it, and thirty that have nothing to do with it. Prints JSON, of each cell over all
studies:

wrong_share  mean share of those thirty among the slices that are found (10 % are allowed)
any_wrong    studies in which any of the thirty is found
found        studies in which slice 0 is found
wrong_combinations, found_combination
             mean share of combinations found that have no part in slice 0; studies with one that
             has

singles      sources with 4 variants of one mind to some degree
pairs        pairs of programs, each with an effect of its own on every pair that it is in

``--replications`` sets the studies per cell.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys

import numpy as np

from metacompress.relations import make_relation
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.relations.slicing.slices import Slice, estimate_slice
from metacompress.relations.slicing.tree import combinations, halves
from metacompress.stats.intervals.multiplicity import e_bh

SLICES, OVERLAPPING = 40, 10
AGREEMENT = make_relation("prediction-agreement", {})


def properties(rng: np.random.Generator, count: int) -> np.ndarray:
    """Members (SLICES, count) of slices that hold from 5 to 60 % of the programs."""
    members = rng.random((SLICES, count)) < np.linspace(0.05, 0.6, SLICES)[::-1, None]
    members[0] = rng.random(count) < 0.25
    follows = rng.random((OVERLAPPING - 1, count)) < 0.6
    members[1:OVERLAPPING] = np.where(follows, members[0], members[1:OVERLAPPING])
    return members


def drawn(
    rng: np.random.Generator, sources: int, rate: float, factor: float, correlation: float
) -> tuple[Outputs, np.ndarray]:
    members = properties(rng, sources)
    mean = np.where(members[0], min(rate * factor, 0.9), rate)
    precision = 1 / correlation - 1
    chance = rng.beta(mean * precision, (1 - mean) * precision)
    rows = np.repeat(np.arange(sources), 4)
    return _outputs(rng.random(len(rows)) < chance[rows], rows, np.arange(sources)), members[
        :, rows
    ]


def drawn_pairs(
    rng: np.random.Generator, pairs: int, rate: float, factor: float, correlation: float
) -> tuple[Outputs, np.ndarray]:
    programs = pairs // 4
    clusters = rng.integers(0, programs, (pairs, 2))
    members = properties(rng, programs)
    effect = rng.gamma(1 / correlation, correlation, programs)
    inside = members[:, clusters].any(axis=2)
    mean = np.where(inside[0], rate * factor, rate) * effect[clusters].mean(axis=1)
    return _outputs(rng.random(pairs) < mean, np.arange(pairs), clusters), inside


def _outputs(violated: np.ndarray, rows: np.ndarray, clusters: np.ndarray) -> Outputs:
    teacher = np.tile([0.9, 0.1], (len(clusters), 1))
    none = np.zeros(len(clusters), dtype=np.int64)
    sources = Outputs.of_sources(teacher, teacher, none, clusters)
    student = np.where(violated[:, None], teacher[rows][:, ::-1], teacher[rows])
    return sources.follow_ups(teacher[rows], student, rows, Kinds.of(["rename"] * len(rows)))


def study(outputs: Outputs, members: np.ndarray, seed: int) -> tuple[np.ndarray, list[bool]]:
    """Which slices are found, and of the combinations found, whether slice 0 is in them."""
    judgement = AGREEMENT.judge(outputs)
    order = np.random.default_rng(seed).permutation(len(outputs.dependence))

    def log_e(slices: list[Slice]) -> np.ndarray:
        return np.array(
            [
                estimate_slice(one, judgement, outputs, order, confidence=0.95).log_e
                for one in slices
            ]
        )

    single = [Slice.of("property", str(k), inside) for k, inside in enumerate(members)]
    sought, tested = (side[outputs.units] for side in halves(outputs.dependence, seed))
    trees = combinations(single, judgement, outputs, sought, tested)
    found = e_bh(log_e(trees)) if trees else []
    related = set(map(str, range(OVERLAPPING)))
    has_part = [
        bool(related & set(one.name.replace("not ", "").split(", ")))
        for one, stands_out in zip(trees, found, strict=True)
        if stands_out
    ]
    return e_bh(log_e(single)), has_part


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replications", type=int, default=100)
    replications = parser.parse_args().replications
    measured = []
    cells = itertools.product(
        (("singles", drawn), ("pairs", drawn_pairs)), (300, 1000, 2700), (0.05,), (1, 2, 4), (0.3,)
    )
    for (name, draw), sources, rate, factor, correlation in cells:
        wrong, found, combined, wrong_combined = [], [], [], []
        for seed in range(replications):
            rng = np.random.default_rng([seed, sources, int(factor)])
            outputs, members = draw(rng, sources, rate, factor, correlation)
            single, has_part = study(outputs, members, seed)
            # With a factor of 1, every slice is a wrong one.
            null = single if factor == 1 else single[OVERLAPPING:]
            wrong.append(null.sum() / max(single.sum(), 1))
            found.append(single[0])
            parts = [False] * len(has_part) if factor == 1 else has_part
            wrong_combined.append(parts.count(False) / max(len(parts), 1))
            combined.append(any(parts))
        cell = {
            "units": name,
            "sources": sources,
            "rate": rate,
            "factor": factor,
            "wrong_share": float(np.mean(wrong)),
            "any_wrong": float(np.mean(np.array(wrong) > 0)),
            "found": float(np.mean(found)),
            "wrong_combinations": float(np.mean(wrong_combined)),
            "found_combination": float(np.mean(combined)),
        }
        measured.append(cell)
        print(cell, file=sys.stderr, flush=True)
    print(json.dumps({"studies": replications, "cells": measured}, indent=1))


if __name__ == "__main__":
    main()
