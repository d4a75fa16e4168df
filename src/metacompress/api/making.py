"""Train, distil, compress, export: what makes models, as functions. Needs the extra torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.extras import needing
from metacompress.models.loading import describe_model

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.compression.posttraining.summary import PruneSummary, QuantizeSummary
    from metacompress.compression.summary import CompressSummary
    from metacompress.runs.progress import Progress
    from metacompress.training.summary import ExportSummary, TrainSummary


def train(
    data: str | Path,
    *,
    task: str,
    out: str | Path,
    split: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> TrainSummary:
    """Train a classifier of code into a Hugging Face directory. Needs the extra torch.

    Args:
        data: a path, ``hub:NAME`` or ``demo``.
        task: name of the task.
        out: directory of the finished model; a training that was cut off goes on from there.
        split: to train on, where ``data`` has splits.
        overwrite: replace another training in ``out``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.training.settings.TrainingSettings`` (model,
            epochs, valid_split, ...); those of its ``architecture`` and ``data`` as dictionaries
            ``architecture`` and ``data_options``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    from metacompress.training.settings import TrainingSettings, make_settings

    given = {"task": task, "out": out, **settings}
    made = make_settings(TrainingSettings, _with_data(data, split, given))
    with needing("training"):
        from metacompress.training.training import train as run
    return run(made, overwrite=overwrite, progress=progress)


def distill(
    teacher: object,
    data: str | Path,
    *,
    task: str,
    out: str | Path,
    split: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> TrainSummary:
    """Distil a student from a teacher's soft labels. Needs the extra torch.

    Args:
        teacher: as in ``check``; recorded ones need not be asked.
        data: as in ``train``, and so are the others.
        task: name of the task.
        out: directory of the finished student.
        split: to train on.
        overwrite: replace another training in ``out``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.training.settings.DistillationSettings``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    from metacompress.training.settings import DistillationSettings, make_settings

    given = {"task": task, "out": out, "teacher": describe_model(teacher), **settings}
    made = make_settings(DistillationSettings, _with_data(data, split, given))
    with needing("training"):
        from metacompress.training.training import train as run
    return run(made, teacher=teacher, overwrite=overwrite, progress=progress)


def compress(
    teacher: object,
    data: str | Path,
    *,
    technique: str,
    task: str,
    out: str | Path,
    split: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> CompressSummary:
    """Search for a student by a published technique, and train it. Needs torch and search.

    Args:
        teacher: as in ``check``; recorded ones need not be asked.
        data: as in ``train``, and so are the others.
        technique: compressor, avatar or morph.
        task: name of the task.
        out: directory of everything that is made; the student is ``out/student``.
        split: to train on.
        overwrite: replace another compression in ``out``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.compression.settings.CompressionSettings``
            (target_mb, budget, seeds, space, ...).

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    with needing("compression"):
        from metacompress.compression.compress import compress as run
        from metacompress.compression.settings import make_compression_settings

        given = {
            "technique": technique,
            "task": task,
            "out": out,
            "teacher": describe_model(teacher),
            **settings,
        }
        made = make_compression_settings(_with_data(data, split, given))
        return run(made, teacher=teacher, overwrite=overwrite, progress=progress)


def quantize(model: str | Path, out: str | Path) -> QuantizeSummary:
    """Write a classifier with int8 weights; ``onnx:OUT`` is a model specification then.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier, or ``onnx:DIR``.
        out: directory to write; new, or empty.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    from metacompress.compression.posttraining.quantization import quantize as write

    return write(str(model), out)


def prune(
    model: str | Path,
    out: str | Path,
    *,
    heads: float = 0.0,
    feed_forward: float = 0.0,
    magnitude: float = 0.0,
) -> PruneSummary:
    """Take the least important heads, inner neurons and weights from a BERT or RoBERTa.

    Args:
        model: Hugging Face directory or hub id.
        out: directory to write; new, or empty.
        heads: share of each layer's attention heads.
        feed_forward: share of each layer's inner neurons.
        magnitude: share of the encoder's single weights.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    with needing("pruning"):
        from metacompress.compression.posttraining.pruning import prune as write
    return write(str(model), out, heads=heads, feed_forward=feed_forward, magnitude=magnitude)


def export(model: str | Path, out: str | Path) -> ExportSummary:
    """Write a classifier as ONNX, with its tokenizer and card. Needs the extra torch.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier.
        out: directory to write; ``onnx:OUT`` is a model specification then.

    Raises:
        MetaCompressError: it cannot be loaded or exported, or the export gives other probabilities.
    """
    with needing("export"):
        from metacompress.training.export import export as write
    return write(str(model), out)


def _with_data(data: str | Path, split: str | None, settings: dict[str, Any]) -> dict[str, Any]:
    options = settings.pop("data_options", {})
    return {
        **settings,
        "data": {"path": data, "split": split, **options},
    }
