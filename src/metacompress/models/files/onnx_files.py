"""The files of a classifier in ONNX format: as we export it, or as Optimum does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError
from metacompress.models.files.json_file import read_json_object
from metacompress.models.naming.location import existing_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MODEL, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "config.json"
TOKENIZER_CONFIG = "tokenizer_config.json"
# Optimum may keep graphs in a folder, and names those that it quantises.
_FOLDER = "onnx"
_GRAPHS = (MODEL, f"{_FOLDER}/{MODEL}", "model_quantized.onnx", f"{_FOLDER}/model_quantized.onnx")


@dataclass(frozen=True, slots=True)
class OnnxFiles:
    """Where everything is.

    Attributes:
        graph: with the weights.
        tokenizer: as the tokenizers library writes it.
        config: of the model, as transformers writes it.
        tokenizer_config: of the tokenizer; None where there is none.
    """

    graph: Path
    tokenizer: Path
    config: Path
    tokenizer_config: Path | None

    def settings(self) -> dict[str, Any]:
        """The content of ``config``.

        Raises:
            ModelError: it is damaged.
        """
        return read_json_object(self.config)

    def stated_length(self) -> object:
        """What the tokenizer says about the length of inputs, if it does.

        Raises:
            ModelError: its configuration is damaged.
        """
        if self.tokenizer_config is None:
            return None
        return read_json_object(self.tokenizer_config).get("model_max_length")

    def read(self) -> list[Path]:
        """The files that the outputs depend on."""
        own = [self.graph, self.tokenizer, self.config]
        return own if self.tokenizer_config is None else [*own, self.tokenizer_config]


def find_onnx_files(location: str) -> OnnxFiles:
    """Find the files of a directory, or those that belong to a graph.

    Args:
        location: a directory, or one graph of several in it.

    Raises:
        ModelError: one is missing, or there are several graphs.
    """
    path = existing_path(location)
    graph = path if path.is_file() else _graph_in(path)
    places = [graph.parent]
    if graph.parent.name == _FOLDER:
        places.append(graph.parent.parent)
    return OnnxFiles(
        graph,
        _require(TOKENIZER, places),
        _require(CONFIG, places),
        _first(TOKENIZER_CONFIG, places),
    )


def _graph_in(directory: Path) -> Path:
    found = next((directory / name for name in _GRAPHS if (directory / name).is_file()), None)
    if found is not None:
        return found
    others = sorted([*directory.glob("*.onnx"), *directory.glob(f"{_FOLDER}/*.onnx")])
    graphs = [path for path in others if path.is_file()]
    if len(graphs) > 1:
        names = ", ".join(str(path.relative_to(directory)) for path in graphs)
        raise ModelError(
            f"{directory}: several graphs ({names}); name one, for example onnx:{graphs[0]}",
            path=directory,
        )
    if not graphs:
        raise ModelError(
            f"{directory}: no {MODEL} in it; metacompress export writes such a directory",
            path=directory,
        )
    return graphs[0]


def _require(name: str, places: Iterable[Path]) -> Path:
    found = _first(name, places)
    if found is None:
        where = " or ".join(str(place) for place in places)
        raise ModelError(
            f"{where}: no {name} in it; metacompress export writes such a directory, and a fast "
            f"tokenizer's save_pretrained writes {TOKENIZER}",
            model=where,
        )
    return found


def _first(name: str, places: Iterable[Path]) -> Path | None:
    return next((place / name for place in places if (place / name).is_file()), None)
