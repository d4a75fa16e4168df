"""A model from the cache, as ONNX Runtime runs it, and how it gets there."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from metacompress.errors import MetaCompressError, ModelError
from metacompress.files.reads import recording_reads
from metacompress.models.backends.onnx import OnnxClassifier, OnnxOptions, load_files
from metacompress.models.cheapest.candidate import candidate_of
from metacompress.models.cheapest.entry import (
    MODEL,
    TOLERANCE,
    Choice,
    making,
    read_choice,
    write_choice,
)
from metacompress.models.cheapest.probe import cpu_seconds
from metacompress.models.files.onnx_files import find_onnx_files
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.runtime.batching import MIN_ROWS
from metacompress.threads import limited_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.backends.transformers import TransformersClassifier
    from metacompress.models.cheapest.candidate import Candidate
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.models.protocols.hidden_states import HiddenStates
    from metacompress.models.token_classifier import TokenClassifier

_RUN_BY = ("onnxruntime", "onnx", "torch", "tokenizers")


class ExportedClassifier(OnnxClassifier):
    """A model as ONNX Runtime runs it, which torch is asked about for what the graph lacks.

    Args:
        *arguments: see OnnxClassifier.
        original: loads it as torch runs it.
        **settings: likewise.
    """

    def __init__(
        self, *arguments: Any, original: Callable[[], HiddenStates], **settings: Any
    ) -> None:
        super().__init__(*arguments, **settings)
        self._load_original = original

    @cached_property
    def _original(self) -> HiddenStates:
        return self._load_original()

    def hidden_states(self, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
        """See HiddenStates; torch is loaded for them."""
        return self._original.hidden_states(examples)


def load_exported(spec: ModelSpec, task: Task) -> OnnxClassifier:
    """A model from the cache, where ``make_entry`` has put it.

    It is the model that torch runs, with answers of its own: it has that one's name and doubts, and
    stands for its fingerprint.

    Raises:
        ModelError: it is not there, not the same as torch's, or cannot be loaded.
    """
    candidate = candidate_of(spec, task)
    choice = None if candidate is None else read_choice(candidate.entry)
    if candidate is not None and choice is None:
        # Workers on another machine have a cache of their own.
        choice = make_entry(candidate, _by_torch(spec, task), task, ())
    if candidate is None or choice is None or not choice.exact:
        reason = "not on this machine or with these options" if choice is None else choice.reason
        raise ModelError(
            f"{spec}: ONNX Runtime cannot stand for torch ({reason}); choose the back end torch",
            model=spec,
        )
    return _load(spec, candidate.entry / MODEL, choice, task)


def _load(spec: ModelSpec, directory: Path, choice: Choice, task: Task) -> OnnxClassifier:
    given = {**spec.defaults, **spec.options, "max_length": choice.max_length}
    options = OnnxOptions.model_validate(
        {name: given[name] for name in given if name in OnnxOptions.model_fields}
    )
    # The cache is no input of a study.
    with recording_reads():
        classifier = load_files(
            find_onnx_files(str(directory)),
            options,
            task,
            str(spec),
            make=partial(ExportedClassifier, original=partial(_by_torch, spec, task)),
        )
    made_by = [choice.model, {name: version(name) for name in _RUN_BY}]
    classifier.fingerprint = hashlib.sha256(json.dumps(made_by).encode()).hexdigest()
    classifier.stands_for = choice.model
    classifier.weights_digest = choice.weights
    classifier.doubts = choice.doubts
    if choice.weight is not None:
        classifier.weight = choice.weight
    return classifier


def _by_torch(spec: ModelSpec, task: Task) -> TransformersClassifier:
    from metacompress.models.backends import transformers

    return cast("TransformersClassifier", transformers.load(spec, task))


def make_entry(
    candidate: Candidate, original: TokenClassifier, task: Task, sample: Sequence[Example]
) -> Choice:
    """Export a model to the cache, compare it with what torch computes, and measure both.

    Args:
        candidate: the model.
        original: as torch runs it.
        task: what it is for.
        sample: inputs of the study; without any, random ones are compared and nothing is measured.

    Returns:
        what was found; without a model where it cannot be exported or is not the same.

    Raises:
        ModelError: the cache cannot be written.
    """
    from metacompress.models.files.onnx_export import export_onnx

    choice = Choice(
        model=lasting_fingerprint(original) or "",
        weights=original.weights_digest,
        doubts=original.doubts,
        max_length=original.max_length,
        weight=original.weight,
    )
    try:
        with making(candidate.entry) as made, limited_threads(1):
            try:
                export_onnx(candidate.spec, made / MODEL)
                exported = _load(candidate.spec, made / MODEL, choice, task)
                found = _compared(choice, original, exported, sample)
            except MetaCompressError as error:
                found = choice.model_copy(update={"reason": str(error)})
            return write_choice(made, found)
    except OSError as error:
        raise ModelError(
            f"{candidate.entry}: the cache cannot be written ({error.strerror or error}); set "
            f"METACOMPRESS_CACHE to another directory, or choose the back end torch",
            path=candidate.entry,
        ) from error


def _compared(
    choice: Choice, original: Classifier, exported: Classifier, sample: Sequence[Example]
) -> Choice:
    if not sample:
        return choice
    first, second = original.predict(sample), exported.predict(sample)
    if not (
        (first.read == second.read).all()
        and (first.truncated == second.truncated).all()
        and np.array_equal(first.unknown, second.unknown, equal_nan=True)
    ):
        return choice.model_copy(update={"reason": "it reads other tokens of the same inputs"})
    difference = float(np.abs(first.probabilities - second.probabilities).max())
    if not difference <= TOLERANCE:
        reason = f"its probabilities are {difference:.1e} off, more than {TOLERANCE:.0e}"
        return choice.model_copy(update={"reason": reason})
    # Inputs of one length, most likely: ONNX Runtime is given MIN_ROWS of each, and short ones of
    # a small sample would count for more than they do in a study.
    longest = sorted(sample, key=lambda one: sum(len(program.text) for program in one.programs))
    seconds = cpu_seconds({"torch": original, "onnx": exported}, longest[-MIN_ROWS:])
    return choice.model_copy(update={"seconds": seconds})
