"""Natural substitutes from a masked language model, as ALERT makes them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from metacompress.attacks.substitutes.places import identifier_places
from metacompress.errors import ModelError
from metacompress.models.files.pretrained import read_tokenizer
from metacompress.models.files.source import source_of
from metacompress.models.files.transformers_calls import loading
from metacompress.models.runtime.torch_runtime import choose_device, inference
from metacompress.models.tokens.window import input_limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from metacompress.attacks.substitutes.base import Substitutes
    from metacompress.attacks.substitutes.registry import NameCorpus
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

_PER_SUB_TOKEN = 60
_KEPT = 30
# Of a name of several sub-tokens, each contributes so few that their combinations stay below
# this number, before they are ranked by perplexity.
_COMBINATIONS = 400
# Occurrences of a name whose contexts are looked at.
_OCCURRENCES = 4
_BATCH = 16


class MaskedLanguageModelSubstitutes:
    """What a masked language model would put in an identifier's place.

    At every occurrence, each sub-token gets the 60 tokens that the model finds most likely there;
    those of a name of several sub-tokens are combined and the combinations of the lowest
    perplexity kept. Candidates are then ranked by the cosine between the contextual embeddings of
    the old name and of the new one in its place; the 30 nearest stay.

    Source: Yang et al. 2022 (ALERT), doi:10.1145/3510003.3510146, section 3.2.

    Args:
        model: a fill-mask model of transformers, with hidden states.
        tokenizer: its fast tokenizer.
        max_length: tokens that it reads.
        device: where it runs.
    """

    def __init__(self, model: Any, tokenizer: Any, max_length: int, device: torch.device) -> None:
        self._model = model.to(device).eval()
        self._tokenizer = tokenizer
        self._max_length = max_length
        self._device = device
        self._texts: dict[int, str] = {}

    def propose(
        self,
        program_id: str,
        program: AnalysedProgram,
        names: Mapping[str, Sequence[Binding]],
        rng: Generator,
    ) -> Mapping[str, Iterable[str]]:
        """See Substitutes."""
        text = program.source.decode()
        encoded = self._tokenizer(
            text, truncation=True, max_length=self._max_length, return_offsets_mapping=True
        )
        ids = np.array(encoded["input_ids"])
        spans = np.array(encoded["offset_mapping"]).reshape(-1, 2)
        places = identifier_places(program, names, spans)
        if not any(places.values()):
            return {}
        logits, states = self._run(ids[np.newaxis])
        log_p = logits[0] - np.logaddexp.reduce(logits[0], axis=1, keepdims=True)
        found = {}
        for name, occurrences in places.items():
            # White space in front may give a name another number of sub-tokens.
            alike = [o for o in occurrences if _length(o) == _length(occurrences[0])]
            candidates = self._candidates(log_p, alike[:_OCCURRENCES])
            candidates.pop(name, None)
            if candidates:
                found[name] = self._nearest(ids, states[0], alike[0], candidates)
        return found

    def _candidates(
        self, log_p: NDArray[np.float64], occurrences: Sequence[slice]
    ) -> dict[str, tuple[int, ...]]:
        """Names with their token ids, those of all occurrences, the likeliest first."""
        found: dict[str, tuple[float, tuple[int, ...]]] = {}
        for place in occurrences:
            own = log_p[place]
            width = int(_COMBINATIONS ** (1 / len(own)))
            top = np.argsort(-own, axis=1, kind="stable")[:, : min(width, _PER_SUB_TOKEN)]
            for tokens in itertools.product(*top.tolist()):
                perplexity = -float(own[np.arange(len(own)), list(tokens)].mean())
                # One by one: some tokenizers put spaces between what they decode together.
                name = "".join(self._decoded(token) for token in tokens).strip()
                if name not in found or perplexity < found[name][0]:
                    found[name] = (perplexity, tokens)
        ranked = sorted(found.items(), key=lambda entry: entry[1][0])
        return {
            name: tokens
            for name, (_, tokens) in ranked[: 2 * _KEPT * len(occurrences)]
            if name.isidentifier()
        }

    def _decoded(self, token: int) -> str:
        if token not in self._texts:
            self._texts[token] = self._tokenizer.decode([token])
        return self._texts[token]

    def _nearest(
        self,
        ids: NDArray[np.int64],
        states: NDArray[np.float64],
        place: slice,
        candidates: Mapping[str, tuple[int, ...]],
    ) -> list[str]:
        """The names whose contextual embeddings are nearest to that of the old one."""
        names = list(candidates)
        rows = np.repeat(ids[np.newaxis], len(names), axis=0)
        rows[:, place] = [candidates[name] for name in names]
        old = states[place].mean(axis=0)
        cosines = []
        for start in range(0, len(rows), _BATCH):
            _, new = self._run(rows[start : start + _BATCH])
            vectors = new[:, place].mean(axis=1)
            lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(old)
            cosines.append(vectors @ old / np.maximum(lengths, 1e-12))
        order = np.argsort(-np.concatenate(cosines), kind="stable")
        return [names[index] for index in order[:_KEPT]]

    def _run(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Logits (r, t, v) and last hidden states (r, t, h)."""
        with inference():
            output = self._model(
                input_ids=torch.from_numpy(rows).to(self._device), output_hidden_states=True
            )
        return output.logits.double().cpu().numpy(), output.hidden_states[-1].double().cpu().numpy()


def _length(place: slice) -> int:
    return int(place.stop - place.start)


def load(location: str, corpus: NameCorpus) -> Substitutes:
    """Any fill-mask model of transformers: a local directory or hub id."""
    from transformers import AutoModelForMaskedLM

    source = source_of(location)
    with loading(f"mlm:{location}"):
        model = AutoModelForMaskedLM.from_pretrained(source.place, **source.settings)
    tokenizer = read_tokenizer(source, f"mlm:{location}")
    if not tokenizer.is_fast:
        raise ModelError(
            f"mlm:{location}: its tokenizer does not tell where tokens come from", model=location
        )
    limit = input_limit(model.config.to_dict(), tokenizer.model_max_length, None, location)
    return MaskedLanguageModelSubstitutes(model, tokenizer, limit, choose_device(corpus.device))
