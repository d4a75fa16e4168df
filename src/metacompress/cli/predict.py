"""``metacompress predict``: the predictions of one model."""

from __future__ import annotations

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.settings import PredictSettings


@takes(PredictSettings)
def predict(settings: PredictSettings, *, json: Json = False, progress: Progress) -> None:
    """Predict a data set with one model and score it."""
    from metacompress.report.terminal.prediction import print_scores
    from metacompress.study.prediction import predict_dataset

    summary = predict_dataset(settings, progress=progress).summary()
    if json:
        print_json(summary.content())
    else:
        print_scores(summary)
