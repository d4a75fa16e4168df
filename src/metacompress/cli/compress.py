"""``metacompress compress``: students by technique."""

from __future__ import annotations

from pathlib import Path

from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.compression.settings import UNUSED, CompressionSettings
from metacompress.runs.progress import Progress


@takes(
    CompressionSettings,
    without=UNUSED["compressor"],
    fixed={"technique": "compressor"},
)
def compressor(
    settings: CompressionSettings,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """Compressor (ASE 2022): the most operations at the target size, by a genetic search."""
    _run(settings, overwrite=overwrite, json=json, progress=progress)


@takes(CompressionSettings, without=UNUSED["avatar"], fixed={"technique": "avatar"})
def avatar(
    settings: CompressionSettings,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """AVATAR (ICSE-SEIS 2024): size, accuracy and operations, with a surrogate."""
    _run(settings, overwrite=overwrite, json=json, progress=progress)


@takes(CompressionSettings, without=UNUSED["morph"], fixed={"technique": "morph"})
def morph(
    settings: CompressionSettings,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """MORPH (ICSE 2025): as AVATAR, and few prediction flips on variants."""
    _run(settings, overwrite=overwrite, json=json, progress=progress)


def _run(settings: CompressionSettings, *, overwrite: bool, json: bool, progress: Progress) -> None:
    from metacompress.extras import needing
    from metacompress.report.html import write_report
    from metacompress.report.pages.compression import compression_page
    from metacompress.report.terminal.making import print_compression
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.training.run_files import RESULT

    with needing("compression"):
        from metacompress.compression.compress import compress

        summary = compress(settings, overwrite=overwrite, progress=progress)
    made = RunDirectory(Path(settings.out))
    page = write_report(made, summary, compression_page, RESULT)
    if json:
        print_json(summary.content())
    else:
        print_compression(summary, page)
