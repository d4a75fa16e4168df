"""``metacompress train`` and ``metacompress distill``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from metacompress.cli.options import (
    DataOption,
    FieldOption,
    JsonOption,
    LanguageOption,
    LimitOption,
    MissingOption,
    QuarantinedOption,
    SeedOption,
    TaskOption,
    data_settings,
    print_json,
    takes,
)
from metacompress.errors import UsageError
from metacompress.extras import missing_package

EXAMPLES: dict[str, Any] = {
    "task": TaskOption,
    "data": DataOption,
    "out": Annotated[
        Path | None, typer.Option("--out", help="Directory of what is made.", metavar="DIR")
    ],
    "split": Annotated[
        str | None,
        typer.Option("--split", help="To train on, where --data has splits.", metavar="SPLIT"),
    ],
    "valid_split": Annotated[
        str | None,
        typer.Option(help="To validate on (default: hold out groups of --split).", metavar="SPLIT"),
    ],
    "hold_out": Annotated[
        float | None, typer.Option(help="Share of the groups to validate on instead (0.1).")
    ],
    "test_split": Annotated[
        str | None, typer.Option(help="To score once, at the end.", metavar="SPLIT")
    ],
    "field": FieldOption,
    "language": LanguageOption,
    "limit": LimitOption,
    "max_quarantined": QuarantinedOption,
}
TEACHER: dict[str, Any] = {
    "teacher": Annotated[
        str | None,
        typer.Option(help="Model: KIND:LOCATION?option=value, live or recorded.", metavar="MODEL"),
    ],
    "missing": MissingOption,
    "soft_loss": Annotated[
        str | None, typer.Option(help="kl (Hinton et al.) or cross-entropy-cosine (MORPH) (kl).")
    ],
    "temperature": Annotated[float | None, typer.Option(help="Of the soft loss (2).")],
    "hard_weight": Annotated[
        float | None, typer.Option(help="Share of the loss on the labels (0).")
    ],
}
_ARCHITECTURE: dict[str, Any] = {
    "architecture": Annotated[
        str | None,
        typer.Option("--architecture", help="bert (pairs), roberta, or graphcodebert (data flow)."),
    ],
    "layers": Annotated[int | None, typer.Option(help="Of a new model (4).")],
    "hidden": Annotated[int | None, typer.Option(help="Width of a new model (256).")],
    "heads": Annotated[int | None, typer.Option(help="Attention heads of a new model (4).")],
    "feed_forward": Annotated[int | None, typer.Option(help="Inner width of a new model (1024).")],
    "activation": Annotated[
        str | None, typer.Option(help="gelu, relu, silu or gelu_new, of a new model (gelu).")
    ],
    "tokenizer": Annotated[
        str | None, typer.Option(help="bpe, wordpiece, unigram or word, of a new model (bpe).")
    ],
    "vocabulary": Annotated[int | None, typer.Option(help="Tokens of a new tokenizer (8000).")],
    "max_length": Annotated[int | None, typer.Option(help="Tokens a new model reads (512).")],
    "flow_length": Annotated[
        int | None, typer.Option(help="Of them, kept for data flow, with graphcodebert (128).")
    ],
    "dropout": Annotated[float | None, typer.Option(help="Of a new model (0.1).")],
    "attention_dropout": Annotated[
        float | None, typer.Option(help="Of a new model's attention (0).")
    ],
    "initialization": Annotated[
        str | None,
        typer.Option(help="standard, or alike: attend to one's like first (alike for pairs)."),
    ],
}
_TRAINING: dict[str, Any] = {
    "model": Annotated[
        str | None,
        typer.Option(help="Directory or hub id to start from; else from scratch.", metavar="MODEL"),
    ],
    **_ARCHITECTURE,
    "epochs": Annotated[float | None, typer.Option(help="At most (10).")],
    "batch_size": Annotated[int | None, typer.Option(help="Examples per step (16).")],
    "learning_rate": Annotated[
        float | None, typer.Option(help="Peak (5e-4 from scratch, 5e-5 from a model).")
    ],
    "weight_decay": Annotated[float | None, typer.Option(help="Of AdamW (0.01).")],
    "token_dropout": Annotated[
        float | None, typer.Option(help="Share of the tokens hidden at each training step (0).")
    ],
    "label_smoothing": Annotated[
        float | None, typer.Option(help="Share of each label spread over all classes (0).")
    ],
    "warmup": Annotated[float | None, typer.Option(help="Share of the steps (0.1).")],
    "evaluations": Annotated[
        int | None, typer.Option(help="Evaluations and checkpoints per epoch (1).")
    ],
    "patience": Annotated[
        int | None, typer.Option(help="Evaluations without a better one before stopping (3).")
    ],
    "keep": Annotated[
        str | None,
        typer.Option(help="best on validation, or last, where too few examples validate (best)."),
    ],
    "average": Annotated[
        float | None,
        typer.Option(
            help="Average the weights of the last steps, this share; with --keep last (0)."
        ),
    ],
    "max_minutes": Annotated[float | None, typer.Option(help="Of training, then stop.")],
    "precision": Annotated[str | None, typer.Option(help="fp32, bf16 or fp16 (fp32).")],
    "faithful": Annotated[
        list[str] | None,
        typer.Option(
            help="Quirk of the published programs to reproduce: frozen-biases, double-softmax.",
            metavar="QUIRK",
        ),
    ],
    "seed": SeedOption,
}
RUN: dict[str, Any] = {
    "overwrite": Annotated[
        bool, typer.Option("--overwrite", help="Replace another training in --out.")
    ],
    "json": JsonOption,
}
DATA = ("data", "split", "field", "language", "limit", "max_quarantined", "missing")


@takes(EXAMPLES, _TRAINING, RUN)
def train(given: dict[str, Any]) -> None:
    """Train a classifier of code: fine-tune a model, or start from scratch.

    Killed and run again, it goes on from its last checkpoint. Needs the extra torch.
    """
    _run(given)


@takes(EXAMPLES, TEACHER, _TRAINING, RUN)
def distill(given: dict[str, Any]) -> None:
    """Distil a student from a teacher's soft labels.

    Killed and run again, it goes on from its last checkpoint. Needs the extra torch.
    """
    if given["teacher"] is None:
        raise UsageError("--teacher is needed; without one, use metacompress train")
    _run(given)


def _run(given: dict[str, Any]) -> None:
    from metacompress.runs.progress import TerminalProgress

    progress = TerminalProgress()
    overwrite, json = given.pop("overwrite"), given.pop("json")
    settings = settings_of(given)
    family = settings.pop("architecture", None)
    new = {name: settings.pop(name) for name in _ARCHITECTURE if name in settings}
    if family is not None:
        new["family"] = family
    if new:
        settings["architecture"] = new
    from metacompress.training.settings import (
        DistillationSettings,
        TrainingSettings,
        make_settings,
    )

    kind = DistillationSettings if "teacher" in given else TrainingSettings
    made = make_settings(kind, settings)
    try:
        from metacompress.training.training import train as run_training
    except ModuleNotFoundError as error:
        raise missing_package("training", error) from None
    from metacompress.report.making import print_training

    summary = run_training(made, overwrite=overwrite, progress=progress)
    if json:
        print_json(summary.content())
    else:
        print_training(summary)


def settings_of(given: dict[str, Any]) -> dict[str, Any]:
    """What was given, with the section ``data``; --out must be among it."""
    if given["out"] is None:
        raise UsageError("--out is needed: the directory of what is made")
    settings = {
        name: value for name, value in given.items() if value is not None and name not in DATA
    }
    settings["out"] = str(given["out"])
    settings["data"] = data_settings(*(given.get(name) for name in DATA))
    return settings
