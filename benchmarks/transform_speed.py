"""Variants a second on one core, for the Devign functions next to the median length.

    python benchmarks/transform_speed.py

Each variant is parsed and its bindings are compared with the source's; the source is parsed and
resolved once. The floor is what parsing and resolving the variants alone costs.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np

from metacompress.data.loading import load_dataset
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import CorpusNaming

SHARED = Path(__file__).resolve().parents[2] / "shared"
FUNCTIONS, ROUNDS = 200, 5


def main() -> None:
    """Measure and print one line a transformation."""
    data = load_dataset(SHARED / "data/devign", "vulnerability-prediction", split="test")
    texts = [example.programs[0].text for example in data]
    median = statistics.median(map(len, texts))
    texts = sorted(texts, key=lambda text: abs(len(text) - median))[:FUNCTIONS]
    programs = [AnalysedProgram.of(text, Language.C) for text in texts]
    naming = CorpusNaming.of(programs)
    print(f"{len(programs)} functions of {median:.0f} characters, give or take")
    print(f"{'transformation':<24}{'with a site':>12}{'variants/s':>12}{'over floor':>12}")
    total_variants, total_seconds = 0, 0.0
    for name in TRANSFORMS.names():
        transformation = TRANSFORMS.get(name)()
        if Language.C not in transformation.languages:
            continue
        usable = [
            program for program in programs if any(True for _ in transformation.sites(program))
        ]
        variants: list[Variant] = []
        started = time.process_time()
        for index, program in enumerate(usable):
            for draw in range(ROUNDS):
                rng = np.random.default_rng([index, draw])
                outcome = make_variant(transformation, program, naming, rng)
                if isinstance(outcome, Variant):
                    variants.append(outcome)
        seconds = time.process_time() - started
        started = time.process_time()
        for variant in variants:
            _ = AnalysedProgram.of(variant.program.source, Language.C).scopes
        floor = time.process_time() - started
        total_variants += len(variants)
        total_seconds += seconds
        if variants:
            rate = f"{len(variants) / seconds:,.0f}"
            print(f"{name:<24}{len(usable):>12}{rate:>12}{seconds / floor:>12.2f}", flush=True)
        else:
            print(f"{name:<24}{len(usable):>12}{'-':>12}{'-':>12}", flush=True)
    print(f"all: {total_variants / total_seconds:,.0f} variants a second")


if __name__ == "__main__":
    main()
