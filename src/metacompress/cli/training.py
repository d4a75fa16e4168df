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
)
from metacompress.errors import MissingDependencyError, UsageError

SCHEMA = "metacompress.train/1"

OutOption = Annotated[
    Path | None, typer.Option("--out", help="Directory of the finished model.", metavar="DIR")
]
SplitOption = Annotated[
    str | None,
    typer.Option("--split", help="To train on, where --data has splits.", metavar="SPLIT"),
]
ValidSplitOption = Annotated[
    str | None,
    typer.Option(help="To validate on (default: hold out groups of --split).", metavar="SPLIT"),
]
HoldOutOption = Annotated[
    float | None, typer.Option(help="Share of the groups to validate on instead (0.1).")
]
TestSplitOption = Annotated[
    str | None, typer.Option(help="To score once, at the end.", metavar="SPLIT")
]
ModelOption = Annotated[
    str | None,
    typer.Option(help="Directory or hub id to start from; else from scratch.", metavar="MODEL"),
]
FamilyOption = Annotated[
    str | None, typer.Option("--architecture", help="bert (pairs) or roberta (single programs).")
]
LayersOption = Annotated[int | None, typer.Option(help="Of a new model (4).")]
HiddenOption = Annotated[int | None, typer.Option(help="Width of a new model (256).")]
HeadsOption = Annotated[int | None, typer.Option(help="Attention heads of a new model (4).")]
FeedForwardOption = Annotated[int | None, typer.Option(help="Inner width of a new model (1024).")]
VocabularyOption = Annotated[int | None, typer.Option(help="Tokens of a new tokenizer (8000).")]
MaxLengthOption = Annotated[int | None, typer.Option(help="Tokens a new model reads (512).")]
DropoutOption = Annotated[float | None, typer.Option(help="Of a new model (0.1).")]
AttentionDropoutOption = Annotated[
    float | None, typer.Option(help="Of a new model's attention (0).")
]
InitializationOption = Annotated[
    str | None,
    typer.Option(help="standard, or alike: attend to one's like first (alike for pairs)."),
]
EpochsOption = Annotated[float | None, typer.Option(help="At most (10).")]
BatchSizeOption = Annotated[int | None, typer.Option(help="Examples per step (16).")]
LearningRateOption = Annotated[
    float | None, typer.Option(help="Peak (5e-4 from scratch, 5e-5 from a model).")
]
WeightDecayOption = Annotated[float | None, typer.Option(help="Of AdamW (0.01).")]
TokenDropoutOption = Annotated[
    float | None, typer.Option(help="Share of the tokens hidden at each training step (0).")
]
LabelSmoothingOption = Annotated[
    float | None, typer.Option(help="Share of each label spread over all classes (0).")
]
WarmupOption = Annotated[float | None, typer.Option(help="Share of the steps (0.1).")]
EvaluationsOption = Annotated[
    int | None, typer.Option(help="Evaluations and checkpoints per epoch (1).")
]
PatienceOption = Annotated[
    int | None, typer.Option(help="Evaluations without a better one before stopping (3).")
]
KeepOption = Annotated[
    str | None,
    typer.Option(help="best on validation, or last, where too few examples validate (best)."),
]
AverageOption = Annotated[
    float | None,
    typer.Option(help="Average the weights of the last steps, this share; with --keep last (0)."),
]
MaxMinutesOption = Annotated[float | None, typer.Option(help="Of training, then stop.")]
PrecisionOption = Annotated[str | None, typer.Option(help="fp32, bf16 or fp16 (fp32).")]
OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Replace another training in --out.")
]


def train(
    task: TaskOption = None,
    data: DataOption = None,
    out: OutOption = None,
    split: SplitOption = None,
    valid_split: ValidSplitOption = None,
    hold_out: HoldOutOption = None,
    test_split: TestSplitOption = None,
    field: FieldOption = None,
    language: LanguageOption = None,
    limit: LimitOption = None,
    max_quarantined: QuarantinedOption = None,
    model: ModelOption = None,
    architecture: FamilyOption = None,
    layers: LayersOption = None,
    hidden: HiddenOption = None,
    heads: HeadsOption = None,
    feed_forward: FeedForwardOption = None,
    vocabulary: VocabularyOption = None,
    max_length: MaxLengthOption = None,
    dropout: DropoutOption = None,
    attention_dropout: AttentionDropoutOption = None,
    initialization: InitializationOption = None,
    epochs: EpochsOption = None,
    batch_size: BatchSizeOption = None,
    learning_rate: LearningRateOption = None,
    weight_decay: WeightDecayOption = None,
    token_dropout: TokenDropoutOption = None,
    label_smoothing: LabelSmoothingOption = None,
    warmup: WarmupOption = None,
    evaluations: EvaluationsOption = None,
    patience: PatienceOption = None,
    keep: KeepOption = None,
    average: AverageOption = None,
    max_minutes: MaxMinutesOption = None,
    precision: PrecisionOption = None,
    seed: SeedOption = None,
    overwrite: OverwriteOption = False,
    json: JsonOption = False,
) -> None:
    """Train a classifier of code: fine-tune a model, or start from scratch.

    Killed and run again, it goes on from its last checkpoint. Needs the extra torch.
    """
    given = dict(locals())
    _run(given, overwrite=overwrite, json=json)


def distill(
    task: TaskOption = None,
    data: DataOption = None,
    teacher: Annotated[
        str | None,
        typer.Option(help="Model: KIND:LOCATION?option=value, live or recorded.", metavar="MODEL"),
    ] = None,
    out: OutOption = None,
    temperature: Annotated[float | None, typer.Option(help="Of the soft loss (2).")] = None,
    hard_weight: Annotated[
        float | None, typer.Option(help="Share of the loss on the labels (0).")
    ] = None,
    split: SplitOption = None,
    valid_split: ValidSplitOption = None,
    hold_out: HoldOutOption = None,
    test_split: TestSplitOption = None,
    field: FieldOption = None,
    language: LanguageOption = None,
    limit: LimitOption = None,
    max_quarantined: QuarantinedOption = None,
    missing: MissingOption = None,
    model: ModelOption = None,
    architecture: FamilyOption = None,
    layers: LayersOption = None,
    hidden: HiddenOption = None,
    heads: HeadsOption = None,
    feed_forward: FeedForwardOption = None,
    vocabulary: VocabularyOption = None,
    max_length: MaxLengthOption = None,
    dropout: DropoutOption = None,
    attention_dropout: AttentionDropoutOption = None,
    initialization: InitializationOption = None,
    epochs: EpochsOption = None,
    batch_size: BatchSizeOption = None,
    learning_rate: LearningRateOption = None,
    weight_decay: WeightDecayOption = None,
    token_dropout: TokenDropoutOption = None,
    label_smoothing: LabelSmoothingOption = None,
    warmup: WarmupOption = None,
    evaluations: EvaluationsOption = None,
    patience: PatienceOption = None,
    keep: KeepOption = None,
    average: AverageOption = None,
    max_minutes: MaxMinutesOption = None,
    precision: PrecisionOption = None,
    seed: SeedOption = None,
    overwrite: OverwriteOption = False,
    json: JsonOption = False,
) -> None:
    """Distil a student from a teacher's soft labels.

    Killed and run again, it goes on from its last checkpoint. Needs the extra torch.
    """
    given = dict(locals())
    if teacher is None:
        raise UsageError("--teacher is needed; without one, use metacompress train")
    _run(given, overwrite=overwrite, json=json)


_ARCHITECTURE = (
    "layers",
    "hidden",
    "heads",
    "feed_forward",
    "vocabulary",
    "max_length",
    "dropout",
    "attention_dropout",
    "initialization",
)
_DATA = ("data", "split", "field", "language", "limit", "max_quarantined", "missing")


def _run(given: dict[str, Any], *, overwrite: bool, json: bool) -> None:
    if given["out"] is None:
        raise UsageError("--out is needed: the directory of the finished model")
    settings = {
        name: value
        for name, value in given.items()
        if value is not None
        and name not in (*_ARCHITECTURE, *_DATA, "architecture", "out", "overwrite", "json")
    }
    settings["out"] = str(given["out"])
    settings["data"] = data_settings(*(given.get(name) for name in _DATA))
    new = {name: given[name] for name in _ARCHITECTURE if given[name] is not None}
    if given["architecture"] is not None:
        new["family"] = given["architecture"]
    if new:
        settings["architecture"] = new
    from metacompress.distillation.settings import (
        DistillationSettings,
        TrainingSettings,
        make_settings,
    )

    kind = DistillationSettings if "teacher" in given else TrainingSettings
    made = make_settings(kind, settings)
    try:
        from metacompress.distillation.training import train as run_training
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            f"training needs {error.name}: pip install 'metacompress[torch]'"
        ) from None
    from metacompress.report.terminal import print_training
    from metacompress.study.progress import TerminalProgress

    result = run_training(made, overwrite=overwrite, progress=TerminalProgress())
    if json:
        print_json({"schema": SCHEMA, "out": str(result.out), **result.card})
    else:
        print_training(result.out, result.card)
