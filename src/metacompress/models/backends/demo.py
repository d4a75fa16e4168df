"""The demo models that the package brings along: ``demo:teacher`` and ``demo:student``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.models.backends.onnx import OnnxOptions, load_files
from metacompress.models.files.onnx_files import find_onnx_files

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.models.backends.onnx import OnnxClassifier
    from metacompress.models.naming.spec import ModelSpec

DEMO_MODELS = Path(__file__).parent / "demo_models"
NAMES = ("teacher", "student")


def load(spec: ModelSpec, task: Task) -> OnnxClassifier:
    """A model of the embedded demo: teacher or student of clone-detection on the demo set."""
    if spec.location not in NAMES:
        raise UsageError(
            f"there is no demo model {spec.location!r}; there is {', '.join(NAMES)}", option="model"
        )
    files = find_onnx_files(str(DEMO_MODELS / spec.location))
    return load_files(files, spec.options_as(OnnxOptions), task, str(spec))
