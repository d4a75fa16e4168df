"""A language model behind an endpoint that answers a prompt about programs with its next token."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from metacompress.models.protocols.classifier import Classifier, Predictions, input_digests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.prompting.endpoint import Endpoint, TopTokens
    from metacompress.models.prompting.template import Template


class EndpointClassifier(Classifier):
    """A prompt, asked at an endpoint that tells the most likely next tokens.

    The probability of a class is that of the tokens which begin a spelling of its word and of no
    other class, divided by that of all classes together. Of a class without such a token among
    those that are told, no more is known than a bound: that a token which is not told has at most
    the probability of the least likely one that is, and at most all that is left. The bound is
    taken for its probability, so that none is 0.

    Args:
        endpoint: that is asked.
        template: the prompt.
        spellings: of each class, in the order of the labels.
        labels: the task's class names.
        parallel: requests at one time.
        fingerprint: see Classifier.
        name: for messages.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        template: Template,
        spellings: Sequence[Sequence[str]],
        *,
        labels: tuple[str, ...],
        parallel: int,
        fingerprint: str,
        name: str,
    ) -> None:
        self.labels = labels
        self.fingerprint = fingerprint
        # What a server cuts, it does not tell.
        self.tells_truncation = False
        self._endpoint, self._template, self._spellings = endpoint, template, spellings
        self._parallel, self._name = parallel, name

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        prompts = [
            self._template.fill([program.text for program in example.programs]).text
            for example in examples
        ]
        with ThreadPoolExecutor(self._parallel) as pool:
            answers = list(pool.map(self._endpoint.next_tokens, prompts))
        p = np.array([self.class_probabilities(one)[0] for one in answers])
        table = p.reshape(len(examples), len(self.labels))
        table /= table.sum(axis=1, keepdims=True)
        read = input_digests(prompt.encode() for prompt in prompts)
        return Predictions.checked(table, examples, len(self.labels), self._name, read=read)

    def class_probabilities(self, answer: TopTokens) -> tuple[NDArray[np.float64], float]:
        """Probabilities of the classes' words (k,), and that of all words which are told."""
        told = np.zeros(len(self.labels))
        for token, p in answer.probabilities.items():
            begun = [
                number for number, words in enumerate(self._spellings) if _begins(token, words)
            ]
            if len(begun) == 1:
                told[begun[0]] += p
        bound = max(min(answer.least, answer.unseen), np.finfo(np.float64).tiny)
        return np.where(told > 0, told, bound), float(told.sum())


def _begins(token: str, spellings: Sequence[str]) -> bool:
    return bool(token.strip()) and any(one.startswith(token) for one in spellings)
