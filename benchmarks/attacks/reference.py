"""ALERT as its published program runs it: the yardstick of compare.py.

It asks what that program asks, in its order and in its way: one example at a time; every text is
made by parsing the program anew, tokenised anew, padded to the model's whole block and run, however
often it was asked; all substitutes of a name are asked, also illegal ones, and all the rest of a
batch behind a flip. The names are the keys of the recorded substitutes; every token that has the
name is renamed. Its quirks are kept where they change what is asked: the population of the genetic
search is changed by the mutation of its members, a child takes the place before the one that it
beats, and escaped line feeds become real ones, in string literals too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
import tree_sitter
import tree_sitter_c
from tokenizers import Tokenizer
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    RobertaConfig,
    RobertaForSequenceClassification,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

# --eval_batch_size of the published program, which is also the size of its generations.
BATCH = 64
_PAD = 1
_CROSSOVER = 0.7
_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_c.language()))


class Victim:
    """A RoBERTa classifier with its tokenizer, as transformers reads it.

    Attributes:
        block: tokens that it reads at most.
        encode: token ids of a text, special ones included.
        model: the module.
    """

    def __init__(self, directory: Path) -> None:
        self.encode: Callable[[str], list[int]]
        if (directory / "config.json").is_file():
            self.model = AutoModelForSequenceClassification.from_pretrained(directory)
            tokenizer = AutoTokenizer.from_pretrained(directory)
            self.block = tokenizer.model_max_length
            self.encode = lambda text: tokenizer(
                " ".join(text.split()), truncation=True, max_length=self.block
            )["input_ids"]
            self._columns = [0, 1]
        else:
            self.model, tokenizer = _published(directory)
            self.block = 400
            self.encode = lambda text: [
                0,
                *tokenizer.encode(" ".join(text.split())).ids[: self.block - 2],
                2,
            ]
            self._columns = [1, 0]  # column 0 is the vulnerable class
        self.model.eval()

    def probabilities(self, ids: np.ndarray) -> np.ndarray:
        """Of rows of padded token ids (r, length): (r, 2)."""
        batch = torch.from_numpy(ids)
        with torch.inference_mode():
            logits = self.model(batch, attention_mask=batch.ne(_PAD)).logits
        return self.in_order(torch.softmax(logits, dim=-1).numpy())

    def in_order(self, probabilities: np.ndarray) -> np.ndarray:
        """The model's columns (r, 2) in the order of the task's classes."""
        return probabilities[:, self._columns]

    def padded(self, rows: Sequence[Sequence[int]], length: int) -> np.ndarray:
        """Token ids as one array (r, length)."""
        ids = np.full((len(rows), length), _PAD, dtype=np.int64)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = tokens
        return ids


@dataclass
class Outcome:
    """What the program does to one example.

    Attributes:
        adversarial: the text that flips, or None.
        queries: by stage: importance, greedy and genetic.
    """

    adversarial: str | None
    queries: dict[str, int]


class PublishedAlert:
    """The search.

    Args:
        victim: that is asked.
        genetic: whether the genetic search follows where the greedy one fails (``--use_ga``).
        seed: of the genetic search.
    """

    def __init__(self, victim: Victim, *, genetic: bool, seed: int) -> None:
        self._victim = victim
        self._genetic = genetic
        self._random = random.Random(seed)
        self._stage = ""
        self._queries: dict[str, int] = {}

    def attack(self, text: str, label: int, substitutes: dict[str, list[str]]) -> Outcome:
        """Attack a text that the victim predicts right."""
        self._queries = dict.fromkeys(("importance", "greedy", "genetic"), 0)
        self._stage = "importance"
        (source,) = self._ask([text], label)
        places, falls = self._importance(text, label, substitutes)
        adversarial, picks = None, {}
        if places:
            self._stage = "greedy"
            order = sorted(places, key=lambda name: -falls[name])
            adversarial, picks = self._greedy(text, label, source, order, substitutes)
        if adversarial is None and places and self._genetic:
            self._stage = "genetic"
            names = {name: substitutes[name] for name in places}
            adversarial = self._evolve(text, label, names, picks)
        return Outcome(adversarial, self._queries)

    def _ask(self, texts: Sequence[str], label: int) -> np.ndarray:
        """P(label) of each text."""
        self._queries[self._stage] += len(texts)
        victim = self._victim
        rows = victim.padded([victim.encode(text) for text in texts], victim.block)
        parts = [victim.probabilities(rows[at : at + BATCH]) for at in range(0, len(rows), BATCH)]
        return np.concatenate(parts)[:, label]

    def _importance(
        self, text: str, label: int, substitutes: dict[str, list[str]]
    ) -> tuple[dict[str, list[int]], dict[str, float]]:
        """The places of each name among the tokens, and its summed falls of P(label)."""
        joined = " ".join(token for _, _, token in _tokens(_broken(text)))
        # A literal of several words becomes several tokens, and may hold a name.
        words = joined.replace("\n", "").split(" ")
        places: dict[str, list[int]] = {}
        for name in substitutes:
            found = [place for place, word in enumerate(words) if word == name]
            if found:
                places[name] = found
        if not places:
            return {}, {}
        masked = [
            " ".join([*words[:place], "<unk>", *words[place + 1 :]])
            for found in places.values()
            for place in found
        ]
        source, *others = self._ask([" ".join(words), *masked], label)
        left = iter(others)
        # The falls are of the class that is predicted for the joined tokens, not of the label.
        sign = 1 if source > 0.5 else -1
        falls = {
            name: sign * sum(source - next(left) for _ in found) for name, found in places.items()
        }
        return places, falls

    def _greedy(
        self,
        text: str,
        label: int,
        likelihood: float,
        order: Sequence[str],
        substitutes: dict[str, list[str]],
    ) -> tuple[str | None, dict[str, str]]:
        """An adversarial text, or the pick for each name."""
        picks: dict[str, str] = {}
        for name in order:
            texts = [_renamed(text, {name: new}) for new in substitutes[name]]
            if not texts:
                continue
            likelihoods = self._ask(texts, label)
            flips = np.flatnonzero(likelihoods < 0.5)
            if len(flips):
                return texts[flips[0]], picks
            best = int(likelihoods.argmin())
            picks[name] = name
            if likelihoods[best] < likelihood:
                text, likelihood = texts[best], float(likelihoods[best])
                picks[name] = substitutes[name][best]
        return None, picks

    def _evolve(
        self,
        text: str,
        label: int,
        names: dict[str, list[str]],
        picks: dict[str, str],
    ) -> str | None:
        self._ask([text], label)
        population = [{name: name for name in names}]
        likelihoods: list[float] = []
        for name in names:
            single = {**{other: other for other in names}, name: picks.get(name, name)}
            population.append(single)
            likelihoods.append(float(self._ask([_renamed(text, single)], label)[0]))
        for _ in range(max(5 * len(population), 10)):
            children = [
                one for one in (self._child(population, names) for _ in range(BATCH)) if one
            ]
            texts = [_renamed(text, child) for child in children]
            if not texts:
                continue
            found = self._ask(texts, label)
            flips = np.flatnonzero(found < 0.5)
            if len(flips):
                return texts[flips[0]]
            for child, value in zip(children, found, strict=True):
                worst = int(np.argmax(likelihoods))
                if value < likelihoods[worst]:
                    population[worst], likelihoods[worst] = child, float(value)
        return None

    def _child(
        self, population: Sequence[dict[str, str]], names: dict[str, list[str]]
    ) -> dict[str, str] | None:
        """A crossing of two parents, or the first of them, changed in its place."""
        is_crossing = self._random.random() < _CROSSOVER
        first, second = self._random.choice(population), self._random.choice(population)
        # Of two equal parents, the mutant is not asked.
        is_lost = is_crossing and first == second
        if is_crossing and not is_lost:
            cut = self._random.randrange(len(names))
            halves = enumerate(names)
            crossed = {name: (second if at < cut else first)[name] for at, name in halves}
            if crossed not in (first, second):
                return crossed
        name = self._random.choice(list(names))
        first[name] = self._random.choice(names[name])
        return None if is_lost else first


def _tokens(text: str) -> list[tuple[int, int, str]]:
    """Leaves of the syntax tree without comments: first and last byte, and the text."""
    source = text.encode()
    found: list[tuple[int, int, str]] = []
    waiting = [_PARSER.parse(source).root_node]
    while waiting:
        node = waiting.pop()
        if node.type == "comment":
            continue
        if node.children:
            waiting.extend(reversed(node.children))
        else:
            token = source[node.start_byte : node.end_byte].decode(errors="replace")
            found.append((node.start_byte, node.end_byte, token))
    return found


def _broken(text: str) -> str:
    """The text as the published program parses and writes it: no literal keeps its line feeds."""
    return text.replace("\\n", "\n")


def _renamed(text: str, names: dict[str, str]) -> str:
    """Every token that is a key of ``names`` replaced by its value."""
    text = _broken(text)
    source = text.encode()
    pieces, position = [], 0
    for start, end, token in _tokens(text):
        if token in names:
            pieces += [source[position:start], names[token].encode()]
            position = end
    return b"".join([*pieces, source[position:]]).decode(errors="replace")


def _published(directory: Path) -> tuple[RobertaForSequenceClassification, Tokenizer]:
    """A Compressor student for single programs; its shape is in no file of it."""
    config = RobertaConfig(
        vocab_size=1000,
        hidden_size=96,
        num_hidden_layers=12,
        num_attention_heads=8,
        intermediate_size=64,
        max_position_embeddings=514,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        num_labels=2,
    )
    model = RobertaForSequenceClassification(config)
    state = torch.load(directory / "model.bin", map_location="cpu", weights_only=True)
    state = {name.removeprefix("encoder."): value for name, value in state.items()}
    missing, _ = model.load_state_dict(state, strict=False)
    if missing:
        raise SystemExit(f"{directory}: no published student, it lacks {missing[0]}")
    return model, Tokenizer.from_file(str(next(directory.glob("BPE_*.json"))))
