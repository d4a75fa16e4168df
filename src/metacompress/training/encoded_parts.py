"""The parts of a data set as a model reads them, with the teacher's answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.models.naming.spec import GRAPHCODEBERT
from metacompress.models.storing.store import PredictionStore
from metacompress.models.tokens.window import input_limit
from metacompress.training.encoding import EncodedExamples, LabelledExamples
from metacompress.training.faithful import DOUBLE_SOFTMAX, squashed_twice
from metacompress.training.graph_examples import EncodedGraphs
from metacompress.training.run_files import TEACHER_STORE
from metacompress.training.settings import DistillationSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from metacompress.models.protocols.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.training.parts import Parts
    from metacompress.training.settings import TrainingSettings


def encode_parts(
    settings: TrainingSettings,
    parts: Parts,
    model: Any,
    tokenizer: Any,
    teacher: Classifier | None,
    work: RunDirectory,
    progress: Progress,
) -> dict[str, LabelledExamples]:
    """Encode each part that has examples, and ask the teacher about it where there is one.

    Args:
        settings: of the training.
        parts: train, and where they are used valid and test.
        model: the student, or what is trained without a teacher.
        tokenizer: its tokenizer.
        teacher: answers are kept in its store in ``work``.
        work: the training's own directory.
        progress: shows the stages.

    Returns:
        By part, in the order train, valid, test.

    Raises:
        MetaCompressError: the teacher cannot be asked, or the model reads no program.
    """
    encode = _encoder(settings, model, tokenizer)
    encoded = {}
    for name, examples in parts.by_name().items():
        if not examples:
            continue
        answers = None
        if teacher is not None:
            with (
                PredictionStore(work.path / TEACHER_STORE, own=True, note=progress.note) as store,
                progress.stage(f"teacher on {name}", len(examples)) as advance,
            ):
                found, _ = store.predict(teacher, tuple(examples), advance=advance)
            answered = found.probabilities
            if name != "test" and _is_random(settings):
                # The answers stay what they are; only whose they are is lost.
                order = np.random.default_rng(settings.seed).permutation(len(answered))
                answered = answered[order]
            answers = (
                squashed_twice(answered)
                if DOUBLE_SOFTMAX in settings.faithful
                else _log_probabilities(answered)
            )
        with progress.stage(f"encoding {name}", len(examples)) as advance:
            encoded[name] = encode(examples, teacher=answers, advance=advance)
    return encoded


def _is_random(settings: TrainingSettings) -> bool:
    return isinstance(settings, DistillationSettings) and settings.control == "random-teacher"


def _encoder(
    settings: TrainingSettings, model: Any, tokenizer: Any
) -> Callable[..., LabelledExamples]:
    """What makes inputs of ``model`` of examples."""
    if model.config.model_type == GRAPHCODEBERT:
        return partial(EncodedGraphs, tokenizer=tokenizer, config=model.config)
    longest = input_limit(
        model.config.to_dict(), tokenizer.model_max_length, None, settings.model or "new model"
    )
    return partial(EncodedExamples, tokenizer=tokenizer, max_length=longest)


def _log_probabilities(probabilities: NDArray[np.float64]) -> NDArray[np.float32]:
    """Finite logarithms of class probabilities (n, k)."""
    logarithms: NDArray[np.float32] = np.log(np.maximum(probabilities, 1e-12)).astype(np.float32)
    return logarithms
