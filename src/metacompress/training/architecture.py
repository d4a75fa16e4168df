"""Models to train: new ones from an architecture, or existing ones with a head for the task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from transformers import AutoConfig, AutoModelForSequenceClassification

from metacompress.errors import ModelError
from metacompress.models.files.pretrained import read_tokenizer
from metacompress.models.files.source import Source, source_of
from metacompress.models.files.transformers_calls import loading
from metacompress.models.graphcodebert.module import GraphCodeBertConfig
from metacompress.models.naming.spec import GRAPHCODEBERT
from metacompress.training.configuration import (
    graph_fields,
    label_names,
    model_configuration,
    model_family,
    starts_alike,
)
from metacompress.training.tokenizer import as_transformers, train_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transformers import PretrainedConfig

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.training.settings import Architecture

# Of the initialisation "alike"; ours.
_ALIKE_POSITION_SCALE = 0.25


def new_model(
    architecture: Architecture, task: Task, examples: Sequence[Example], seed: int
) -> tuple[Any, Any]:
    """A model with random weights, and a tokenizer trained on the programs of ``examples``.

    With the initialisation ``alike``, queries and keys of an attention head start equal, so that a
    token first attends to its like: the mimetic initialisation of Trockman and Kolter 2023 (arXiv
    2305.09828) without its noise, and with a spread and a scale of the other weights that are
    ours. It helps to compare the two programs of a pair. ``standard`` is BERT's.

    Returns:
        the torch module and its tokenizer.
    """
    segments = model_family(architecture, task) == "bert"
    texts = {program.text: None for example in examples for program in example.programs}
    tokenizer = as_transformers(
        train_tokenizer(
            texts,
            kind=architecture.tokenizer,
            vocabulary=architecture.vocabulary,
            segments=segments,
        ),
        max_length=architecture.max_length,
        segments=segments,
    )
    torch.manual_seed(seed)
    config = AutoConfig.for_model(**model_configuration(architecture, task, len(tokenizer)))
    model = AutoModelForSequenceClassification.from_config(config)
    if starts_alike(architecture, task):
        _start_alike(model.base_model)
    return model, tokenizer


def existing_model(
    location: str, task: Task, seed: int, architecture: Architecture | None = None
) -> tuple[Any, Any]:
    """A model to go on from, and its tokenizer; a head of other classes is made anew.

    Args:
        location: directory or hub id.
        task: gives the classes.
        seed: of a new head.
        architecture: of the family ``graphcodebert`` makes a RoBERTa read data flow; others are
            what the model has anyway.

    Raises:
        ModelError: nothing usable is there.
    """
    source = source_of(location)
    torch.manual_seed(seed)
    with loading(location):
        config = _existing_configuration(source, task, architecture)
        model = AutoModelForSequenceClassification.from_pretrained(
            source.place, config=config, ignore_mismatched_sizes=True, **source.settings
        )
    tokenizer = read_tokenizer(source, location)
    if tokenizer.pad_token_id is None:
        raise ModelError(
            f"{location}: its tokenizer has no padding token; set pad_token", model=location
        )
    return model, tokenizer


def _existing_configuration(
    source: Source, task: Task, architecture: Architecture | None
) -> PretrainedConfig:
    """Of a model at ``source``, with the classes of ``task``."""
    config = AutoConfig.from_pretrained(source.place, **source.settings, **label_names(task))
    if architecture is not None and architecture.family == GRAPHCODEBERT:
        config = _reading_graphs(config, architecture, task)
    if isinstance(config, GraphCodeBertConfig):
        config.programs = task.arity
        longest = config.lengths.code + config.flow_length
        if config.input_length > longest:
            raise ValueError(f"it has positions for --max-length {longest} at most")
    return config


def _reading_graphs(
    config: PretrainedConfig, architecture: Architecture, task: Task
) -> GraphCodeBertConfig:
    given = graph_fields(architecture, task)
    if isinstance(config, GraphCodeBertConfig):
        # What is not given stays as it is.
        options = {"max_length": "input_length", "flow_length": "flow_length"}
        kept = {
            field for option, field in options.items() if option in architecture.model_fields_set
        }
        given = {field: value for field, value in given.items() if field in kept}
    elif config.model_type != "roberta":
        raise ValueError(f"only a RoBERTa can read data flow, and it is a {config.model_type}")
    fields = {**config.to_dict(), **given}
    fields.pop("model_type")
    return GraphCodeBertConfig(**fields)


def _start_alike(encoder: Any) -> None:
    heads = encoder.config.num_attention_heads
    hidden = encoder.config.hidden_size
    width = hidden // heads
    with torch.no_grad():
        encoder.embeddings.position_embeddings.weight.mul_(_ALIKE_POSITION_SCALE)
        for layer in encoder.encoder.layer:
            attention = layer.attention.self
            for head in range(heads):
                basis = torch.linalg.qr(torch.randn(hidden, width))[0].T
                rows = slice(head * width, (head + 1) * width)
                attention.query.weight[rows] = basis
                attention.key.weight[rows] = basis
