"""PEFT adapters: small weights beside a base model, merged into it when they are loaded."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.errors import MissingDependencyError, ModelError
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.json_file import read_json_object
from metacompress.models.naming.location import is_hub_id, local_path

if TYPE_CHECKING:
    from pathlib import Path

_CONFIG = "adapter_config.json"
_WEIGHTS = "adapter_model.safetensors"
# What PEFT puts before the names of the base model's weights.
_PREFIX = "base_model.model."
_HEADS = ("classifier", "score", "classification_head")


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter's directory.

    Attributes:
        directory: of the adapter.
        base: directory or hub id of the model that it changes.
        classes: of the head that it brings along; None where it brings none.
        provides: names of the base model's weights that it replaces.
    """

    directory: Path
    base: str
    classes: int | None
    provides: tuple[str, ...]


def is_adapter(location: str) -> bool:
    """Whether a local directory holds an adapter."""
    return not is_hub_id(location) and (local_path(location) / _CONFIG).is_file()


def adapter_base(location: str) -> str | None:
    """Directory or hub id of an adapter's base model; None where there is no adapter.

    Raises:
        ModelError: the adapter's configuration is damaged.
    """
    if not is_adapter(location):
        return None
    directory = local_path(location)
    base = read_json_object(directory / _CONFIG).get("base_model_name_or_path")
    if not isinstance(base, str) or not base:
        raise ModelError(
            f"{directory / _CONFIG}: names no base_model_name_or_path", path=directory / _CONFIG
        )
    # A path is relative to where the adapter was trained, or to the adapter.
    beside = directory / base
    return str(beside) if not local_path(base).exists() and beside.exists() else base


def read_adapter(location: str) -> Adapter:
    """What a directory says about its adapter.

    Raises:
        MissingDependencyError: the package peft is not installed.
        ModelError: a file is missing or damaged.
    """
    directory = local_path(location)
    base = adapter_base(location)
    kind = read_json_object(directory / _CONFIG).get("peft_type", "")
    if base is None:
        raise ModelError(f"{directory}: no {_CONFIG} in it", path=directory)
    try:
        import peft  # noqa: F401
    except ModuleNotFoundError:
        raise MissingDependencyError(
            f"{directory}: this is a PEFT adapter ({kind}) of {base}; pip install peft, or merge "
            f"it into its base and save the whole model",
            package="peft",
        ) from None
    if is_adapter(base):
        raise ModelError(
            f"{directory}: an adapter of {base}, which is an adapter itself", path=directory
        )
    shapes = _shapes(directory)
    provided = {
        name.removeprefix(_PREFIX): shape
        for name, shape in shapes.items()
        if name.removeprefix(_PREFIX).split(".")[0] in _HEADS and "lora_" not in name
    }
    classes = next((shape[0] for shape in reversed(provided.values()) if len(shape) == 2), None)
    return Adapter(directory, base, classes, tuple(provided))


def merged(model: Any, adapter: Adapter) -> Any:
    """``model`` with the adapter's weights merged into its own."""
    from peft import PeftModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Weights that an adapter lacks would stay at their start, which changes nothing.
        warnings.filterwarnings("error", message=".*missing adapter keys.*")
        loaded = PeftModel.from_pretrained(model, str(adapter.directory))
    if not hasattr(loaded, "merge_and_unload"):
        raise ModelError(
            f"{adapter.directory}: an adapter that cannot be merged into its base",
            path=adapter.directory,
        )
    return loaded.merge_and_unload()


def _shapes(directory: Path) -> dict[str, list[int]]:
    path = directory / _WEIGHTS
    if not path.is_file():
        raise ModelError(f"{directory}: no {_WEIGHTS} in it", path=directory)
    with foreign_code(str(path), "damaged"):
        from safetensors import safe_open

        with safe_open(str(path), framework="numpy") as file:
            return {name: file.get_slice(name).get_shape() for name in file.keys()}  # noqa: SIM118
