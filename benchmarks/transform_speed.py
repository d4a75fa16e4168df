"""Variants a second on one core, for the Devign functions next to the median length.

    python benchmarks/transform_speed.py

Each variant is parsed and its bindings are compared with the source's; the source is parsed and
resolved once. The floor is what parsing and resolving the variants alone costs.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from metacompress.data.loading import load_dataset
from metacompress.garbage import collect_seldom
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import CorpusNaming

SHARED = Path(__file__).resolve().parents[2] / "shared"
FUNCTIONS, ROUNDS = 200, 5


def main() -> None:
    """Measure, and print JSON."""
    # As every command does.
    collect_seldom()
    data = load_dataset(SHARED / "data/devign", "vulnerability-prediction", split="test")
    texts = [example.programs[0].text for example in data]
    median = statistics.median(map(len, texts))
    texts = sorted(texts, key=lambda text: abs(len(text) - median))[:FUNCTIONS]
    programs = [AnalysedProgram.of(text, Language.C) for text in texts]
    naming = CorpusNaming.of(programs)
    rows = []
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
        rows.append(
            {
                "transformation": name,
                "functions_with_a_site": len(usable),
                "variants_per_second": round(len(variants) / seconds) if variants else None,
                "over_floor": round(seconds / floor, 2) if variants else None,
            }
        )
        print(name, file=sys.stderr)
    measured = {
        "functions": len(programs),
        "median_characters": round(median),
        "draws": ROUNDS,
        "variants_per_second": round(total_variants / total_seconds),
        "transformations": rows,
    }
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
