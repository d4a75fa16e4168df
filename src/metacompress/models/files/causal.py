"""Causal language models: a directory, a hub id or a GGUF file, with the tokenizer beside it.

What reads them (prompted classifiers, next-token distributions) is not known here.
"""

from __future__ import annotations

import importlib.util
import logging
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

import torch

from metacompress.data.content import content_files
from metacompress.errors import ModelError, UsageError
from metacompress.extras import missing_package
from metacompress.models.files import adapters
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.pretrained import read_tokenizer
from metacompress.models.files.source import CONFIG, Source, source_of
from metacompress.models.files.transformers_calls import loading, quiet_transformers
from metacompress.models.naming.location import existing_path, is_hub_id, local_path
from metacompress.models.runtime.options import BatchSizeOptions
from metacompress.models.runtime.torch_runtime import (
    TORCH_PACKAGES,
    choose_device,
    inference,
    weights_digest,
)
from metacompress.models.tokens.vocabulary import PROBE, require_vocabulary
from metacompress.models.tokens.window import input_limit, window_doubt

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.models.naming.spec import ModelSpec

logger = logging.getLogger("metacompress")

_GGUF = ".gguf"
# Heads that sit on the same layers; their checkpoints load as a causal model where the output
# matrix is the table of embeddings.
_OTHER_HEADS = ("Classification", "QuestionAnswering")
# Of logits of equal inputs and shapes: none as a rule. An encoder moves them by much more.
_ROUNDING = 1e-5


class CausalOptions(BatchSizeOptions):
    """Options of a causal language model, whatever is asked of it.

    ``gguf_file`` names the GGUF file in a directory or repository; a location that ends in
    ``.gguf`` needs none. ``trust_remote_code`` runs Python files of the model.
    """

    max_length: int | None = None
    device: str = "auto"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    revision: str | None = None
    gguf_file: str | None = None
    trust_remote_code: bool = False


PADDING = 0
"""Token id behind the ends of shorter inputs; no position of theirs looks there: any one does."""


@dataclass(frozen=True)
class CausalModel:
    """A causal language model, ready to be run.

    Attributes:
        model: the torch module on its device, in the wanted precision, frozen.
        tokenizer: its fast tokenizer.
        device: that it is on.
        max_length: tokens of an input at most, special tokens included.
        embedded: token ids that it has vectors for, 0 to so many.
        name: for messages.
        files: everything local that was read.
        identity: settings for ``fingerprint`` that say what the files alone do not.
        weights_digest: see Classifier.
        doubts: see Classifier.
    """

    model: Any
    tokenizer: Any
    device: torch.device
    max_length: int
    embedded: int
    name: str
    files: tuple[Path, ...]
    identity: dict[str, Any]
    weights_digest: str
    doubts: tuple[str, ...]


def read_causal(spec: ModelSpec, options: CausalOptions) -> CausalModel:
    """The causal language model that a specification names.

    Args:
        spec: its location; its own options are not read.
        options: how to load and run it.

    Raises:
        ModelError: there is none, it is not a causal language model, or its tokenizer does not
            fit or does not tell where tokens come from.
        UsageError: a device, length or GGUF file that cannot be.
        MissingDependencyError: the package for GGUF files or adapters is not installed.
    """
    name = str(spec)
    if options.trust_remote_code:
        logger.warning("warning: %s: Python code of the model is run as it is", spec.location)
    place = _place(spec.location, options)
    device = choose_device(options.device)
    dtype = getattr(torch, options.dtype)
    model = _read(place, dtype, name)
    tokenizer = read_tokenizer(place.tokenizer, name)
    with foreign_code(name):
        model = model.to(device, dtype).eval().requires_grad_(False)
        config = model.config.get_text_config().to_dict()
        limit = tokenizer.model_max_length
        embedded = int(model.get_input_embeddings().weight.shape[0])
        probe = tokenizer(PROBE)["input_ids"]
        special = frozenset(tokenizer.all_special_ids)
        digest = weights_digest(model.state_dict())
    if not tokenizer.is_fast:
        raise ModelError(
            f"{name}: its tokenizer does not tell where tokens come from; save it as a fast one "
            f"(tokenizer.json)",
            model=name,
        )
    require_vocabulary(probe, tokenizer.unk_token_id, special, name)
    max_length = input_limit(config, limit, options.max_length, name)
    _require_embedded(probe, embedded, name)
    _require_causal(model, probe[:max_length], device, name)
    return CausalModel(
        model=model,
        tokenizer=tokenizer,
        device=device,
        max_length=max_length,
        embedded=embedded,
        name=name,
        files=place.files,
        identity={
            "hub": list(place.hub) or None,
            "commit": getattr(model.config, "_commit_hash", None),
            "packages": place.packages,
            "device": device.type,
            "dtype": options.dtype,
            "max_length": max_length,
        },
        weights_digest=f"torch {options.dtype} on {device.type}: {digest}",
        doubts=window_doubt(config, limit, options.max_length, name),
    )


@dataclass(frozen=True)
class _Place:
    """Where a model is read from.

    Attributes:
        source: of the model; of an adapter's base.
        tokenizer: of the tokenizer.
        adapter: that changes the model, if there is one.
        files: local files of all of them.
        hub: ids of those that are on the hub.
        packages: distributions that the answers depend on.
    """

    source: Source
    tokenizer: Source
    adapter: adapters.Adapter | None
    files: tuple[Path, ...]
    hub: tuple[str, ...]
    packages: tuple[str, ...] = TORCH_PACKAGES


def _place(location: str, options: CausalOptions) -> _Place:
    revision, trust = options.revision, options.trust_remote_code
    if options.gguf_file is not None or location.lower().endswith(_GGUF):
        return _gguf_place(location, options)
    if not adapters.is_adapter(location):
        source = source_of(location, revision=revision, trust=trust)
        return _Place(source, source, None, *_content(location))
    adapter = adapters.read_adapter(location)
    source = source_of(adapter.base, trust=trust)
    own = Source(adapter.directory, trust_remote_code=trust)
    has_tokenizer = (adapter.directory / "tokenizer_config.json").is_file()
    files, _ = _content(location)
    base_files, hub = _content(adapter.base)
    return _Place(
        source,
        own if has_tokenizer else source,
        adapter,
        (*files, *base_files),
        hub,
        (*TORCH_PACKAGES, "peft"),
    )


def _content(location: str) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Local files of a location, and its id where it is on the hub."""
    if is_hub_id(location):
        return (), (location,)
    return tuple(content_files(local_path(location))), ()


def _gguf_place(location: str, options: CausalOptions) -> _Place:
    """A GGUF file, which holds the tokenizer, too."""
    if importlib.util.find_spec("gguf") is None:
        raise missing_package("a GGUF file", ModuleNotFoundError(name="gguf"))
    packages = (*TORCH_PACKAGES, "gguf")
    if options.gguf_file is not None and is_hub_id(location):
        source = source_of(location, revision=options.revision)
        source = Source(source.place, **source.settings, gguf_file=options.gguf_file)
        return _Place(source, source, None, (), (f"{location}/{options.gguf_file}",), packages)
    path = existing_path(location)
    if options.gguf_file is not None:
        if path.is_file():
            raise UsageError(
                f"{path}: is a file; ?gguf_file= names one in a directory", option="gguf_file"
            )
        path = existing_path(str(path / options.gguf_file))
    if not path.is_file():
        raise ModelError(f"{path}: is not a file; expected a GGUF file", path=path)
    source = Source(path.parent, gguf_file=path.name)
    return _Place(source, source, None, (path,), (), packages)


def _read(place: _Place, dtype: torch.dtype, name: str) -> Any:
    from transformers import AutoModelForCausalLM

    # Nothing but standard error takes the progress bars of a GGUF file.
    with loading(name), redirect_stderr(StringIO()):
        # In the wanted precision at once: what a model computes when it is made (Gemma's scale of
        # embeddings) would stay rounded to that of its file.
        model, report = AutoModelForCausalLM.from_pretrained(
            place.source.place, dtype=dtype, output_loading_info=True, **place.source.settings
        )
    stated = model.config.architectures or ()
    if stated and all(architecture.endswith(_OTHER_HEADS) for architecture in stated):
        raise _not_causal(name, f"its {CONFIG} says {stated[0]}")
    missing = sorted(report["missing_keys"])
    if missing:
        # transformers would fill them with random numbers and only log it.
        raise ModelError(
            f"{name}: the checkpoint lacks {len(missing)} weights of {type(model).__name__} "
            f"(first: {missing[0]}); is it a causal language model?",
            model=name,
        )
    if place.adapter is not None:
        with loading(name):
            model = adapters.merged(model, place.adapter)
    return model


def require_floats(causal: CausalModel) -> None:
    """Check that the weights of a model are floats, which can be trained and saved.

    Those of a GGUF file are, since it was loaded.

    Raises:
        ModelError: they are packed.
    """
    _forget_gguf(causal.model)
    if getattr(causal.model, "is_quantized", False):
        raise ModelError(
            f"{causal.name}: its weights are packed, and only floats can be trained; name a model "
            f"of floats, and pack what is made of it",
            model=causal.name,
        )


def save_causal(causal: CausalModel, directory: Path) -> None:
    """Save a causal language model with its tokenizer, as transformers reads it."""
    _forget_gguf(causal.model)
    with quiet_transformers():
        causal.model.save_pretrained(directory)
        causal.tokenizer.save_pretrained(directory)


def _forget_gguf(model: Any) -> None:
    """Let a model of a GGUF file be saved: its weights are floats since it was loaded."""
    stated = getattr(model.config, "quantization_config", None)
    if getattr(stated, "quant_method", None) == "gguf":
        del model.config.quantization_config
        model.hf_quantizer, model.is_quantized = None, False


def _require_embedded(probe: list[int], embedded: int, name: str) -> None:
    if not 0 <= max(probe) < embedded:
        raise ModelError(
            f"{name}: its tokenizer makes the token id {max(probe)}, and the model embeds "
            f"{embedded} tokens; is the tokenizer this model's own?",
            model=name,
        )


def _require_causal(model: Any, probe: list[int], device: torch.device, name: str) -> None:
    """Refuse a model that lets a position see later ones: its next token is no prediction."""
    other = [*probe[:-1], (probe[-1] + 1) % int(model.get_input_embeddings().weight.shape[0])]
    with loading(name), inference():
        first, second = (
            model(input_ids=torch.tensor([ids], device=device)).logits[0, :-1].float()
            for ids in (probe, other)
        )
    if not torch.isfinite(first).all():
        raise ModelError(f"{name}: its logits are not finite", model=name)
    # Relative to their spread: all logits of a small random model are near 0.
    if float((first - second).abs().max()) > _ROUNDING * float(first.std()):
        raise _not_causal(name, "what it predicts at a position depends on the tokens behind it")


def _not_causal(name: str, reason: str) -> ModelError:
    return ModelError(f"{name}: not a causal language model: {reason}", model=name)
