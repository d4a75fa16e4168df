"""Test whether a compressed model of code behaves like the model it came from."""

from __future__ import annotations

# Not imported from typing: what the command imports before it can answer Ctrl-C stays small.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from metacompress import errors
    from metacompress.api.comparisons import ComparisonResult, compare
    from metacompress.api.completions import CompletionsResult, completions
    from metacompress.api.fidelity import FidelityResult, fidelity
    from metacompress.api.locating import LocateResult, locate
    from metacompress.api.making import compress, distill, export, prune, quantize, train
    from metacompress.api.planning import plan
    from metacompress.api.repairing import repair
    from metacompress.api.replaying import replay
    from metacompress.api.results import AttackResult, CheckResult
    from metacompress.api.runs import load_run
    from metacompress.api.studies import attack, check, predict, transform
    from metacompress.attacks.engine.base import Attack
    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example, Program
    from metacompress.data.loading import load_dataset
    from metacompress.data.task import Task
    from metacompress.errors import MetaCompressError
    from metacompress.lang.edits import Edit, Span
    from metacompress.lang.language import Language
    from metacompress.models.loading import load_classifier
    from metacompress.models.protocols.classifier import Classifier, Predictions
    from metacompress.relations.base import Relation
    from metacompress.relations.judgement import Judgement
    from metacompress.relations.outputs import Outputs
    from metacompress.runs.tracking import Tracker
    from metacompress.transforms.base import FixedTransformation, Site, Transformation
    from metacompress.transforms.gate import Gate
    from metacompress.transforms.level import Level

__version__ = "0.1.0"

# Public names and where they live: imported when first used, so that `import metacompress` and
# `metacompress --help` stay quick.
_EXPORTS = {
    "attack": "metacompress.api.studies",
    "check": "metacompress.api.studies",
    "compare": "metacompress.api.comparisons",
    "completions": "metacompress.api.completions",
    "compress": "metacompress.api.making",
    "distill": "metacompress.api.making",
    "export": "metacompress.api.making",
    "fidelity": "metacompress.api.fidelity",
    "locate": "metacompress.api.locating",
    "plan": "metacompress.api.planning",
    "predict": "metacompress.api.studies",
    "prune": "metacompress.api.making",
    "quantize": "metacompress.api.making",
    "repair": "metacompress.api.repairing",
    "replay": "metacompress.api.replaying",
    "train": "metacompress.api.making",
    "transform": "metacompress.api.studies",
    "Attack": "metacompress.attacks.engine.base",
    "AttackResult": "metacompress.api.results",
    "CheckResult": "metacompress.api.results",
    "Classifier": "metacompress.models.protocols.classifier",
    "ComparisonResult": "metacompress.api.comparisons",
    "CompletionsResult": "metacompress.api.completions",
    "Dataset": "metacompress.data.dataset",
    "Edit": "metacompress.lang.edits",
    "Example": "metacompress.data.example",
    "FidelityResult": "metacompress.api.fidelity",
    "FixedTransformation": "metacompress.transforms.base",
    "Gate": "metacompress.transforms.gate",
    "Judgement": "metacompress.relations.judgement",
    "Language": "metacompress.lang.language",
    "Level": "metacompress.transforms.level",
    "LocateResult": "metacompress.api.locating",
    "MetaCompressError": "metacompress.errors",
    "Outputs": "metacompress.relations.outputs",
    "Predictions": "metacompress.models.protocols.classifier",
    "Program": "metacompress.data.example",
    "Relation": "metacompress.relations.base",
    "Site": "metacompress.transforms.base",
    "Span": "metacompress.lang.edits",
    "Task": "metacompress.data.task",
    "Tracker": "metacompress.runs.tracking",
    "Transformation": "metacompress.transforms.base",
    "errors": "metacompress.errors",
    "load_classifier": "metacompress.models.loading",
    "load_dataset": "metacompress.data.loading",
    "load_run": "metacompress.api.runs",
}

__all__ = [
    "Attack",
    "AttackResult",
    "CheckResult",
    "Classifier",
    "ComparisonResult",
    "CompletionsResult",
    "Dataset",
    "Edit",
    "Example",
    "FidelityResult",
    "FixedTransformation",
    "Gate",
    "Judgement",
    "Language",
    "Level",
    "LocateResult",
    "MetaCompressError",
    "Outputs",
    "Predictions",
    "Program",
    "Relation",
    "Site",
    "Span",
    "Task",
    "Tracker",
    "Transformation",
    "__version__",
    "attack",
    "check",
    "compare",
    "completions",
    "compress",
    "distill",
    "errors",
    "export",
    "fidelity",
    "load_classifier",
    "load_dataset",
    "load_run",
    "locate",
    "plan",
    "predict",
    "prune",
    "quantize",
    "repair",
    "replay",
    "train",
    "transform",
]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        import importlib

        from metacompress.system import require_posix

        require_posix()
        module = importlib.import_module(_EXPORTS[name])
        return module if name == "errors" else getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
