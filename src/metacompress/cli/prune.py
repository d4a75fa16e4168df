"""``metacompress compress prune``: a classifier without its least important parts."""

from __future__ import annotations

import shlex

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.cli.quantize import check_line
from metacompress.compression.settings import PruneSettings
from metacompress.terminal import echo


@takes(PruneSettings, positional=("model",))
def prune(settings: PruneSettings, *, json: Json = False) -> None:
    """Prune a classifier: take away its least important heads, neurons and single weights.

    It is not retrained; metacompress distill and train go on from it with --model DIR.
    """
    from metacompress.extras import needing

    with needing("pruning"):
        from metacompress.compression.posttraining.pruning import prune as write
    made = write(settings.model, settings.out, **settings.shares())
    if json:
        print_json(made.content())
        return
    echo(
        f"{settings.out}: {made.parameters:,} parameters ({made.zeros:,} of them zero), before "
        f"{made.parameters_before:,}. Pruned in each layer: heads {made.heads}, inner neurons "
        f"{made.feed_forward}; in all layers: single weights {made.weights:,}"
    )
    retrain = [
        "metacompress",
        "distill",
        "...",
        "--teacher",
        settings.model,
        "--model",
        settings.out,
    ]
    echo(f"Retrain it: {shlex.join(retrain)} --out RETRAINED")
    echo(f"Check it: {check_line(settings.model, settings.out)}")
