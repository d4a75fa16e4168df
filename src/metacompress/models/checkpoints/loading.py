"""From the files of a published checkpoint to its encoder and head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import LabelMismatchError, ModelError, UsageError
from metacompress.models.checkpoints.classifier import Checkpoint, E
from metacompress.models.checkpoints.head import Head
from metacompress.models.columns import class_columns
from metacompress.models.files.foreign import foreign_code
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.location import existing_path
from metacompress.models.runtime.torch_runtime import (
    TORCH_PACKAGES,
    choose_device,
    load_state_dict,
    weights_digest,
)
from metacompress.models.tokens.roberta_tokenizer import TOKENIZERS, read_tokenizer
from metacompress.models.tokens.vocabulary import PROBE, require_vocabulary, unknown_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer

    from metacompress.data.task import Task
    from metacompress.models.checkpoints.encoder import Encoder
    from metacompress.models.checkpoints.options import CheckpointOptions
    from metacompress.models.naming.spec import ModelSpec

_CHECKPOINTS = ("model.bin", "model.safetensors", "pytorch_model.bin")
_HUGGING_FACE = "roberta."
# Column order of the published vulnerability heads; clone heads follow the task.
_PUBLISHED_LABELS = {"vulnerability-prediction": ("vulnerable", "safe")}


def load_checkpoint(
    spec: ModelSpec,
    task: Task,
    options: CheckpointOptions,
    make_encoder: Callable[[dict[str, torch.Tensor], CheckpointOptions, torch.device], E],
) -> Checkpoint[E]:
    """Read a published checkpoint.

    Args:
        spec: names a directory or the file of the weights.
        task: that it is for.
        options: of ``spec``.
        make_encoder: makes an encoder of its weights.

    Raises:
        ModelError: a file is missing or damaged, or holds something else.
        LabelMismatchError: it is for another task.
        UsageError: an option does not fit it.
    """
    location = existing_path(spec.location)
    directory = location.parent if location.is_file() else location
    checkpoint = location if location.is_file() else _find(directory, _CHECKPOINTS, "checkpoint")
    state = load_state_dict(checkpoint)
    tokenizer, tokenizer_files = read_tokenizer(_find(directory, TOKENIZERS, "tokenizer"))
    device = choose_device(options.device)
    with foreign_code(str(checkpoint), "no RoBERTa classifier of CodeXGLUE in it"):
        encoder = make_encoder(_encoder_part(state), options, device)
        head = Head(_head_part(state, checkpoint), device)
    _require_programs(head, encoder, task, checkpoint)
    order = _published_order(task, state)
    columns = class_columns(None, head.outputs, task, options, str(spec), default=order)
    longest = encoder.longest + options.without_position
    if not 4 <= options.max_length <= longest:
        raise UsageError(f"{spec}: max_length must be from 4 to {longest}", option="max_length")
    _require_own_tokenizer(tokenizer, encoder, tokenizer_files[0], str(spec))
    return Checkpoint(
        encoder,
        head,
        tokenizer,
        task,
        columns,
        options,
        fingerprint(
            [checkpoint, *tokenizer_files],
            kind=spec.kind,
            heads=options.heads,
            activation=options.activation,
            layer_norm_eps=options.layer_norm_eps,
            packages=TORCH_PACKAGES,
            device=device.type,
            columns=columns,
            task=task.labels,
            **options.reading(task),
        ),
        f"torch checkpoint on {device.type}: {weights_digest(state)}",
        str(spec),
    )


def _require_programs(head: Head, encoder: Encoder, task: Task, path: Path) -> None:
    """Fail where the head joins another number of programs than the task has."""
    if head.inputs != encoder.hidden * task.arity:
        programs = head.inputs // encoder.hidden
        raise LabelMismatchError(
            f"{path}: its head joins {programs} program(s), but {task.name} has "
            f"{task.arity} per example; choose another --task",
            path=path,
        )


def _require_own_tokenizer(tokenizer: Tokenizer, encoder: Encoder, path: Path, name: str) -> None:
    """Fail where a tokenizer cannot be that of the model."""
    if tokenizer.get_vocab_size() > encoder.vocabulary:
        raise ModelError(
            f"{path}: {tokenizer.get_vocab_size()} tokens, but the checkpoint embeds "
            f"{encoder.vocabulary}; this is another model's tokenizer",
            path=path,
        )
    probe = tokenizer.encode(PROBE, add_special_tokens=False).ids
    require_vocabulary(probe, unknown_id(tokenizer), frozenset(), name)


def _published_order(task: Task, state: Mapping[str, torch.Tensor]) -> tuple[str, ...]:
    """The order of the columns, where nobody names them."""
    if any(key.startswith(_HUGGING_FACE) for key in state):
        return task.labels
    return _PUBLISHED_LABELS.get(task.name, task.labels)


def _encoder_part(state: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    prefix = next(
        (
            prefix
            for prefix in ("encoder.roberta.", _HUGGING_FACE)
            if any(key.startswith(prefix) for key in state)
        ),
        "encoder.",
    )
    return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}


def _head_part(state: Mapping[str, torch.Tensor], path: Path) -> dict[str, torch.Tensor]:
    """The wrapper's own head goes before that of the classifier that it wraps."""
    for prefix in ("classifier.", "encoder.classifier.", ""):
        if prefix + "dense.weight" in state:
            return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
    raise ModelError(f"{path}: has no head that classifies; is it a fine-tuned model?", path=path)


def _find(directory: Path, patterns: Sequence[str], what: str) -> Path:
    matching = (path for pattern in patterns for path in sorted(directory.glob(pattern)))
    found = [path for path in matching if path.is_file()]
    if not found:
        state = "no such directory" if not directory.exists() else f"no {what} in it"
        raise ModelError(f"{directory}: {state}; expected {' or '.join(patterns)}", path=directory)
    return found[0]
