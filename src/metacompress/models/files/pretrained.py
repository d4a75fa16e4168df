"""Models and tokenizers in the Hugging Face layout, read without running code of theirs.

Everything is asked for with ``trust_remote_code=False``: a directory whose configuration names
Python files of its own (``auto_map``) is refused, unless ``?trust_remote_code=true`` says that
they may run.
"""

from __future__ import annotations

import logging
import pickle
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from metacompress.errors import ModelError, UnsafeCheckpointError
from metacompress.models.columns import HeadOptions
from metacompress.models.files import adapters
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.hub import is_cached_only
from metacompress.models.files.json_file import read_json_object
from metacompress.models.location import existing_path, is_hub_id, local_path
from metacompress.models.runtime.batching import DEFAULT_BATCH_TOKENS
from metacompress.models.spec import GRAPHCODEBERT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from metacompress.models.spec import ModelSpec

CONFIG = "config.json"
# The deepest models have a few hundred; a silly number would build layers until memory is full.
_MOST_LAYERS = 2000
_LAYERS = (
    "num_hidden_layers",
    "num_layers",
    "num_decoder_layers",
    "n_layer",
    "n_layers",
    "encoder_layers",
    "decoder_layers",
)
# What messages of transformers hold.
_UNTRUSTED = "trust_remote_code"
_MISFIT = "ignore_mismatched_sizes"

logger = logging.getLogger("metacompress")


class TransformersOptions(HeadOptions):
    """Options of ``transformers:``.

    ``trust_remote_code`` runs Python files of the model's directory or repository.
    """

    max_length: int | None = None
    device: str = "auto"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    batch_tokens: int = DEFAULT_BATCH_TOKENS
    revision: str | None = None
    trust_remote_code: bool = False


def model_type(location: str) -> str | None:
    """What the config.json of a local model says that it is; None where there is none.

    Raises:
        ModelError: the file is damaged.
    """
    path = local_path(location) / CONFIG
    found = read_json_object(path).get("model_type") if path.is_file() else None
    return found if isinstance(found, str) else None


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Keep transformers from reporting on the terminal; what matters is raised or shown by us."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    library = logging.getLogger("transformers")
    level = library.level
    library.setLevel(logging.ERROR)
    try:
        yield
    finally:
        library.setLevel(level)


def read_model(spec: ModelSpec) -> tuple[Any, Any]:
    """The torch module and the tokenizer that ``spec`` names.

    Raises:
        ModelError: there is none, or it lacks weights.
    """
    options = spec.options_as(TransformersOptions)
    if model_type(spec.location) == GRAPHCODEBERT:
        raise ModelError(
            f"{spec.location}: reads data flow, which only check, attack, predict, train and "
            f"distill can give it; distil it into a model of another architecture first"
        )
    if options.trust_remote_code:
        logger.warning("warning: %s: Python code of the model is run as it is", spec.location)
    trust = options.trust_remote_code
    if adapters.is_adapter(spec.location):
        return _read_adapter(spec.location, trust=trust)
    source = source_of(spec.location, revision=options.revision, trust=trust)
    model = read_classifier(source, spec.location)
    return model, read_tokenizer(source, spec.location)


class Source:
    """Where ``from_pretrained`` reads, and how.

    Args:
        place: a directory or a hub id.
        settings: keyword arguments of every ``from_pretrained``.
    """

    def __init__(self, place: Path | str, **settings: Any) -> None:
        self.place = place
        self.settings = settings


def source_of(location: str, *, revision: str | None = None, trust: bool = False) -> Source:
    """Where the files of a model are.

    Args:
        location: directory or hub id.
        revision: of a model on the hub.
        trust: whether its own code may run.

    Raises:
        ModelError: there is nothing, or it is plain that it cannot be loaded.
    """
    settings: dict[str, Any] = {"trust_remote_code": trust}
    if is_hub_id(location):
        if is_cached_only(location, revision):
            settings["local_files_only"] = True
        return Source(location, revision=revision or "main", **settings)
    directory = existing_path(location)
    if not (directory / CONFIG).is_file():
        raise ModelError(f"{directory}: {_without_config(directory)}")
    _check_config(read_json_object(directory / CONFIG), directory, trust=trust)
    return Source(directory, **settings)


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
        )
    return model


def read_tokenizer(source: Source, name: str) -> Any:
    """The tokenizer beside a model.

    Raises:
        ModelError: it cannot be loaded.
    """
    from transformers import AutoTokenizer

    with loading(name):
        return AutoTokenizer.from_pretrained(source.place, **source.settings)


@contextmanager
def loading(name: str) -> Iterator[None]:
    """A call of transformers that loads something: quiet, and what it raises is one line of ours.

    Raises:
        UnsafeCheckpointError: a pickle would run code.
        ModelError: anything else that goes wrong.
    """
    try:
        with foreign_code(name), quiet_transformers():
            yield
    except ModelError as error:
        text = str(error.__cause__)
        if isinstance(error.__cause__, pickle.UnpicklingError):
            raise UnsafeCheckpointError(
                f"{name}: refused, because its pickle holds more than tensors, and loading it "
                f"could run code; save the weights as safetensors"
            ) from error.__cause__
        if _UNTRUSTED in text:
            raise ModelError(_remote_code(name)) from error.__cause__
        if _MISFIT in text:
            raise ModelError(
                f"{name}: its weights have other sizes than its {CONFIG} states; is it this "
                f"model's own?"
            ) from error.__cause__
        raise


def padding_id(model: Any, tokenizer: Any, probe: Sequence[int], name: str) -> int:
    """The token id that shorter inputs are padded with; set in the model, too.

    A decoder reads the last token of an input that is not padding. Where nothing names a padding
    token, its end-of-text token serves, unless inputs end with it.

    Args:
        model: the torch module.
        tokenizer: its tokenizer.
        probe: token ids of a program.
        name: for messages.

    Raises:
        ModelError: there is none, or the model has no vector for it.
    """
    config = model.config.get_text_config()
    rows = int(model.get_input_embeddings().weight.shape[0])
    stated = [tokenizer.pad_token_id, config.pad_token_id]
    if probe[-1:] != [tokenizer.eos_token_id]:
        stated.append(tokenizer.eos_token_id)
    numbers = [one for one in stated if isinstance(one, int) and not isinstance(one, bool)]
    found = next((one for one in numbers if 0 <= one < rows), None)
    if found is None and numbers:
        raise ModelError(
            f"{name}: its padding token has the id {numbers[0]}, and the model embeds {rows} tokens"
        )
    if found is None:
        raise ModelError(
            f"{name}: its tokenizer has no padding token; set pad_token in its "
            f"tokenizer_config.json, or pad_token_id in its {CONFIG}"
        )
    config.pad_token_id = found
    return found


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


def _check_config(config: dict[str, Any], directory: Path, *, trust: bool) -> None:
    from transformers import CONFIG_MAPPING

    known = config.get("model_type") in CONFIG_MAPPING
    if config.get("auto_map") and not known and not trust:
        raise ModelError(_remote_code(str(directory)))
    for name in _LAYERS:
        layers = config.get(name)
        if isinstance(layers, (int, float)) and not 0 <= layers <= _MOST_LAYERS:
            raise ModelError(
                f"{directory / CONFIG}: {name} is {layers}; 0 to {_MOST_LAYERS} are read"
            )


def _remote_code(name: str) -> str:
    return (
        f"{name}: refused, because loading it would run Python code that comes with the model "
        f"(auto_map); if you trust it, add ?trust_remote_code=true"
    )


def _without_config(directory: Path) -> str:
    """What a directory without a configuration may be instead."""
    if not directory.is_dir():
        return "is a file; expected a Hugging Face model directory"
    for names, kind in (
        (("*.onnx", "onnx/*.onnx"), "onnx"),
        (("model.bin", "model.safetensors", "pytorch_model.bin"), "codexglue"),
    ):
        if any(file for name in names for file in directory.glob(name)):
            return f"no {CONFIG} in it; is it {kind}:{directory} ?"
    return (
        f"no {CONFIG} in it; expected a Hugging Face model directory "
        f"(published state dicts are loaded with codexglue:{directory})"
    )
