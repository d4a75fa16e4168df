"""Where the files of a model in the Hugging Face layout are, and whether they may be read.

A directory whose configuration names Python files of its own (``auto_map``) is refused, unless it
is trusted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError
from metacompress.files.reads import note_remote
from metacompress.models.files.hub import is_cached_only
from metacompress.models.files.json_file import read_json_object
from metacompress.models.naming.location import existing_path, is_hub_id, local_path

if TYPE_CHECKING:
    from pathlib import Path


CONFIG = "config.json"
# The deepest models have a few hundred; a silly number would build layers until memory is full.
_MOST_LAYERS = 2000
_LAYERS = (
    "num_hidden_layers",
    "num_layers",
    "num_decoder_layers",
    "n_layer",
    "n_layers",
    "encoder_layers",
    "decoder_layers",
)


def model_type(location: str) -> str | None:
    """What the config.json of a local model says that it is; None where there is none.

    Raises:
        ModelError: the file is damaged.
    """
    path = local_path(location) / CONFIG
    found = read_json_object(path).get("model_type") if path.is_file() else None
    return found if isinstance(found, str) else None


class Source:
    """Where ``from_pretrained`` reads, and how.

    Args:
        place: a directory or a hub id.
        settings: keyword arguments of every ``from_pretrained``.
    """

    def __init__(self, place: Path | str, **settings: Any) -> None:
        self.place = place
        self.settings = settings


def source_of(location: str, *, revision: str | None = None, trust: bool = False) -> Source:
    """Where the files of a model are.

    Args:
        location: directory or hub id.
        revision: of a model on the hub.
        trust: whether its own code may run.

    Raises:
        ModelError: there is nothing, or it is plain that it cannot be loaded.
    """
    settings: dict[str, Any] = {"trust_remote_code": trust}
    if is_hub_id(location):
        note_remote(location)
        if is_cached_only(location, revision):
            settings["local_files_only"] = True
        return Source(location, revision=revision or "main", **settings)
    directory = existing_path(location)
    if not (directory / CONFIG).is_file():
        raise ModelError(f"{directory}: {_without_config(directory)}", path=directory)
    _check_config(read_json_object(directory / CONFIG), directory, trust=trust)
    return Source(directory, **settings)


def _check_config(config: dict[str, Any], directory: Path, *, trust: bool) -> None:
    from transformers import CONFIG_MAPPING

    known = config.get("model_type") in CONFIG_MAPPING
    if config.get("auto_map") and not known and not trust:
        raise ModelError(remote_code_refused(str(directory)), path=directory)
    for name in _LAYERS:
        layers = config.get(name)
        if isinstance(layers, (int, float)) and not 0 <= layers <= _MOST_LAYERS:
            raise ModelError(
                f"{directory / CONFIG}: {name} is {layers}; 0 to {_MOST_LAYERS} are read",
                path=directory / CONFIG,
            )


def remote_code_refused(name: str) -> str:
    """The message that refuses a model which brings Python code along."""
    return (
        f"{name}: refused, because loading it would run Python code that comes with the model "
        f"(auto_map); if you trust it, add ?trust_remote_code=true"
    )


def _without_config(directory: Path) -> str:
    """What a directory without a configuration may be instead."""
    if not directory.is_dir():
        return "is a file; expected a Hugging Face model directory"
    for names, kind in (
        (("*.onnx", "onnx/*.onnx"), "onnx"),
        (("model.bin", "model.safetensors", "pytorch_model.bin"), "codexglue"),
    ):
        if any(file for name in names for file in directory.glob(name)):
            return f"no {CONFIG} in it; is it {kind}:{directory} ?"
    return (
        f"no {CONFIG} in it; expected a Hugging Face model directory "
        f"(published state dicts are loaded with codexglue:{directory})"
    )
