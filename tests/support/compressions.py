"""A summary of a compression that nobody has made, for tests of how it is told."""

from __future__ import annotations

from typing import Any

from metacompress.compression.summary import CompressSummary

_COST = {"parameters": 700_000, "megabytes": 2.8, "gflops": 0.1}
_MEASURES = ("accuracy", "agreement", "flips", "test_accuracy", "test_agreement")
_TRIAL = {"accuracy": 0.6, "flips": 0.1, "seconds": 3, "failure": None}


def compress_summary(**changed: Any) -> CompressSummary:
    """A finished compression with three configurations on its front; some fields changed."""
    content = {
        "technique": "avatar",
        "task": "clone-detection",
        "target_mb": 3.0,
        "settings": {"seed": 0},
        "examples": {"train": 100, "valid": 20},
        "chosen": {"hidden": 64},
        "cost": {"exact": _COST, "published": _COST},
        "front": [
            {
                "configuration": {"hidden": hidden},
                "objectives": {"gflops": hidden, "accuracy": 0.6},
            }
            for hidden in (32, 64, 96)
        ],
        "trials": [{"configuration": {"hidden": 32}, **_TRIAL}],
        "students": [{"seed": 0, "model": "students/0", "accuracy": 0.61, "agreement": 0.9}],
        "spread": {
            **dict.fromkeys(_MEASURES),
            "accuracy": {"median": 0.61, "low": 0.6, "high": 0.7},
        },
        "student": {"seed": 0, "model": "students/0"},
    }
    return CompressSummary.model_validate({**content, **changed})
