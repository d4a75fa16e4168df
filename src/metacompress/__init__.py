"""Test whether a compressed model of code behaves like the model it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metacompress.api import (
        AttackResult,
        CheckResult,
        attack,
        check,
        distill,
        export,
        train,
        transform,
    )
    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example, Program
    from metacompress.data.loading import load_dataset
    from metacompress.lang.language import Language
    from metacompress.models.classifier import Classifier, Predictions
    from metacompress.models.loading import load_classifier

__version__ = "0.1.0"

# Public names and where they live: imported when first used, so that `import metacompress` and
# `metacompress --help` stay quick.
_EXPORTS = {
    "attack": "metacompress.api",
    "check": "metacompress.api",
    "distill": "metacompress.api",
    "export": "metacompress.api",
    "train": "metacompress.api",
    "transform": "metacompress.api",
    "AttackResult": "metacompress.api",
    "CheckResult": "metacompress.api",
    "Classifier": "metacompress.models.classifier",
    "Dataset": "metacompress.data.dataset",
    "Example": "metacompress.data.example",
    "Language": "metacompress.lang.language",
    "Predictions": "metacompress.models.classifier",
    "Program": "metacompress.data.example",
    "load_classifier": "metacompress.models.loading",
    "load_dataset": "metacompress.data.loading",
}

__all__ = [
    "AttackResult",
    "CheckResult",
    "Classifier",
    "Dataset",
    "Example",
    "Language",
    "Predictions",
    "Program",
    "__version__",
    "attack",
    "check",
    "distill",
    "export",
    "load_classifier",
    "load_dataset",
    "train",
    "transform",
]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        import importlib

        return getattr(importlib.import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
