"""Bare RoBERTa state dicts with a tokenizer beside them, as the programs of the field save them.

CodeXGLUE's programs, and the distillation techniques that build on them, save the state dict of
a wrapper module. What it does not hold (number of heads, special tokens, which program goes
where) is convention, unless a config.json stands beside it:

- vulnerability prediction: a RobertaForSequenceClassification under the prefix ``encoder.``;
  column 0 is the vulnerable class;
- clone detection: the two programs are encoded one by one with a RobertaModel under
  ``encoder.`` or, in a RobertaForSequenceClassification whose own head is not used, under
  ``encoder.roberta.``; the vectors of both ``<s>`` are joined and classified by ``classifier.``;
  class 1 is a clone.

Weights in the Hugging Face layout of a RobertaForSequenceClassification are read as well.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import numpy as np
import torch
from pydantic import Field

from metacompress.errors import LabelMismatchError, ModelError, UsageError
from metacompress.models.classifier import Classifier, Predictions, input_digests, softmax
from metacompress.models.columns import (
    ClassColumns,
    HeadOptions,
    class_columns,
    labels_by_number,
)
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.json_file import read_json_object
from metacompress.models.fingerprint import fingerprint
from metacompress.models.location import existing_path
from metacompress.models.runtime.batching import DEFAULT_BATCH_TOKENS, MIN_ROWS
from metacompress.models.runtime.torch_runtime import (
    TORCH_PACKAGES,
    choose_device,
    inference,
    load_state_dict,
    with_steady_heads,
)
from metacompress.models.tokens.roberta_tokenizer import SPECIAL_TOKENS, TOKENIZERS, read_tokenizer
from metacompress.models.tokens.vocabulary import (
    PROBE,
    require_vocabulary,
    unknown_id,
    unknown_share,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from metacompress.data.example import Example, Program
    from metacompress.data.task import Task
    from metacompress.models.spec import ModelSpec

_CHECKPOINTS = ("model.bin", "model.safetensors", "pytorch_model.bin")
_CONFIGURATION = "config.json"
_HUGGING_FACE = "roberta."
# Column order of the published vulnerability heads; clone heads follow the task.
_PUBLISHED_LABELS = {"vulnerability-prediction": ("vulnerable", "safe")}


class CheckpointOptions(HeadOptions):
    """Options of every published checkpoint.

    ``heads`` defaults to 12 at hidden size 768 and to 8 otherwise. What a config.json beside the
    weights says goes before these defaults.
    """

    heads: int | None = Field(default=None, ge=1)
    activation: str = "gelu"
    layer_norm_eps: float = 1e-5
    max_length: int = 400
    device: str = "auto"
    batch_tokens: int = DEFAULT_BATCH_TOKENS

    @property
    def without_position(self) -> int:
        """Ids of an input, at most, that take none of the model's positions."""
        return 0

    def reading(self, task: Task) -> dict[str, Any]:
        """What of an input is read, for the fingerprint."""
        return {"max_length": self.max_length}


class Encoder:
    """A RoBERTa encoder.

    Args:
        state: its weights.
        options: number of heads, length of inputs.
        device: where it runs.

    Attributes:
        hidden: width of a vector.
        vocabulary: tokens that it embeds.
        longest: positions that it knows.
        max_length: ids of an input at most.
    """

    def __init__(
        self, state: dict[str, torch.Tensor], options: CheckpointOptions, device: torch.device
    ) -> None:
        from transformers import RobertaConfig, RobertaModel

        words = state["embeddings.word_embeddings.weight"]
        positions = state["embeddings.position_embeddings.weight"]
        hidden = int(words.shape[1])
        config = RobertaConfig(
            vocab_size=int(words.shape[0]),
            hidden_size=hidden,
            num_hidden_layers=1 + max(int(k.split(".")[2]) for k in state if ".layer." in k),
            num_attention_heads=options.heads or (12 if hidden == 768 else 8),
            intermediate_size=int(state["encoder.layer.0.intermediate.dense.weight"].shape[0]),
            max_position_embeddings=int(positions.shape[0]),
            type_vocab_size=int(state["embeddings.token_type_embeddings.weight"].shape[0]),
            hidden_act=options.activation,
            layer_norm_eps=options.layer_norm_eps,
            pad_token_id=SPECIAL_TOKENS["<pad>"],
        )
        if hidden % config.num_attention_heads:
            raise UsageError(
                f"hidden size {hidden} is no multiple of {config.num_attention_heads} heads; "
                f"give the right number with ?heads=N"
            )
        self.hidden = hidden
        self.vocabulary = config.vocab_size
        self.max_length = options.max_length
        self.longest: int = config.max_position_embeddings - config.pad_token_id - 1
        self.device = device
        self.model = RobertaModel(config, add_pooling_layer=False).eval().to(device)
        self.model.requires_grad_(False)
        unused = ("embeddings.position_ids", "pooler.")
        self.model.load_state_dict(
            {k: v for k, v in state.items() if not k.startswith(unused)}, strict=True
        )

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """The vectors of the vocabulary, (v, hidden)."""
        weights: NDArray[np.float32] = self.model.embeddings.word_embeddings.weight.cpu().numpy()
        return weights


class Head:
    """Dense, tanh, projection: vectors (n, d) to logits (n, k)."""

    def __init__(self, state: dict[str, torch.Tensor], device: torch.device) -> None:
        self.inputs = int(state["dense.weight"].shape[1])
        self.outputs = int(state["out_proj.weight"].shape[0])
        if state["out_proj.weight"].shape[1] != state["dense.weight"].shape[0]:
            raise ValueError("the two layers of its head do not fit each other")
        layers = OrderedDict[str, torch.nn.Module](
            dense=torch.nn.Linear(self.inputs, int(state["dense.weight"].shape[0])),
            tanh=torch.nn.Tanh(),
            out_proj=torch.nn.Linear(int(state["out_proj.weight"].shape[1]), self.outputs),
        )
        self._model = with_steady_heads(torch.nn.Sequential(layers).eval().to(device))
        self._model.load_state_dict(state, strict=True)
        self._model.requires_grad_(False)
        self._device = device

    def __call__(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits; padded to whole blocks of rows, so that they do not depend on n."""
        rows = -(-len(vectors) // MIN_ROWS) * MIN_ROWS
        blocks = np.zeros((rows // MIN_ROWS, MIN_ROWS, self.inputs), dtype=np.float32)
        blocks.reshape(rows, -1)[: len(vectors)] = vectors
        with inference():
            logits = [self._model(torch.from_numpy(b).to(self._device)).cpu() for b in blocks]
        joined: NDArray[np.float32] = torch.cat(logits)[: len(vectors)].numpy()
        return joined

    def differentiable(self, vectors: torch.Tensor) -> torch.Tensor:
        """Logits (n, k) that know where they come from."""
        logits: torch.Tensor = self._model(vectors)
        return logits


E = TypeVar("E", bound=Encoder)


@dataclass(frozen=True, slots=True)
class Checkpoint(Generic[E]):
    """A published checkpoint, ready to be asked.

    Attributes:
        encoder: program to vector.
        head: vectors to logits.
        tokenizer: that stands beside it.
        task: that it is for.
        columns: which of the head's columns is which class.
        options: it was loaded with.
        fingerprint: of everything that its outputs depend on.
        name: for messages.
    """

    encoder: E
    head: Head
    tokenizer: Tokenizer
    task: Task
    columns: ClassColumns
    options: CheckpointOptions
    fingerprint: str
    name: str


class EncodedProgram(NamedTuple):
    """A program as a checkpoint's encoder reads it.

    Attributes:
        vector: float32 (hidden,).
        truncated: whether it is longer than what is read.
        key: ``read_key`` of what is read.
        unknown: share of its tokens that the vocabulary lacks, in [0, 1]; nan without tokens.
    """

    vector: NDArray[np.float32]
    truncated: bool
    key: bytes
    unknown: float


class CheckpointClassifier(Classifier, Generic[E]):
    """Encodes programs one by one and classifies their joined vectors."""

    def __init__(self, checkpoint: Checkpoint[E]) -> None:
        self.labels = checkpoint.task.labels
        self.batch_tokens = checkpoint.options.batch_tokens
        self.fingerprint = checkpoint.fingerprint
        self._encoder = checkpoint.encoder
        self._head = checkpoint.head
        self._tokenizer = checkpoint.tokenizer
        self._unknown_id = unknown_id(checkpoint.tokenizer)
        self._columns = checkpoint.columns
        self._max_length = checkpoint.options.max_length
        self._name = checkpoint.name

    @abstractmethod
    def _encode(self, programs: Iterable[Program]) -> dict[Program, EncodedProgram]:
        """Encode each program."""

    def _unknown_share(self, ids: Sequence[int]) -> float:
        """Of token ids without special ones."""
        return unknown_share(ids, self._unknown_id, frozenset())

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        known = self._encode(dict.fromkeys(p for example in examples for p in example.programs))
        vectors = np.empty((len(examples), self._head.inputs), dtype=np.float32)
        encoded = [[known[program] for program in example.programs] for example in examples]
        for row, programs in enumerate(encoded):
            np.concatenate([one.vector for one in programs], out=vectors[row])
        logits = self._columns.logits(
            self._head(vectors) if examples else np.empty((0, self._columns.count))
        )
        return Predictions.checked(
            softmax(logits),
            examples,
            len(self.labels),
            self._name,
            truncated=np.array([any(one.truncated for one in row) for row in encoded], dtype=bool),
            read=input_digests(b"".join(one.key for one in row) for row in encoded),
            unknown=np.array([np.mean([one.unknown for one in row]) for row in encoded]),
        )


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
    if head.inputs != encoder.hidden * task.arity:
        programs = head.inputs // encoder.hidden
        raise LabelMismatchError(
            f"{checkpoint}: its head joins {programs} program(s), but {task.name} has "
            f"{task.arity} per example; choose another --task"
        )
    columns = class_columns(
        None,
        head.outputs,
        task,
        options,
        str(spec),
        default=_published_order(task, state),
    )
    longest = encoder.longest + options.without_position
    if not 4 <= options.max_length <= longest:
        raise UsageError(f"{spec}: max_length must be from 4 to {longest}")
    if tokenizer.get_vocab_size() > encoder.vocabulary:
        raise ModelError(
            f"{tokenizer_files[0]}: {tokenizer.get_vocab_size()} tokens, but the checkpoint embeds "
            f"{encoder.vocabulary}; this is another model's tokenizer"
        )
    probe = tokenizer.encode(PROBE, add_special_tokens=False).ids
    require_vocabulary(probe, unknown_id(tokenizer), frozenset(), str(spec))
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
        str(spec),
    )


def described(spec: ModelSpec) -> dict[str, Any]:
    """The content of the config.json beside a checkpoint; nothing where there is none.

    Raises:
        ModelError: it is no JSON object.
    """
    location = existing_path(spec.location)
    path = (location.parent if location.is_file() else location) / _CONFIGURATION
    return read_json_object(path) if path.is_file() else {}


def described_options(config: Mapping[str, Any]) -> dict[str, Any]:
    """What a config.json says about the options of a checkpoint."""
    names = {
        "heads": "num_attention_heads",
        "activation": "hidden_act",
        "layer_norm_eps": "layer_norm_eps",
    }
    found = {option: config[key] for option, key in names.items() if key in config}
    labels = labels_by_number(config.get("id2label")) or []
    if labels and labels != [f"LABEL_{number}" for number in range(len(labels))]:
        found["labels"] = ",".join(labels)
    return found


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
    raise ModelError(f"{path}: has no head that classifies; is it a fine-tuned model?")


def _find(directory: Path, patterns: Sequence[str], what: str) -> Path:
    matching = (path for pattern in patterns for path in sorted(directory.glob(pattern)))
    found = [path for path in matching if path.is_file()]
    if not found:
        state = "no such directory" if not directory.exists() else f"no {what} in it"
        raise ModelError(f"{directory}: {state}; expected {' or '.join(patterns)}")
    return found[0]
