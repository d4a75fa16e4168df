"""Export a trained model with its card."""

from __future__ import annotations

from pathlib import Path

from metacompress.files.room import reporting_full_disk
from metacompress.models import MODELS
from metacompress.models.files.onnx_export import Export, export_onnx
from metacompress.models.spec import ModelSpec
from metacompress.training.card import extend_card


def export(model: str, out: str | Path) -> Export:
    """Write a classifier as ONNX, with its tokenizer and card: ``onnx:OUT`` needs no torch.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier.
        out: directory to write.

    Raises:
        UsageError: it is a model of another kind.
        ModelError: it cannot be loaded or exported, or the export gives other probabilities.
    """
    spec = ModelSpec.parse(model, MODELS.names())
    made = export_onnx(spec, Path(out))
    onnx = {
        "bytes": made.bytes,
        "inputs": made.inputs,
        "largest_difference": made.largest_difference,
    }
    with reporting_full_disk(made.path):
        extend_card(Path(spec.location).expanduser(), made.path, onnx)
    return made
