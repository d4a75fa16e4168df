"""Published checkpoints of the field: a bare RoBERTa state dict with a tokenizer beside it.

CodeXGLUE's programs, and the distillation techniques that build on them, save the state dict of
a wrapper module. What it does not hold (number of heads, special tokens, which program goes
where) is convention:

- vulnerability prediction: a RobertaForSequenceClassification under the prefix ``encoder.``;
  column 0 is the vulnerable class;
- clone detection: the two programs are encoded one by one with a RobertaModel under
  ``encoder.``; the vectors of both ``<s>`` are joined and classified by ``classifier.``; class 1
  is a clone.

White space is collapsed before tokenisation, as in the published preprocessing.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Tokenizer

from metacompress.errors import LabelMismatchError, ModelError, UsageError
from metacompress.models.batching import DEFAULT_BATCH_TOKENS, MIN_ROWS, batches
from metacompress.models.classifier import Classifier, Predictions, softmax
from metacompress.models.fingerprint import fingerprint
from metacompress.models.loading import column_order
from metacompress.models.spec import ModelOptions
from metacompress.models.token_classifier import AnswersByTokens
from metacompress.models.torch_gradients import embedding_gradients
from metacompress.models.torch_runtime import (
    choose_device,
    inference,
    load_state_dict,
    with_steady_heads,
)
from metacompress.models.white_box import TokenGradients
from metacompress.models.window import likely_visible, splits_at_white_space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.batching import Batch
    from metacompress.models.spec import ModelSpec

_CHECKPOINTS = ("model.bin", "pytorch_model.bin")
_TOKENIZERS = ("tokenizer.json", "BPE_*.json", "WordPiece_*.json", "Unigram_*.json")
_SPECIAL_TOKENS = {"<s>": 0, "<pad>": 1, "</s>": 2}
# Column order of the published vulnerability heads; clone heads follow the task.
_PUBLISHED_LABELS = {"vulnerability-prediction": ("vulnerable", "safe")}


class CodexglueOptions(ModelOptions):
    """Options of ``codexglue:``.

    ``heads`` defaults to 12 at hidden size 768 and to 8 otherwise; ``labels`` is the order of
    the columns, for example ``safe,vulnerable``.
    """

    heads: int | None = None
    max_length: int = 400
    labels: str | None = None
    device: str = "auto"
    batch_tokens: int = DEFAULT_BATCH_TOKENS


class Encoder:
    """A RoBERTa encoder: token ids to the vector of ``<s>``."""

    def __init__(
        self, state: dict[str, torch.Tensor], options: CodexglueOptions, device: torch.device
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
            layer_norm_eps=1e-5,
            pad_token_id=_SPECIAL_TOKENS["<pad>"],
        )
        if hidden % config.num_attention_heads:
            raise UsageError(
                f"hidden size {hidden} is no multiple of {config.num_attention_heads} heads; "
                f"give the right number with ?heads=N"
            )
        self.hidden = hidden
        self.vocabulary = config.vocab_size
        self.longest = config.max_position_embeddings - config.pad_token_id - 1
        self._options = options
        self._device = device
        self._model = RobertaModel(config, add_pooling_layer=False).eval().to(device)
        self._model.requires_grad_(False)
        unused = ("embeddings.position_ids", "pooler.")
        self._model.load_state_dict(
            {k: v for k, v in state.items() if not k.startswith(unused)}, strict=True
        )

    def __call__(
        self, sequences: Sequence[Sequence[int]], batch_tokens: int
    ) -> NDArray[np.float32]:
        """Encode token ids to float32 (n, hidden), at most ``batch_tokens`` at a time."""
        vectors = np.empty((len(sequences), self.hidden), dtype=np.float32)
        longest = self._options.max_length
        for batch in batches(sequences, longest=longest, batch_tokens=batch_tokens, min_rows=1):
            ids = torch.from_numpy(batch.pad(sequences, _SPECIAL_TOKENS["<pad>"]))
            mask = torch.from_numpy(batch.mask(sequences))
            with inference():
                states = self._model(
                    ids.to(self._device), attention_mask=mask.to(self._device)
                ).last_hidden_state
            vectors[batch.rows] = states[: len(batch.rows), 0].cpu().numpy()
        return vectors

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """The vectors of the vocabulary, (v, hidden)."""
        weights: NDArray[np.float32] = self._model.embeddings.word_embeddings.weight.cpu().numpy()
        return weights

    def gradients(
        self,
        batch: Batch,
        sequences: Sequence[Sequence[int]],
        head: Head,
        others: Sequence[Sequence[NDArray[np.float32] | None]],
        columns: Sequence[int],
    ) -> NDArray[np.float32]:
        """Derivatives of log-probabilities by the embeddings of one program's tokens.

        Args:
            batch: which rows.
            sequences: token ids of the program, of all rows.
            head: what classifies.
            others: for each row of the batch, the vectors of all programs; None is this one.
            columns: for each row of the batch, which probability.

        Returns:
            float32 (r, length, hidden).
        """
        ids = torch.from_numpy(batch.pad(sequences, _SPECIAL_TOKENS["<pad>"])).to(self._device)
        mask = torch.from_numpy(batch.mask(sequences)).to(self._device)

        def logits() -> torch.Tensor:
            own = self._model(ids, attention_mask=mask).last_hidden_state[:, 0]
            joined = [
                own if vectors[0] is None else torch.from_numpy(np.array(vectors)).to(self._device)
                for vectors in zip(*others, strict=True)
            ]
            return head.differentiable(torch.cat(joined, dim=1))

        return embedding_gradients(self._model.embeddings.word_embeddings, logits, columns)


class Head:
    """Dense, tanh, projection: vectors (n, d) to logits (n, k)."""

    def __init__(self, state: dict[str, torch.Tensor], device: torch.device) -> None:
        self.inputs = int(state["dense.weight"].shape[1])
        self.outputs = int(state["out_proj.weight"].shape[0])
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


class CodexglueClassifier(Classifier):
    """Encoder and head of a published checkpoint."""

    def __init__(
        self,
        encoder: Encoder,
        head: Head,
        tokenizer: Tokenizer,
        task: Task,
        *,
        columns: list[int] | None,
        max_length: int,
        batch_tokens: int,
        fingerprint: str,
        name: str,
    ) -> None:
        self.labels = task.labels
        self.batch_tokens = batch_tokens
        self.fingerprint = fingerprint
        self._encoder = encoder
        self._head = head
        self._tokenizer = tokenizer
        self._reads_words = splits_at_white_space(tokenizer)
        self._columns = columns
        self._max_length = max_length
        self._name = name
        self._encodings: AnswersByTokens[NDArray[np.float32]] = AnswersByTokens()

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        texts = {program.text: None for example in examples for program in example.programs}
        known = self._encode(list(texts))
        vectors = np.empty((len(examples), self._head.inputs), dtype=np.float32)
        truncated = np.zeros(len(examples), dtype=bool)
        for row, example in enumerate(examples):
            encoded = [known[program.text] for program in example.programs]
            np.concatenate([vector for vector, _ in encoded], out=vectors[row])
            truncated[row] = any(cut for _, cut in encoded)
        logits = self._head(vectors) if examples else np.empty((0, len(self.labels)))
        if self._columns is not None:
            logits = logits[:, self._columns]
        return Predictions.checked(
            softmax(logits), examples, len(self.labels), self._name, truncated
        )

    def forget(self) -> None:
        """See Classifier."""
        self._encodings = AnswersByTokens()

    def _encode(self, texts: list[str]) -> dict[str, tuple[NDArray[np.float32], bool]]:
        visible = [
            likely_visible(text, self._max_length) if self._reads_words else text for text in texts
        ]
        pieces = [encoding.ids for encoding in self._tokenize(visible)]
        # A prefix that does not fill the window tells nothing.
        again = [
            row
            for row, ids in enumerate(pieces)
            if len(visible[row]) < len(texts[row]) and len(ids) <= self._max_length - 2
        ]
        for row, encoding in zip(again, self._tokenize([texts[r] for r in again]), strict=True):
            pieces[row] = encoding.ids
        sequences = [self._framed(ids) for ids in pieces]
        batch_tokens = self.batch_tokens or DEFAULT_BATCH_TOKENS
        vectors = self._encodings.get(
            [(ids,) for ids in sequences],
            lambda rows: list(self._encoder([sequences[row] for row in rows], batch_tokens)),
        )
        cut = [len(ids) > self._max_length - 2 for ids in pieces]
        return dict(zip(texts, zip(vectors, cut, strict=True), strict=True))

    def _tokenize(self, texts: Sequence[str]) -> list[Any]:
        collapsed = [" ".join(text.split()) for text in texts]
        encodings: list[Any] = self._tokenizer.encode_batch(collapsed, add_special_tokens=False)
        return encodings

    def _framed(self, ids: list[int]) -> list[int]:
        room = self._max_length - 2
        return [_SPECIAL_TOKENS["<s>"], *ids[:room], _SPECIAL_TOKENS["</s>"]]

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """See WhiteBox."""
        return self._encoder.embeddings

    def tokens_of(self, names: Sequence[str], *, spaced: bool) -> list[list[int]]:
        """See WhiteBox."""
        texts = [f" {name}" if spaced else name for name in names]
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def gradients(
        self, examples: Sequence[Example], labels: Sequence[int], program: int
    ) -> list[TokenGradients]:
        """See WhiteBox."""
        texts = [example.programs[program].text for example in examples]
        encodings = self._tokenize(texts)
        sequences = [self._framed(encoding.ids) for encoding in encodings]
        known = self._encode([p.text for e in examples for p in e.programs[:program]])
        known |= self._encode([p.text for e in examples for p in e.programs[program + 1 :]])
        columns = [label if self._columns is None else self._columns[label] for label in labels]
        found: dict[int, TokenGradients] = {}
        limit = self.batch_tokens or DEFAULT_BATCH_TOKENS
        for batch in batches(sequences, longest=self._max_length, batch_tokens=limit, min_rows=1):
            others = [
                [
                    known[p.text][0] if place != program else None
                    for place, p in enumerate(examples[row].programs)
                ]
                for row in batch.rows
            ]
            gradients = self._encoder.gradients(
                batch, sequences, self._head, others, [columns[row] for row in batch.rows]
            )
            for row, gradient in zip(batch.rows, gradients, strict=True):
                ids = np.array(sequences[row][1:-1], dtype=np.int64)
                spans = np.array(encodings[row].offsets[: len(ids)], dtype=np.int64).reshape(-1, 2)
                found[row] = TokenGradients(
                    ids, _uncollapsed(texts[row])[spans], gradient[1 : len(ids) + 1]
                )
        return [found[row] for row in range(len(examples))]


def _uncollapsed(text: str) -> NDArray[np.int64]:
    """Where the characters of the collapsed text are in ``text``, and where it ends."""
    places: list[int] = []
    for word in re.finditer(r"\S+", text):
        if places:
            places.append(word.start() - 1)
        places.extend(range(word.start(), word.end()))
    return np.array([*places, places[-1] + 1 if places else 0], dtype=np.int64)


def load(spec: ModelSpec, task: Task) -> CodexglueClassifier:
    """A published state dict with its tokenizer: Compressor, AVATAR, MORPH, CodeXGLUE."""
    options = spec.options_as(CodexglueOptions)
    location = Path(spec.location).expanduser()
    directory = location.parent if location.is_file() else location
    checkpoint = location if location.is_file() else _find(directory, _CHECKPOINTS, "checkpoint")
    state = load_state_dict(checkpoint)
    tokenizer_file = _find(directory, _TOKENIZERS, "tokenizer")
    tokenizer = _read_tokenizer(tokenizer_file)
    device = choose_device(options.device)
    try:
        encoder = Encoder(_encoder_part(state), options, device)
        head = Head(_head_part(state), device)
    except (KeyError, IndexError, ValueError, RuntimeError) as error:
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(
            f"{checkpoint}: no RoBERTa classifier of CodeXGLUE in it ({first_line})"
        ) from error
    if head.inputs != encoder.hidden * task.arity:
        programs = head.inputs // encoder.hidden
        raise LabelMismatchError(
            f"{checkpoint}: its head joins {programs} program(s), but {task.name} has "
            f"{task.arity} per example; choose another --task"
        )
    if not 4 <= options.max_length <= encoder.longest:
        raise UsageError(f"{spec}: max_length must be from 4 to {encoder.longest}")
    if tokenizer.get_vocab_size() > encoder.vocabulary:
        raise ModelError(
            f"{tokenizer_file}: {tokenizer.get_vocab_size()} tokens, but the checkpoint embeds "
            f"{encoder.vocabulary}; this is another model's tokenizer"
        )
    labels = _label_order(options, task)
    return CodexglueClassifier(
        encoder,
        head,
        tokenizer,
        task,
        columns=column_order(labels[: head.outputs], task, str(spec)),
        max_length=options.max_length,
        batch_tokens=options.batch_tokens,
        fingerprint=fingerprint(
            [checkpoint, tokenizer_file],
            kind="codexglue",
            heads=options.heads,
            max_length=options.max_length,
            labels=labels,
        ),
        name=str(spec),
    )


def _label_order(options: CodexglueOptions, task: Task) -> tuple[str, ...]:
    if options.labels is not None:
        return tuple(label.strip() for label in options.labels.split(","))
    return _PUBLISHED_LABELS.get(task.name, task.labels)


def _encoder_part(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    joint = any(key.startswith("encoder.roberta.") for key in state)
    prefix = "encoder.roberta." if joint else "encoder."
    return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}


def _head_part(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    prefix = next(
        p for p in ("encoder.classifier.", "classifier.", "") if p + "dense.weight" in state
    )
    return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}


def _find(directory: Path, patterns: Sequence[str], what: str) -> Path:
    found = [path for pattern in patterns for path in sorted(directory.glob(pattern))]
    if not found:
        state = "no such directory" if not directory.exists() else f"no {what} in it"
        raise ModelError(f"{directory}: {state}; expected {' or '.join(patterns)}")
    return found[0]


def _read_tokenizer(path: Path) -> Tokenizer:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_str(json.dumps(content))
    except Exception as error:
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(f"{path}: cannot be read as a tokenizer ({first_line})") from error
    for token, expected in _SPECIAL_TOKENS.items():
        if tokenizer.token_to_id(token) != expected:
            raise ModelError(
                f"{path}: token {token} has id {tokenizer.token_to_id(token)}, "
                f"published checkpoints use {expected}"
            )
    return tokenizer
