"""The Hugging Face configuration of a new model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.models.naming.spec import GRAPHCODEBERT
from metacompress.training.tokenizer import PAD, SPECIAL_TOKENS

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.training.settings import Architecture

# Of the initialisation "alike", whose spread follows the width; the constant is ours.
_ALIKE_SPREAD = 0.8
_STANDARD_SPREAD = 0.02
_PAD_ID = SPECIAL_TOKENS.index(PAD)


def model_configuration(
    architecture: Architecture, task: Task, vocabulary: int | None = None
) -> dict[str, Any]:
    """The configuration of a sequence classifier, as ``transformers.AutoConfig`` takes it.

    Args:
        architecture: of the new model.
        task: gives the classes, and the family where the architecture names none.
        vocabulary: number of tokens; default: as many as the architecture allows.
    """
    family = model_family(architecture, task)
    is_roberta = family != "bert"
    spread = _ALIKE_SPREAD * architecture.hidden**-0.5
    return {
        "model_type": family,
        "vocab_size": vocabulary or architecture.vocabulary,
        "hidden_size": architecture.hidden,
        "num_hidden_layers": architecture.layers,
        "num_attention_heads": architecture.heads,
        "intermediate_size": architecture.feed_forward,
        "hidden_act": architecture.activation,
        "hidden_dropout_prob": architecture.dropout,
        "attention_probs_dropout_prob": architecture.attention_dropout,
        "initializer_range": spread if starts_alike(architecture, task) else _STANDARD_SPREAD,
        # RoBERTa counts positions from behind the padding id.
        "max_position_embeddings": architecture.max_length + (_PAD_ID + 1 if is_roberta else 0),
        "type_vocab_size": 1 if is_roberta else 2,
        "pad_token_id": _PAD_ID,
        "bos_token_id": SPECIAL_TOKENS.index("<s>"),
        "eos_token_id": SPECIAL_TOKENS.index("</s>"),
        **label_names(task),
        **(graph_fields(architecture, task) if family == GRAPHCODEBERT else {}),
    }


def graph_fields(architecture: Architecture, task: Task) -> dict[str, Any]:
    """What the configuration of a model that reads data flow says beside a RoBERTa's."""
    return {
        "programs": task.arity,
        "input_length": architecture.max_length,
        "flow_length": architecture.kept_for_flow,
    }


def model_family(architecture: Architecture, task: Task) -> str:
    """``bert`` tells the two programs of a pair apart, ``roberta`` does not.

    ``graphcodebert`` encodes them one by one.
    """
    return architecture.family or ("bert" if task.arity == 2 else "roberta")


def starts_alike(architecture: Architecture, task: Task) -> bool:
    """Whether a new model starts with the initialisation ``alike``."""
    compares = task.arity == 2 and model_family(architecture, task) != GRAPHCODEBERT
    default = "alike" if compares else "standard"
    return (architecture.initialization or default) == "alike"


def label_names(task: Task) -> dict[str, Any]:
    """What a configuration says about the classes."""
    return {
        "num_labels": len(task.labels),
        "id2label": dict(enumerate(task.labels)),
        "label2id": {label: index for index, label in enumerate(task.labels)},
    }
