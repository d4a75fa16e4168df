"""The card of a trained model: for people (README.md) and for programs (card.json)."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from metacompress.data.in_memory import is_in_memory
from metacompress.data.task import NEXT_TOKEN
from metacompress.files.atomic import write_text
from metacompress.models.naming.spec import GRAPHCODEBERT
from metacompress.training.settings import OF_GRAPHS
from metacompress.training.summary import CompressionStep, ModelCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CARD, README = "card.json", "README.md"


def write_card(directory: Path, card: ModelCard) -> None:
    """Write both forms of ``card`` into a model's directory."""
    write_text(directory / CARD, json.dumps(card.content(), indent=2) + "\n")
    write_text(directory / README, _text(card))


def read_card(model: Path) -> ModelCard | None:
    """The card of a model's directory; None where it has none of ours."""
    try:
        return ModelCard.model_validate(json.loads((model / CARD).read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return None


def read_steps(model: Path) -> list[CompressionStep]:
    """What made the model in a directory smaller, by its card, also where it was not trained."""
    try:
        content = json.loads((model / CARD).read_text(encoding="utf-8"))
        return _Steps.model_validate(content).compression
    except (OSError, ValueError, RecursionError):
        return []


class _Steps(BaseModel):
    """What every card has."""

    compression: list[CompressionStep] = []


def _text(card: ModelCard) -> str:
    settings: Mapping[str, Any] = card.settings
    teacher = settings.get("teacher")
    what = f"Student distilled from `{teacher}`" if teacher else "Classifier"
    start = f"`{settings['model']}`" if settings["model"] else "random weights"
    parts = ", ".join(f"{count} {name}" for name, count in card.examples.items())
    generates = card.task == NEXT_TOKEN.name
    lines = [
        "---",
        "library_name: transformers",
        f"pipeline_tag: text-{'generation' if generates else 'classification'}",
        "tags: [code, metacompress]",
        "---",
        f"# {what} for {card.task}",
        "",
        f"- data: `{settings['data']['path']}`, split `{settings['data']['split']}` ({parts})",
        *_left_out(card.leaked),
        f"- started from {start}, seed {settings['seed']}",
        f"- {card.parameters:,} parameters{_kept_zeros(card.kept_zeros)}",
        f"- {card.steps:,} steps (epochs: {card.epochs:g}), {card.seconds:,.0f} s",
        *_commands(card),
        "",
        *(_token_scores(card) if generates else _scores(card)),
        *_compression_before(card.start_compression),
        *_compression(card.compression),
    ]
    if card.onnx is not None:
        lines += [
            "",
            f"`model.onnx` holds the same model for ONNX Runtime ({card.onnx.bytes:,} bytes); on "
            f"{card.onnx.inputs} random inputs its probabilities differ from torch's by "
            f"{card.onnx.largest_difference:.1e} at most.",
        ]
    return "\n".join(lines) + "\n"


def _scores(card: ModelCard) -> list[str]:
    lines = [
        "| split | accuracy | agreement with the teacher | loss |",
        "|---|---|---|---|",
    ]
    for part, found in card.scores.items():
        shown = map(_number, (found.accuracy, found.agreement, found.loss))
        lines.append(f"| {part} | {' | '.join(shown)} |")
    return lines


def _token_scores(card: ModelCard) -> list[str]:
    lines = [
        "| split | model | KL from the teacher | same top token | perplexity | teacher's |",
        "|---|---|---|---|---|---|",
    ]
    for part, after in card.scores.items():
        for name, found in (("before", card.start_scores[part]), ("after", after)):
            shown = map(
                _number,
                (found.kl, found.agreement, found.perplexity, found.teacher_perplexity),
            )
            lines.append(f"| {part} | {name} | {' | '.join(shown)} |")
    return lines


def _kept_zeros(count: int) -> str:
    return f", {count:,} of them zero as in the model before" if count else ""


def _compression_before(steps: list[CompressionStep]) -> list[str]:
    if not steps:
        return []
    said = "The model that the training started from was made so; then its weights changed."
    return ["", "## Compression before the training", "", said, "", *numbered(steps)]


def _compression(steps: list[CompressionStep]) -> list[str]:
    if not steps:
        return []
    lines = ["", "## Compression", ""]
    unscored = [number for number, step in enumerate(steps, 1) if not step.scored]
    if unscored:
        lines += [f"The scores above are those of the model before step {unscored[0]}.", ""]
    return lines + numbered(steps)


def numbered(steps: Iterable[CompressionStep]) -> list[str]:
    """The steps of a compression as a Markdown list."""
    return [f"{number}. {step.summary}" for number, step in enumerate(steps, 1)]


def _left_out(leaked: int) -> list[str]:
    return [f"- left out of training and validation: {leaked} inputs of the test split"] * (
        leaked > 0
    )


def _commands(card: ModelCard) -> list[str]:
    """The command of every stage, the last one first."""
    lines = [f"- command: {_told(card.settings)}"]
    start = card.started_from
    while start is not None:
        lines.append(f"- before it, its start: {_told(start.settings)}")
        start = start.started_from
    return lines


def _told(settings: Mapping[str, Any]) -> str:
    inputs = {"data": settings["data"]["path"], "teacher": settings.get("teacher")}
    held = [name for name, one in inputs.items() if is_in_memory(one)]
    if held:
        return f"none, as a Python program held the {' and the '.join(held)} in memory"
    return f"`{command(settings)}`"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def command(settings: Mapping[str, Any]) -> str:
    """The command line that these settings stand for; all it lacks is ``--out``."""
    data = settings["data"]
    # Without a limit there is no sample.
    left_out = {"path", "fields", *(() if data.get("limit") else ("head", "sample_seed"))}
    new = dict(settings["architecture"])
    if settings["model"]:
        # All that is made of an existing model is a reader of data flow. A language model is told
        # how much it reads.
        kept: tuple[str, ...] = OF_GRAPHS if new.get("family") == GRAPHCODEBERT else ()
        if settings["task"] == NEXT_TOKEN.name:
            kept = ("max_length",)
        new = {name: new[name] for name in kept}
    # A registered task says itself whether it is about pairs.
    apart = {"data", "architecture", *(() if settings.get("labels") else ("pairs",))}
    options = {
        **{name: value for name, value in settings.items() if name not in apart},
        **({"architecture": new.pop("family")} if "family" in new else {}),
        **new,
        **{name: value for name, value in data.items() if name not in left_out},
        "data": data["path"],
    }
    words = ["metacompress", "distill" if "teacher" in settings else "train"]
    for name, value in options.items():
        # Training knows no choice about missing predictions: only a recorded teacher lacks any.
        if value is not None and not (name == "missing" and words[1] == "train"):
            for one in value if isinstance(value, list) else [value]:
                flag = name.replace("_", "-")
                if isinstance(one, bool):
                    words.append(f"--{flag}" if one else f"--no-{flag}")
                else:
                    words += [f"--{flag}", str(one)]
    for role, column in data["fields"].items():
        words += ["--field", f"{role}={column}"]
    return shlex.join(words)
