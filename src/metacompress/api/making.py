"""Train, distil, compress, export: what makes models, as functions. Needs the extra torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from metacompress.api.signature import takes
from metacompress.compression.settings import CompressionSettings, PruneSettings, QuantizeSettings
from metacompress.extras import needing
from metacompress.models.loading import describe_model
from metacompress.runs.watching import progress_here
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.training.settings import DistillationSettings, ExportSettings, TrainingSettings

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.compression.posttraining.summary import PruneSummary, QuantizeSummary
    from metacompress.compression.summary import CompressSummary
    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
    from metacompress.settings.base import Settings
    from metacompress.training.summary import ExportSummary, TrainSummary

S = TypeVar("S", bound="Settings")


@takes(TrainingSettings)
def train(
    data: str | Path,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
    tracker: str | Tracker | None = None,
    **settings: Any,
) -> TrainSummary:
    """Train a classifier of code into a Hugging Face directory. Needs the extra torch.

    A training that was cut off goes on from its last checkpoint.

    Args:
        data: a path, ``hub:NAME`` or ``demo``.
        **settings: see below.
        overwrite: Replace another training in ``out``.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.
        tracker: Name of a tracker of experiments that receives stages, losses and scores:
            ``mlflow``; or an object with the callbacks of ``Tracker``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    made = _made(TrainingSettings, {**settings, "data": data})
    with needing("training"):
        from metacompress.training.training import train as run
    return run(made, overwrite=overwrite, progress=progress or progress_here(), tracker=tracker)


@takes(DistillationSettings)
def distill(
    teacher: object,
    data: str | Path,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
    tracker: str | Tracker | None = None,
    **settings: Any,
) -> TrainSummary:
    """Distil a student from a teacher's soft labels. Needs the extra torch.

    With ``task="next-token"``, a pruned or quantised causal language model, ``model``, learns the
    teacher's distribution of each next token.

    Args:
        teacher: as in ``check``; a recorded one need not be queried. Of next-token, as in
            ``fidelity``.
        data: as in ``train``.
        **settings: see below.
        overwrite: Replace another training in ``out``.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.
        tracker: Name of a tracker of experiments that receives stages, losses and scores:
            ``mlflow``; or an object with the callbacks of ``Tracker``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    given = {**settings, "data": data, "teacher": describe_model(teacher)}
    made = _made(DistillationSettings, given)
    with needing("training"):
        from metacompress.training.training import train as run
    return run(
        made,
        teacher=teacher,
        overwrite=overwrite,
        progress=progress or progress_here(),
        tracker=tracker,
    )


@takes(CompressionSettings)
def compress(
    teacher: object,
    data: str | Path,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
    tracker: str | Tracker | None = None,
    **settings: Any,
) -> CompressSummary:
    """Search for a student by a published technique, and train it. Needs torch and search.

    The student is ``out/student``.

    Args:
        teacher: as in ``check``; a recorded one need not be queried.
        data: as in ``train``.
        **settings: see below.
        overwrite: Replace another compression in ``out``.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.
        tracker: Name of a tracker of experiments that receives stages, trials and students:
            ``mlflow``; or an object with the callbacks of ``Tracker``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    given = {**settings, "data": data, "teacher": describe_model(teacher)}
    made = _made(CompressionSettings, given)
    with needing("compression"):
        from metacompress.compression.compress import compress as run

        return run(
            made,
            teacher=teacher,
            overwrite=overwrite,
            progress=progress or progress_here(),
            tracker=tracker,
        )


@takes(QuantizeSettings)
def quantize(model: str | Path, out: str | Path, **settings: Any) -> QuantizeSummary:
    """Write a model with weights of fewer bits.

    Of a classifier, ``onnx:OUT`` is a model specification then; of a causal language model, its
    directory is one.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier, ``onnx:DIR``, or a causal
            language model: a directory, a GGUF file or ``causal:LOCATION``.
        out: directory to write; new, or empty.
        **settings: see below.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    from metacompress.compression.posttraining.quantization import quantize as write

    given = _made(QuantizeSettings, {**settings, "model": model, "out": out})
    return write(given.model, given.out, bits=given.bits, group_size=given.group_size)


@takes(PruneSettings)
def prune(model: str | Path, out: str | Path, **settings: Any) -> PruneSummary:
    """Take the least important parts from a BERT or RoBERTa, or from a causal language model.

    Args:
        model: Hugging Face directory or hub id, a GGUF file or ``causal:LOCATION``.
        out: directory to write; new, or empty.
        **settings: see below.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    given = _made(PruneSettings, {**settings, "model": model, "out": out})
    with needing("pruning"):
        from metacompress.compression.posttraining.pruning import prune as write
    return write(given.model, given.out, layers=given.layers, **given.shares())


@takes(ExportSettings)
def export(model: str | Path, out: str | Path, **settings: Any) -> ExportSummary:
    """Write a classifier as ONNX, with its tokenizer and card. Needs the extra torch.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier.
        out: directory to write; ``onnx:OUT`` is a model specification then.
        **settings: see below.

    Raises:
        MetaCompressError: it cannot be loaded or exported, or the export gives other probabilities.
    """
    given = _made(ExportSettings, {**settings, "model": model, "out": out})
    with needing("export"):
        from metacompress.training.export import export as write
    return write(given.model, given.out, hidden_states=given.hidden_states)


def _made(model: type[S], given: dict[str, Any]) -> S:
    return validated(model, nested(model, given))
