"""Export a trained model with its card."""

from __future__ import annotations

from pathlib import Path

from metacompress.files.room import reporting_full_disk
from metacompress.models.files.onnx_export import export_onnx
from metacompress.models.loading import MODELS
from metacompress.models.naming.spec import ModelSpec
from metacompress.training.card import read_card, write_card
from metacompress.training.summary import ExportSummary, OnnxFile


def export(model: str, out: str | Path, *, hidden_states: bool = False) -> ExportSummary:
    """Write a classifier as ONNX, with its tokenizer and card: ``onnx:OUT`` needs no torch.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier.
        out: directory to write.
        hidden_states: whether the graph puts out the states of every layer, too.

    Raises:
        UsageError: it is a model of another kind.
        ModelError: it cannot be loaded or exported, or the export gives other probabilities.
    """
    spec = ModelSpec.parse(model, MODELS.names())
    made = export_onnx(spec, Path(out), hidden_states=hidden_states)
    onnx = OnnxFile.model_validate(made)
    card = read_card(Path(spec.location).expanduser())
    if card is not None:
        with reporting_full_disk(made.path):
            write_card(made.path, card.model_copy(update={"onnx": onnx}))
    return ExportSummary(**dict(onnx), out=made.path)
