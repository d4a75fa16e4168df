"""Memory that a model takes, guessed from its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.models.files.adapters import adapter_base
from metacompress.models.naming.location import is_on_hub, local_path

if TYPE_CHECKING:
    from metacompress.models.naming.spec import ModelSpec

# Bytes in memory for one in a file, by suffix: float32 for half precision, or for four bits.
_WIDENED = {
    ".safetensors": 2, ".bin": 2, ".pt": 2, ".pth": 2, ".onnx": 2, ".data": 2, ".gguf": 8,
}  # fmt: skip


def memory_of(spec: ModelSpec) -> int:
    """Bytes that a loaded model takes at most, with the base of an adapter; asks no hub.

    Returns:
        0 where nothing is known: of a model without files here, as an endpoint has, or of one of a
        hub that was not fetched yet.

    Raises:
        ModelError: the configuration of an adapter is damaged.
    """
    place = _fetched(spec) if is_on_hub(spec) else local_path(spec.location)
    if place is None or not spec.location:
        return 0
    # A directory may hold the same weights in two formats.
    by_suffix = dict.fromkeys(_WIDENED, 0)
    try:
        for file in place.iterdir() if place.is_dir() else [place]:
            if file.suffix in by_suffix and file.is_file():
                by_suffix[file.suffix] += file.stat().st_size
    except OSError:  # no path at all, or one that loading will complain of
        return 0
    found = max(_WIDENED[suffix] * size for suffix, size in by_suffix.items())
    base = adapter_base(str(place))
    return found if base is None else found + memory_of(replace(spec, location=base))


def _fetched(spec: ModelSpec) -> Path | None:
    """The directory of the local cache with a model of the hub."""
    import huggingface_hub

    revision = spec.options.get("revision", "main")
    found = huggingface_hub.try_to_load_from_cache(spec.location, "config.json", revision=revision)
    return Path(found).parent if isinstance(found, str) else None
