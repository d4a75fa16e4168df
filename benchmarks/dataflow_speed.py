"""Data-flow graphs a second on one core, beside parsing alone and beside reading kept ones.

OMP_NUM_THREADS=1 python benchmarks/dataflow_speed.py > benchmarks/results/dataflow.json
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

from metacompress import load_dataset
from metacompress.lang.parsing import parse
from metacompress.models.graphcodebert.cache import GraphCache, Reading
from metacompress.models.graphcodebert.dataflow.extraction import extract
from metacompress.models.graphcodebert.dataflow.graph import Nodes

DATA = Path(__file__).resolve().parents[2] / "shared/data/devign"
NEAR_MEDIAN = 500


def main() -> None:
    programs = [
        example.programs[0]
        for example in load_dataset(DATA, "vulnerability-prediction", split="test")
    ]
    programs.sort(key=lambda program: len(program.text))
    middle = len(programs) // 2
    chosen = programs[middle - NEAR_MEDIAN // 2 : middle + NEAR_MEDIAN // 2]
    size = statistics.median(len(program.text) for program in chosen)
    start = time.process_time()
    parsed = [parse(program.text, program.language) for program in chosen]
    parsing = time.process_time() - start
    for one in parsed:
        extract(one, Nodes.EVERY)
    both = time.process_time() - start
    cache = GraphCache()
    for _ in cache.read(programs=chosen, nodes=Nodes.EVERY, reading=Reading.PLAIN):
        pass
    start = time.process_time()
    for _ in cache.read(programs=chosen, nodes=Nodes.EVERY, reading=Reading.PLAIN):
        pass
    kept = time.process_time() - start
    measured = {
        "functions": len(chosen),
        "median_characters": size,
        "graphs_per_second": round(len(chosen) / both),
        "times_parsing": both / parsing,
        "kept_graphs_per_second": round(len(chosen) / kept),
        "kept_times_faster": both / kept,
    }
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
