"""Models whose torch back end ONNX Runtime may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.data.content import content_files
from metacompress.files.cache import cache_directory
from metacompress.models.cheapest.place import has_accelerator, machine
from metacompress.models.files.adapters import is_adapter
from metacompress.models.files.source import model_type
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.location import local_path
from metacompress.models.naming.spec import DEFAULT_KIND, GRAPHCODEBERT

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec

BACKEND = "backend"
"""Name of the default option (see ``load_classifier``) that says which back end runs a model."""

_PACKAGES = ("torch", "transformers", "tokenizers", "onnx", "onnxruntime")
# Options that an exported model understands as they are. Others name another precision, place or
# device, which torch alone runs.
_UNDERSTOOD = frozenset({"labels", "positive", "max_length", "batch_tokens", "batch_size"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that may be exported.

    Attributes:
        spec: names it.
        entry: its place in the cache.
    """

    spec: ModelSpec
    entry: Path


def candidate_of(spec: ModelSpec, task: Task) -> Candidate | None:
    """``spec`` as a candidate; None where only its own back end runs it. Loads no library.

    Raises:
        MetaCompressError: its files cannot be read.
    """
    directory = local_path(spec.location)
    device = str(spec.options.get("device", spec.defaults.get("device", "auto")))
    if (
        spec.kind != DEFAULT_KIND
        or not directory.is_dir()
        or not _UNDERSTOOD.issuperset(set(spec.options) - {"device"})
        or device not in ("auto", "cpu")
        or (device == "auto" and has_accelerator())
        or is_adapter(spec.location)
        or model_type(spec.location) == GRAPHCODEBERT
    ):
        return None
    read = {name: spec.options[name] for name in sorted(spec.options) if "batch" not in name}
    key = fingerprint(
        content_files(directory),
        packages=_PACKAGES,
        read=read,
        task=[task.name, *task.labels],
        machine=machine(),
    )
    return Candidate(spec, cache_directory() / "models" / key)
