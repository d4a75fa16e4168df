"""Replay counterexamples, as a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.api.signature import takes
from metacompress.models.loading import describe_model
from metacompress.models.naming.spec import is_specification
from metacompress.runs.watching import progress_here
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.replay.config import ReplayConfig
from metacompress.study.replay.replaying import replay_counterexamples

if TYPE_CHECKING:
    import os

    from metacompress.runs.progress import Progress
    from metacompress.study.replay.summary import ReplaySummary


@takes(ReplayConfig)
def replay(
    file: str | os.PathLike[str],
    student: object,
    teacher: object = None,
    *,
    progress: Progress | None = None,
    **settings: Any,
) -> ReplaySummary:
    """Ask a student about counterexamples that another one was found by.

    Args:
        file: ``counterexamples.json`` of a check that shrank some.
        student: a model specification ``kind:location?option=value``, a path, a Classifier, a pair
            (model, tokenizer) or a pipeline of transformers, or a callable from texts (pairs of
            texts) to class probabilities (n, k).
        teacher: likewise; None for the answers in the file.
        **settings: see below.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    models = {"student": student, **({} if teacher is None else {"teacher": teacher})}
    named = {name: describe_model(model) for name, model in models.items()}
    config = validated(ReplayConfig, nested(ReplayConfig, {**settings, "file": file, **named}))
    objects = {name: model for name, model in models.items() if not is_specification(model)}
    return replay_counterexamples(config, models=objects, progress=progress or progress_here())
