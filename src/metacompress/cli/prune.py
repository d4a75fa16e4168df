"""``metacompress compress prune``: a model without its least important parts."""

from __future__ import annotations

import shlex

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.cli.quantize import check_line, compare_line
from metacompress.compression.settings import PruneSettings
from metacompress.terminal import echo


@takes(PruneSettings, positional=("model",))
def prune(settings: PruneSettings, *, json: Json = False) -> None:
    """Prune a classifier or a language model: take its least important parts away.

    These are heads, inner neurons and single weights and, of a causal language model, whole layers.
    It is not retrained; metacompress distill goes on from it with --model DIR, and so does
    metacompress train from a classifier.
    """
    from metacompress.extras import needing

    with needing("pruning"):
        from metacompress.compression.posttraining.pruning import prune as write
    made = write(settings.model, settings.out, layers=settings.layers, **settings.shares())
    if json:
        print_json(made.content())
        return
    gone = f"Pruned layers: {', '.join(map(str, made.layers))}. " if made.layers else ""
    echo(
        f"{settings.out}: {made.parameters:,} parameters ({made.zeros:,} of them zero), before "
        f"{made.parameters_before:,}. {gone}Pruned in each layer: heads {made.heads}, inner "
        f"neurons {made.feed_forward}; in all layers: single weights {made.weights:,}"
    )
    models = shlex.join(["--teacher", settings.model, "--model", settings.out])
    if made.layers is not None:
        echo(f"Heal it: metacompress distill --task next-token ... {models} --out HEALED")
        echo(f"Compare it: {compare_line(settings.model, settings.out)}")
        return
    echo(f"Retrain it: metacompress distill ... {models} --out RETRAINED")
    echo(f"Check it: {check_line(settings.model, settings.out)}")
