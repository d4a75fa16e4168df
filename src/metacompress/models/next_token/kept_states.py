"""A teacher's final states, kept in half precision beside its output matrix.

A vocabulary of logits per token is what makes a teacher's answers too large to keep. Its final
state is a hundredth of it, and the output matrix, which is kept once, makes the same distribution
of it, up to the rounding of the states. How far that is gets measured when states are kept.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import load_file, save_file

from metacompress.errors import ModelError
from metacompress.files.atomic import replacing, write_text
from metacompress.files.reads import note_read
from metacompress.models.naming.location import existing_path
from metacompress.models.next_token.head import OutputHead
from metacompress.models.next_token.measures import program_divergences
from metacompress.models.next_token.reading import TokenReader
from metacompress.models.next_token.state_store import STATES, StateStore, storing
from metacompress.models.runtime.torch_runtime import choose_device

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from metacompress.models.next_token.protocols import NextTokenModel
    from metacompress.models.next_token.reading import ReadProgram

_ABOUT, _TOKENIZER, _HEAD = "model.json", "tokenizer.json", "head.safetensors"
_FORMAT = 1


class KeepingModel:
    """A model whose final states are kept, and which answers by what is kept.

    Args:
        model: that is asked where nothing is kept.
        path: directory of the store; made where there is none.

    Raises:
        ModelError: the directory keeps the states of another model, or cannot be written.
    """

    def __init__(self, model: NextTokenModel, path: Path) -> None:
        self._model = model
        self.name = model.name
        self.fingerprint = _kept_fingerprint(model.fingerprint)
        self.weights_digest = model.weights_digest
        self.reader = model.reader
        self.max_length = model.max_length
        self.head = model.head
        self.doubts = model.doubts
        _prepare(path, model)
        self.store = StateStore(path)

    def states(self, programs: Sequence[ReadProgram]) -> list[torch.Tensor]:
        """See NextTokenModel."""
        found = [self.store.get(one) for one in programs]
        missing = [place for place, one in enumerate(found) if one is None]
        if missing:
            asked = [programs[place] for place in missing]
            exact = self._model.states(asked)
            kept = [self._halved(one) for one in exact]
            changes = [
                self._change(program, *pair)
                for program, *pair in zip(asked, exact, kept, strict=True)
            ]
            self.store.put(asked, kept, changes)
            for place, one in zip(missing, kept, strict=True):
                found[place] = one
        return [
            one.to(_place(self.head), _precision(self.head)) for one in found if one is not None
        ]

    def _halved(self, states: torch.Tensor) -> torch.Tensor:
        kept = states.to(torch.float16)
        if not torch.isfinite(kept).all():
            raise ModelError(
                f"{self.name}: a final state is too large for half precision; its states cannot "
                f"be kept",
                model=self.name,
            )
        return kept

    def _change(
        self, program: ReadProgram, exact: torch.Tensor, kept: torch.Tensor
    ) -> tuple[float, float, int]:
        """Sum and largest value of KL, and how many most likely tokens are others."""
        rounded = kept.to(exact.device, exact.dtype)
        found = program_divergences(program, (self.head, exact), {"kept": (self.head, rounded)})
        one = found.students["kept"]
        other = int((one.scores.top != found.teacher.top).sum())
        return float(one.kl.sum()), float(one.kl.max(initial=0.0)), other


class KeptModel:
    """A model that is there as its kept states alone; see NextTokenModel.

    Args:
        location: directory of the store.
        device: that distributions are computed on; see ``choose_device``.

    Raises:
        ModelError: there is no such store, or it is damaged.
    """

    weights_digest: str | None

    def __init__(self, location: str, device: str = "auto") -> None:
        path = existing_path(location)
        for name in (_ABOUT, _TOKENIZER, _HEAD, STATES):
            note_read(path / name)
        about = _read_about(path)
        self.name = f"states:{location}"
        self.fingerprint = _kept_fingerprint(about["fingerprint"])
        self.weights_digest = about["weights_digest"]
        self.max_length = about["max_length"]
        self.doubts = tuple(about["doubts"])
        with storing(path):
            self.reader = TokenReader((path / _TOKENIZER).read_text(encoding="utf-8"))
            matrix = load_file(path / _HEAD, device=str(choose_device(device)))
        self.head = OutputHead(_linear(matrix), about["scale"], about["cap"], about["width"])
        self.store = StateStore(path)

    def states(self, programs: Sequence[ReadProgram]) -> list[torch.Tensor]:
        """See NextTokenModel."""
        found = []
        for program in programs:
            states = self.store.get(program)
            if states is None:
                raise ModelError(
                    f"{self.name}: keeps no states of a program of {len(program)} tokens; add them "
                    f"by the model itself with --keep-states {self.store.path}",
                    model=self.name,
                )
            found.append(states.to(_place(self.head), _precision(self.head)))
        return found


def _linear(matrix: Mapping[str, torch.Tensor]) -> torch.nn.Linear:
    weight = matrix["weight"]
    layer = torch.nn.Linear(1, 1, bias="bias" in matrix)
    layer.weight = torch.nn.Parameter(weight, requires_grad=False)
    if "bias" in matrix:
        layer.bias = torch.nn.Parameter(matrix["bias"], requires_grad=False)
    return layer


def _matrix(head: OutputHead, name: str) -> dict[str, torch.Tensor]:
    weight, bias = (getattr(head.linear, field, None) for field in ("weight", "bias"))
    if not isinstance(weight, torch.Tensor) or weight.dim() != 2 or not weight.is_floating_point():
        raise ModelError(
            f"{name}: its output matrix is no plain one, and cannot be kept", model=name
        )
    found = {"weight": weight.detach().contiguous()}
    return found if bias is None else {**found, "bias": bias.detach().contiguous()}


def _place(head: OutputHead) -> torch.device:
    weight: torch.Tensor = head.linear.weight  # type: ignore[attr-defined]
    return weight.device


def _precision(head: OutputHead) -> torch.dtype:
    weight: torch.Tensor = head.linear.weight  # type: ignore[attr-defined]
    return weight.dtype


def _prepare(path: Path, model: NextTokenModel) -> None:
    """Make a directory the store of a model, or see that it is."""
    if (path / _ABOUT).exists():
        if _read_about(path)["fingerprint"] != model.fingerprint:
            raise ModelError(
                f"{path}: keeps the states of another model than {model.name}; choose another "
                f"--keep-states",
                path=path,
            )
        return
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ModelError(f"{path}: holds something else; choose another --keep-states", path=path)
    matrix = _matrix(model.head, model.name)
    about = {
        "format": _FORMAT,
        "name": model.name,
        "fingerprint": model.fingerprint,
        "weights_digest": model.weights_digest,
        "max_length": model.max_length,
        "doubts": list(model.doubts),
        "scale": model.head.scale,
        "cap": model.head.cap,
        "width": model.head.width,
    }
    with storing(path):
        path.mkdir(parents=True, exist_ok=True)
        write_text(path / _TOKENIZER, model.reader.serialized)
        with replacing(path / _HEAD) as partial:
            save_file({name: one.cpu() for name, one in matrix.items()}, partial)
        # The last one: a directory with it is whole.
        write_text(path / _ABOUT, json.dumps(about, indent=2) + "\n")


def _read_about(path: Path) -> dict[str, Any]:
    with storing(path):
        about: Any = json.loads((path / _ABOUT).read_text(encoding="utf-8"))
    if not isinstance(about, dict) or about.get("format") != _FORMAT:
        raise ModelError(f"{path}: keeps no states that this version reads", path=path)
    return about


def _kept_fingerprint(fingerprint: str) -> str:
    """A model and its kept states are not the same: half precision moves distributions."""
    return hashlib.sha256(f"states of {fingerprint}".encode()).hexdigest()
