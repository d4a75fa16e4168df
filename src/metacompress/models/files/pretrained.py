"""Models and tokenizers in the Hugging Face layout, read without running code of theirs.

Everything is asked for with ``trust_remote_code=False``, unless ``?trust_remote_code=true`` says
that Python files of the model may run.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Literal

from metacompress.errors import ModelError
from metacompress.models.files import adapters
from metacompress.models.files.source import Source, model_type, source_of
from metacompress.models.files.transformers_calls import loading
from metacompress.models.naming.spec import CAUSAL, GRAPHCODEBERT
from metacompress.models.runtime.options import BatchOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.models.naming.spec import ModelSpec

logger = logging.getLogger("metacompress")


class TransformersOptions(BatchOptions):
    """Options of ``transformers:``.

    ``trust_remote_code`` runs Python files of the model's directory or repository.
    """

    max_length: int | None = None
    device: str = "auto"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    revision: str | None = None
    trust_remote_code: bool = False


def read_model(spec: ModelSpec) -> tuple[Any, Any]:
    """The torch module and the tokenizer that ``spec`` names.

    Raises:
        ModelError: there is none, or it lacks weights.
    """
    options = spec.options_as(TransformersOptions)
    if model_type(spec.location) == GRAPHCODEBERT:
        raise ModelError(
            f"{spec.location}: reads data flow, which only check, attack, predict, train and "
            f"distill can give it; distil it into a model of another architecture first",
            model=spec.location,
        )
    if options.trust_remote_code:
        logger.warning("warning: %s: Python code of the model is run as it is", spec.location)
    trust = options.trust_remote_code
    if adapters.is_adapter(spec.location):
        return _read_adapter(spec.location, trust=trust)
    source = source_of(spec.location, revision=options.revision, trust=trust)
    model = read_classifier(source, spec.location)
    return model, read_tokenizer(source, spec.location)


def read_classifier(
    source: Source, name: str, *, lacking: Sequence[str] = (), **settings: Any
) -> Any:
    """A sequence classifier, whole.

    Args:
        source: where it is.
        name: for messages.
        lacking: weights that it may lack.
        **settings: others of ``from_pretrained``.

    Raises:
        ModelError: it cannot be loaded, or lacks weights.
    """
    from transformers import AutoModelForSequenceClassification

    with loading(name):
        model, report = AutoModelForSequenceClassification.from_pretrained(
            source.place, output_loading_info=True, **source.settings, **settings
        )
    missing = sorted(set(report["missing_keys"]) - set(lacking))
    if missing:
        # transformers would fill them with random numbers and only log it.
        raise ModelError(
            f"{name}: the checkpoint lacks {len(missing)} weights of "
            f"{type(model).__name__} (first: {missing[0]}); is it a fine-tuned classifier?"
            f"{_advice(model, name)}",
            model=name,
        )
    return model


def _advice(model: Any, name: str) -> str:
    """How a language model becomes a classifier, where a checkpoint is one of those."""
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    stated = set(model.config.architectures or ())
    if not stated & {*MODEL_FOR_CAUSAL_LM_MAPPING_NAMES.values()}:
        return ""
    return f" A prompt asks a language model: {CAUSAL}:{name}?template=FILE"


def read_tokenizer(source: Source, name: str) -> Any:
    """The tokenizer beside a model.

    Raises:
        ModelError: it cannot be loaded.
    """
    from transformers import AutoTokenizer

    with loading(name):
        return AutoTokenizer.from_pretrained(source.place, **source.settings)


def _read_adapter(location: str, *, trust: bool) -> tuple[Any, Any]:
    adapter = adapters.read_adapter(location)
    source = source_of(adapter.base, trust=trust)
    model = read_classifier(
        source,
        f"{location} (base {adapter.base})",
        lacking=adapter.provides,
        # A head of another size is the adapter's own.
        ignore_mismatched_sizes=adapter.classes is not None,
        **({} if adapter.classes is None else {"num_labels": adapter.classes}),
    )
    with loading(location):
        model = adapters.merged(model, adapter)
    has_tokenizer = any(
        (adapter.directory / name).is_file() for name in ("tokenizer_config.json", "tokenizer.json")
    )
    own = Source(adapter.directory, trust_remote_code=trust)
    return model, read_tokenizer(own if has_tokenizer else source, location)
