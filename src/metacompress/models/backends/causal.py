"""Causal language models that a prompt asks: ``causal:MODEL?template=FILE&labels=no,yes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from metacompress.models.files.causal import CausalOptions, read_causal
from metacompress.models.files.foreign import foreign_code
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.prompting.classifier import PromptedClassifier
from metacompress.models.prompting.label_words import label_tokens
from metacompress.models.prompting.template import Template
from metacompress.models.prompting.tokens import Prompter

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec

# Below this, the next token is hardly ever a label word, and their ratio says little. Ours.
_LITTLE_MASS = 0.05


class PromptOptions(CausalOptions):
    """Options of ``causal:``.

    ``template`` is a text file with ``{program}``, or with ``{first}`` and ``{second}``;
    ``labels`` are words for the task's classes in their order, ``no,yes`` or, with their
    spellings, ``no|No,yes|Yes``; ``correction`` says whether the prior of the classes is
    corrected by prompts without content (contextual calibration).
    """

    template: str
    labels: str | None = None
    correction: Literal["none", "content-free"] = "none"


def load(spec: ModelSpec, task: Task) -> PromptedClassifier:
    """A causal language model with a prompt: local directory, GGUF file or hub id."""
    options = spec.options_as(PromptOptions)
    template = Template.read(options.template, task.arity)
    causal = read_causal(spec, options)
    with foreign_code(causal.name):
        ids = label_tokens(
            options.labels,
            task,
            lambda text: causal.tokenizer(text, add_special_tokens=False)["input_ids"],
            causal.name,
        )
        prompter = Prompter(template, causal.tokenizer, causal.max_length, causal.name)
    settings = dict(causal.identity)
    classifier = PromptedClassifier(
        causal,
        template,
        prompter,
        labels=task.labels,
        label_ids=ids,
        corrected=options.correction == "content-free",
        batch_limit=options.batch_limit,
        fingerprint=fingerprint(
            causal.files,
            kind="causal",
            packages=settings.pop("packages"),
            template=template.text,
            label_ids=ids,
            correction=options.correction,
            labels=task.labels,
            **settings,
        ),
    )
    doubts = list(causal.doubts)
    if classifier.label_mass < _LITTLE_MASS:
        doubts.append(
            f"its label words get {classifier.label_mass:.1%} of the next token's probability "
            "after the prompt: it hardly ever answers with one of them"
        )
    classifier.doubts = tuple(doubts)
    return classifier
