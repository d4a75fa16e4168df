"""The card of a trained model: for people (README.md) and for programs (card.json)."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from metacompress.files.atomic import write_text
from metacompress.models.spec import GRAPHCODEBERT
from metacompress.training.settings import OF_GRAPHS

if TYPE_CHECKING:
    from pathlib import Path

CARD, README = "card.json", "README.md"
# What made a model smaller, each step with a summary; ``scored`` is false after a training.
COMPRESSION = "compression"


def write_card(directory: Path, card: dict[str, Any]) -> None:
    """Write both forms of ``card`` into a model's directory."""
    write_text(directory / CARD, json.dumps(card, indent=2) + "\n")
    write_text(directory / README, _text(card))


def _text(card: dict[str, Any]) -> str:
    settings = card["settings"]
    teacher = settings.get("teacher")
    what = f"Student distilled from `{teacher}`" if teacher else "Classifier"
    start = f"`{settings['model']}`" if settings["model"] else "random weights"
    parts = ", ".join(f"{count} {name}" for name, count in card["examples"].items())
    lines = [
        "---",
        "library_name: transformers",
        "pipeline_tag: text-classification",
        "tags: [code, metacompress]",
        "---",
        f"# {what} for {card['task']}",
        "",
        f"- data: `{settings['data']['path']}`, split `{settings['data']['split']}` ({parts})",
        *_left_out(card.get("leaked", 0)),
        f"- started from {start}, seed {settings['seed']}",
        f"- {card['parameters']:,} parameters",
        f"- {card['steps']:,} steps, {card['epochs']:g} epochs, {card['seconds']:,.0f} s",
        *_commands(card),
        "",
        "| split | accuracy | agreement with the teacher | loss |",
        "|---|---|---|---|",
    ]
    for part, found in card["scores"].items():
        shown = (_number(found.get(name)) for name in ("accuracy", "agreement", "loss"))
        lines.append(f"| {part} | {' | '.join(shown)} |")
    lines += _compression(card.get(COMPRESSION, []))
    if "onnx" in card:
        onnx = card["onnx"]
        lines += [
            "",
            f"`model.onnx` holds the same model for ONNX Runtime ({onnx['bytes']:,} bytes); on "
            f"{onnx['inputs']} random inputs its probabilities differ from torch's by "
            f"{onnx['largest_difference']:.1e} at most.",
        ]
    return "\n".join(lines) + "\n"


def _compression(steps: list[dict[str, Any]]) -> list[str]:
    if not steps:
        return []
    lines = ["", "## Compression", ""]
    unscored = [number for number, step in enumerate(steps, 1) if not step.get("scored", True)]
    if unscored:
        lines += [f"The scores above are those of the model before step {unscored[0]}.", ""]
    return lines + [f"{number}. {step['summary']}" for number, step in enumerate(steps, 1)]


def _left_out(leaked: int) -> list[str]:
    return [f"- left out of training and validation: {leaked} inputs of the test split"] * (
        leaked > 0
    )


def _commands(card: dict[str, Any]) -> list[str]:
    """The command of every stage, the last one first."""
    lines = [f"- command: `{command(card['settings'])}`"]
    while card := card.get("started_from") or {}:
        lines.append(f"- before it, its start: `{command(card['settings'])}`")
    return lines


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def command(settings: dict[str, Any]) -> str:
    """The command line that these settings stand for; all it lacks is ``--out``."""
    data = settings["data"]
    new = dict(settings["architecture"])
    if settings["model"]:
        # All that is made of an existing model is a reader of data flow.
        kept = OF_GRAPHS if new.get("family") == GRAPHCODEBERT else ()
        new = {name: new[name] for name in kept}
    options = {
        **{name: value for name, value in settings.items() if name not in ("data", "architecture")},
        **({"architecture": new.pop("family")} if new else {}),
        **new,
        **{name: value for name, value in data.items() if name not in ("path", "fields")},
        "data": data["path"],
    }
    words = ["metacompress", "distill" if "teacher" in settings else "train"]
    for name, value in options.items():
        # Training knows no choice about missing predictions: only a recorded teacher lacks any.
        if value is not None and not (name == "missing" and words[1] == "train"):
            for one in value if isinstance(value, list) else [value]:
                words += [f"--{name.replace('_', '-')}", str(one)]
    for role, column in data["fields"].items():
        words += ["--field", f"{role}={column}"]
    return shlex.join(words)


def read_card(model: Path) -> dict[str, Any] | None:
    """The card of a model's directory; None where it has none of ours."""
    try:
        card = json.loads((model / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_ours = isinstance(card, dict) and {"settings", "scores", "task"} <= card.keys()
    return card if is_ours else None


def extend_card(model: Path, out: Path, onnx: dict[str, Any]) -> None:
    """Copy the card of ``model`` to ``out``, with what is to be said about the ONNX file."""
    card = read_card(model)
    if card is not None:
        write_card(out, {**card, "onnx": onnx})
