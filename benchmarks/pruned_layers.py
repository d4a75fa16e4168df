"""Which layers of a pruned classifier carry its violations.

    python benchmarks/pruned_layers.py TEACHER DATA [LIMIT] > benchmarks/results/pruned-layers.json

The smallest two fifths of the numbers of every matrix become 0, without any training afterwards;
one layer at a time is put back. Prints JSON: violation rates, and every swap with its effects on
variants.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

import metacompress
from metacompress.models.protocols.mixable import Mixable

TASK = "vulnerability-prediction"
PRUNED = 0.4


def measured(teacher: str, data: str, limit: int) -> dict[str, Any]:
    """Prune, and locate."""
    model = metacompress.load_classifier(teacher, TASK)
    if not isinstance(model, Mixable):
        sys.exit(f"{teacher}: its tensors cannot be replaced")
    matrices = {name: values for name, values in model.tensors().items() if values.ndim == 2}
    student = model.with_tensors({name: _pruned(values) for name, values in matrices.items()})
    with tempfile.TemporaryDirectory() as scratch:
        found = metacompress.locate(
            model,
            student,
            data,
            task=TASK,
            transforms="rename-identifiers",
            swaps="layers",
            limit=limit,
            workers=1,
            report=False,
            run=Path(scratch) / "run",
        ).summary
    return {
        "sources": found.data.sources,
        "variants": found.data.variants,
        "violated": found.violated,
        "swaps": [
            {
                "layer": swap.name,
                "numbers": swap.parameters,
                "distance": swap.distance,
                "removed": swap.follow_ups.removed.value,
                "removed_interval": _ends(swap.follow_ups.removed),
                "caused": swap.follow_ups.caused.value,
                "caused_interval": _ends(swap.follow_ups.caused),
            }
            for swap in (found.everything, *found.swaps)
            if swap.follow_ups is not None
        ],
    }


def _pruned(values: np.ndarray) -> np.ndarray:
    size = np.abs(values)
    return np.where(size < np.quantile(size, PRUNED), 0, values)


def _ends(effect: Any) -> str:
    return f"{100 * effect.low:.2f} to {100 * effect.high:.2f}"


if __name__ == "__main__":
    teacher, data = sys.argv[1:3]
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    print(json.dumps(measured(teacher, data, limit), indent=1))
