"""Endpoints that answer as OpenAI's do, asked by a prompt: ``openai:URL?model=NAME&template=``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.spec import ModelOptions
from metacompress.models.prompting.endpoint import Endpoint
from metacompress.models.prompting.endpoint_classifier import EndpointClassifier
from metacompress.models.prompting.label_words import label_spellings
from metacompress.models.prompting.template import Template

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec

# Below this, the next token is hardly ever a label word, and their ratio says little. Ours.
_LITTLE_MASS = 0.05
_CONTENT_FREE = "N/A"


class EndpointOptions(ModelOptions):
    """Options of ``openai:``.

    ``model`` is the name of the model at the endpoint, ``template`` and ``labels`` are those of
    ``causal:``. ``top`` most likely tokens are asked for (OpenAI gives 5, of chats 20; vLLM 20).
    ``key_from`` names the environment variable of the key. ``revision`` is any text that says
    which model stands behind the name: answers are kept under it.
    """

    model: str
    template: str
    labels: str | None = None
    chat: bool = False
    top: int = Field(default=5, ge=2)
    key_from: str = "OPENAI_API_KEY"
    seconds: float = Field(default=60.0, gt=0)
    retries: int = Field(default=5, ge=0)
    rate: float | None = Field(default=None, gt=0)
    parallel: int = Field(default=4, ge=1)
    revision: str | None = None


def load(spec: ModelSpec, task: Task) -> EndpointClassifier:
    """A language model behind an OpenAI-compatible endpoint with logprobs; a prompt asks it."""
    options = spec.options_as(EndpointOptions)
    template = Template.read(options.template, task.arity)
    name = f"openai:{spec.location}"
    spellings = label_spellings(options.labels, task, name)
    endpoint = Endpoint(
        spec.location,
        options.model,
        chat=options.chat,
        top=options.top,
        key_from=options.key_from,
        seconds=options.seconds,
        retries=options.retries,
        rate=options.rate,
        name=name,
    )
    classifier = EndpointClassifier(
        endpoint,
        template,
        spellings,
        labels=task.labels,
        parallel=options.parallel,
        fingerprint=fingerprint(
            [],
            kind="openai",
            url=spec.location,
            model=options.model,
            revision=options.revision,
            template=template.text,
            spellings=spellings,
            chat=options.chat,
            top=options.top,
            labels=task.labels,
        ),
        name=name,
    )
    answer = endpoint.next_tokens(template.fill([_CONTENT_FREE] * task.arity).text)
    told = classifier.class_probabilities(answer)[1]
    doubts = [
        f"its endpoint tells the {len(answer.probabilities)} most likely tokens alone; where a "
        f"program is {_CONTENT_FREE}, the others have {answer.unseen:.1%} of the probability, and "
        f"a token among them has at most {min(answer.least, answer.unseen):.1%}"
    ]
    if told < _LITTLE_MASS:
        doubts.append(
            f"its label words get {told:.1%} of the next token's probability after the prompt: it "
            "hardly ever answers with one of them"
        )
    classifier.doubts = tuple(doubts)
    return classifier
