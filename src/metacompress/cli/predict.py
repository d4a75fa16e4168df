"""``metacompress predict``: the predictions of one model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metacompress.cli.options import (
    DataOption,
    FieldOption,
    JsonOption,
    LanguageOption,
    LimitOption,
    MissingOption,
    QuarantinedOption,
    SplitOption,
    TaskOption,
    data_settings,
    print_json,
)
from metacompress.errors import UsageError


def predict(
    model: Annotated[str, typer.Option(help="Model: KIND:LOCATION?option=value.", metavar="MODEL")],
    task: TaskOption = None,
    data: DataOption = None,
    split: SplitOption = None,
    field: FieldOption = None,
    language: LanguageOption = None,
    limit: LimitOption = None,
    max_quarantined: QuarantinedOption = None,
    missing: MissingOption = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write them to a .parquet, .csv or .jsonl file.", metavar="FILE"),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Prediction store to share.", metavar="FILE")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Predict a data set with one model and score it.

    The file written by --out can be used as a model: recorded:FILE.
    """
    from metacompress.runs.progress import TerminalProgress

    progress = TerminalProgress()
    from metacompress.data.writing import output_format
    from metacompress.files.overlap import refuse_output_over
    from metacompress.report.terminal import print_scores
    from metacompress.settings.data import make_data_config
    from metacompress.study.inputs import inputs_of
    from metacompress.study.prediction import predict_dataset, write_predictions

    if task is None or data is None:
        raise UsageError(f"--{'data' if task else 'task'} is needed; see metacompress predict -h")
    settings = data_settings(data, split, field, language, limit, max_quarantined, missing)
    data_config = make_data_config(settings)
    if out is not None:
        output_format(out)  # a wrong suffix must not cost a prediction
        inputs = inputs_of({"model": model}, data_config)
        refuse_output_over(out, "--out", [*inputs, ("--store", store)])
    found = predict_dataset(model, task, data_config, store=store, progress=progress)
    if out is not None:
        write_predictions(found, out)
    summary = found.summary(out)
    if json:
        print_json(summary.content())
    else:
        print_scores(summary)
