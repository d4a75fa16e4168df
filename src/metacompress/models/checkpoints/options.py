"""Options of a published checkpoint, and what a config.json beside it says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from metacompress.models.columns import labels_by_number
from metacompress.models.files.json_file import read_json_object
from metacompress.models.naming.location import existing_path
from metacompress.models.runtime.options import BatchOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec

_CONFIGURATION = "config.json"


class CheckpointOptions(BatchOptions):
    """Options of every published checkpoint.

    ``heads`` defaults to 12 at hidden size 768 and to 8 otherwise. What a config.json beside the
    weights says goes before these defaults.
    """

    heads: int | None = Field(default=None, ge=1)
    activation: str = "gelu"
    layer_norm_eps: float = 1e-5
    max_length: int = 400
    device: str = "auto"

    @property
    def without_position(self) -> int:
        """Ids of an input, at most, that take none of the model's positions."""
        return 0

    def reading(self, task: Task) -> dict[str, Any]:
        """What of an input is read, for the fingerprint."""
        return {"max_length": self.max_length}


def described(spec: ModelSpec) -> dict[str, Any]:
    """The content of the config.json beside a checkpoint; nothing where there is none.

    Raises:
        ModelError: it is no JSON object.
    """
    location = existing_path(spec.location)
    path = (location.parent if location.is_file() else location) / _CONFIGURATION
    return read_json_object(path) if path.is_file() else {}


def described_options(config: Mapping[str, Any]) -> dict[str, Any]:
    """What a config.json says about the options of a checkpoint."""
    names = {
        "heads": "num_attention_heads",
        "activation": "hidden_act",
        "layer_norm_eps": "layer_norm_eps",
    }
    found = {option: config[key] for option, key in names.items() if key in config}
    labels = labels_by_number(config.get("id2label")) or []
    if labels and labels != [f"LABEL_{number}" for number in range(len(labels))]:
        found["labels"] = ",".join(labels)
    return found
