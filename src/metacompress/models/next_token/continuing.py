"""Greedy continuations of texts: the most likely token, again and again."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from metacompress.models.files.causal import PADDING
from metacompress.models.files.foreign import foreign_code
from metacompress.models.protocols.batched import BatchLimit
from metacompress.models.runtime.batching import batches
from metacompress.models.runtime.torch_runtime import STEADY_ROWS, inference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.models.files.causal import CausalModel
    from metacompress.models.next_token.reading import TokenReader
    from metacompress.models.runtime.batching import Batch

# A step takes as long for few rows as for many: coarse lengths leave few batches.
_LENGTH_STEP = 64
# Of logits in a batch, relative to their spread: a model that rows mix in is far beyond it.
_ROUNDING = 1e-2
# What that is tried with: tokens of padding, and tokens that are written.
_PADDED, _STEPS = 8, 3
# Settings of sampling: a model's own would only make transformers warn that they do nothing.
_SAMPLING = ("temperature", "top_k", "top_p", "min_p", "typical_p", "epsilon_cutoff", "eta_cutoff")


@dataclass(frozen=True, slots=True)
class Continuation:
    """What a model writes behind a text.

    Attributes:
        text: that it writes.
        ids: tokens of it, without the one that ends a text.
        ends: places in ``text`` behind each token, in characters, never falling.
        ended: whether the model ended the text by itself.
    """

    text: str
    ids: tuple[int, ...]
    ends: tuple[int, ...]
    ended: bool


def continuations(
    causal: CausalModel,
    reader: TokenReader,
    prompts: Sequence[Sequence[int]],
    most: int,
    limit: BatchLimit,
    *,
    apart: bool,
) -> list[Continuation]:
    """Continue prompts as ``generate(do_sample=False)`` of transformers does.

    Prompts are padded in front, to a length that follows from their own, and no step has fewer than
    STEADY_ROWS rows: what a model writes does not depend on the batch. Padding adds exact zeros to
    sums, but may move their last bits: where two tokens are as likely up to that, transformers may
    choose the other one for a prompt by itself. A model to which padding or the other rows mean
    something (both are in the state of transformers' RWKV) gets one prompt at a time.

    Args:
        causal: the model.
        reader: its tokenizer.
        prompts: token ids of each, special tokens included.
        most: tokens that are written at most; every prompt leaves room for them.
        limit: of every batch.
        apart: see ``reads_rows_apart``.

    Raises:
        ModelError: the model cannot be run.
    """
    found: dict[int, Continuation] = {}
    settings = _greedy(causal.model, most)
    room = causal.max_length - most
    rows, step = STEADY_ROWS, _LENGTH_STEP
    if not apart:
        rows, step, limit = 1, 1, BatchLimit(size=1)
    for batch in batches(prompts, longest=room, limit=limit, min_rows=rows, step=step):
        ids, mask = _padded_in_front(prompts, batch)
        with foreign_code(causal.name, "cannot be run"), inference():
            rows = causal.model.generate(
                input_ids=torch.from_numpy(ids).to(causal.device),
                attention_mask=torch.from_numpy(mask).to(causal.device),
                generation_config=settings,
            )
        written = rows[:, batch.length :].tolist()
        ending = _ending(settings.eos_token_id)
        for row, tokens in zip(batch.rows, written, strict=False):
            found[int(row)] = _read(reader, prompts[row], tokens, ending)
    return [found[row] for row in range(len(prompts))]


def reads_rows_apart(causal: CausalModel, prompt: Sequence[int]) -> bool:
    """Whether a model goes on behind a prompt alike with padding in front and a row beside it.

    Raises:
        ModelError: the model cannot be run.
    """
    prompt = prompt[: causal.max_length - _PADDED - _STEPS]
    if not prompt:
        return False
    ids = torch.tensor([prompt], device=causal.device)
    beside = ids.flip(1).repeat(1, _PADDED + 1)[:, : len(prompt) + _PADDED]
    padded = torch.nn.functional.pad(ids, (_PADDED, 0), value=PADDING)
    mask = torch.nn.functional.pad(torch.ones_like(ids), (_PADDED, 0))
    with foreign_code(causal.name, "cannot be run"), inference():
        by_itself, in_batch = (
            causal.model.generate(
                input_ids=given, attention_mask=looked_at,
                generation_config=_greedy(causal.model, _STEPS),
                output_logits=True, return_dict_in_generate=True,
            ).logits
            for given, looked_at in (
                (ids, torch.ones_like(ids)),
                (torch.cat([padded, beside]), torch.cat([mask, torch.ones_like(beside)])),
            )
        )  # fmt: skip
    return all(
        float((one[0] - other[0]).abs().max()) <= _ROUNDING * float(one[0].std())
        for one, other in zip(by_itself, in_batch, strict=False)
    )


def _greedy(model: Any, most: int) -> Any:
    """The generation settings of a model, without chance."""
    settings = deepcopy(model.generation_config)
    if settings.eos_token_id is None:
        settings.eos_token_id = getattr(model.config.get_text_config(), "eos_token_id", None)
    for name in _SAMPLING:
        setattr(settings, name, None)
    settings.update(
        do_sample=False, num_beams=1, use_cache=True, max_new_tokens=most, max_length=None,
        pad_token_id=PADDING,
    )  # fmt: skip
    return settings


def _padded_in_front(
    prompts: Sequence[Sequence[int]], batch: Batch
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and mask, int64 (height, length); rows past those of the batch repeat its first."""
    ids = np.full((batch.height, batch.length), PADDING, dtype=np.int64)
    mask = np.zeros_like(ids)
    for place in range(batch.height):
        tokens = prompts[batch.rows[place if place < len(batch.rows) else 0]]
        ids[place, batch.length - len(tokens) :] = tokens
        mask[place, batch.length - len(tokens) :] = 1
    return ids, mask


def _ending(eos: int | list[int] | None) -> frozenset[int]:
    if eos is None:
        return frozenset()
    return frozenset([eos] if isinstance(eos, int) else eos)


def _read(
    reader: TokenReader, prompt: Sequence[int], tokens: Sequence[int], ending: frozenset[int]
) -> Continuation:
    stop = next((place for place, one in enumerate(tokens) if one in ending), len(tokens))
    ids = tokens[:stop]
    # The last token of the prompt says whether a tokenizer that marks words writes a space.
    before = list(prompt[-1:])
    start = len(reader.text(before))
    whole = reader.text([*before, *ids])
    ends, last = [], 0
    for count in range(1, stop + 1):
        part = reader.text([*before, *ids[:count]])
        # The bytes of a character may be those of several tokens.
        last = max(last, len(part.rstrip("\N{REPLACEMENT CHARACTER}")) - start)
        ends.append(min(last, len(whole) - start))
    return Continuation(whole[start:], tuple(ids), tuple(ends), stop < len(tokens))
