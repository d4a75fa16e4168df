"""How PyTorch models are loaded and run, the same for every back end that uses it."""

from __future__ import annotations

import hashlib
import pickle
import pickletools
import warnings
import zipfile
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from metacompress.errors import ModelError, UnsafeCheckpointError, UsageError, first_line
from metacompress.models.protocols.costed import Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_SAFETENSORS = ".safetensors"
# Below so many rows, torch takes other kernels: 8 as a rule, 16 with AVX-512.
STEADY_ROWS = 16
TORCH_PACKAGES = ("torch", "transformers", "tokenizers")
"""Distributions that a model's answers depend on, for its fingerprint."""


@contextmanager
def subnormals_flushed() -> Iterator[None]:
    """Compute with subnormal numbers as zero.

    Subnormal activations of saturated softmaxes slow CPUs down several times over. The flag is the
    whole thread's, so it is taken back at the end: code outside must compute as IEEE 754 says.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


@contextmanager
def inference() -> Iterator[None]:
    """Run a model's forward pass: no gradients, and subnormal numbers count as zero."""
    with subnormals_flushed(), torch.inference_mode():
        yield


def with_steady_heads(model: Any) -> Any:
    """Make the output of a row independent of how many rows there are; returns ``model``.

    Matrix products of few rows are where BLAS libraries choose other kernels (see
    models.runtime.batching): linear layers that get less than STEADY_ROWS vectors are given copies
    of the first one beside them.
    """

    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            # A partial is copied with its layer, where a closure would stay with the first one.
            layer.forward = partial(_steady, layer.forward)
    return model


def _steady(forward: Callable[[torch.Tensor], torch.Tensor], vectors: torch.Tensor) -> torch.Tensor:
    missing = STEADY_ROWS - len(vectors)
    if vectors.dim() != 2 or missing <= 0:
        return forward(vectors)
    copies = vectors[:1].expand(missing, -1)
    return forward(torch.cat([vectors, copies]))[: len(vectors)]


def choose_device(name: str) -> torch.device:
    """The device called ``name``; ``auto`` takes a GPU where there is one.

    Raises:
        UsageError: no such device on this machine.
    """
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise UsageError(
            f"device {name!r} cannot be used ({first_line(error)}); use cpu or auto",
            option="device",
        ) from error
    return device


def require_trainable(name: str) -> None:
    """Check that a training can run on the device called ``name``.

    A training takes the first GPU that it sees, or with ``cpu`` none.

    Raises:
        UsageError: there is no such device, or it is another one.
    """
    device = choose_device(name)
    first = choose_device("auto")
    if device.type != "cpu" and (device.type, device.index or 0) != (first.type, 0):
        raise UsageError(
            f"device {name!r}: a training takes the first GPU that it sees; set "
            f"CUDA_VISIBLE_DEVICES={device.index or 0} and give --device {first.type}",
            option="device",
        )


def weights_digest(state: Mapping[str, torch.Tensor]) -> str:
    """A hexadecimal SHA-256 of tensors with their names, shapes and types."""
    digest = hashlib.sha256()
    for name, tensor in sorted(state.items()):
        digest.update(f"{name}:{tuple(tensor.shape)}:{tensor.dtype};".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()


def load_state_dict(path: Path) -> dict[str, torch.Tensor]:
    """Read a checkpoint's tensors, of either format, executing nothing that it contains.

    Raises:
        UnsafeCheckpointError: the pickle holds more than tensors and plain containers.
        ModelError: the file is missing, damaged, or holds no tensors.
    """
    try:
        if path.suffix == _SAFETENSORS:
            return _load_safetensors(path)
        with warnings.catch_warnings():
            # torch warns of pickle protocols that it may refuse; the refusal itself is enough.
            warnings.simplefilter("ignore", UserWarning)
            state: Any = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise ModelError(f"{path}: no such checkpoint", path=path) from None
    except pickle.UnpicklingError as error:
        if "GLOBAL" in str(error) or _names_globals(path):
            raise UnsafeCheckpointError(
                f"{path}: refused, because loading it would execute code that the pickle contains; "
                f"save the bare state dict (or safetensors) instead",
                path=path,
            ) from None
        raise ModelError(
            f"{path}: damaged checkpoint, no valid pickle of tensors", path=path
        ) from None
    except (RuntimeError, EOFError, ValueError, KeyError, zipfile.BadZipFile, OSError) as error:
        raise ModelError(f"{path}: damaged checkpoint ({first_line(error)})", path=path) from error
    if not isinstance(state, dict) or not all(isinstance(v, torch.Tensor) for v in state.values()):
        raise ModelError(
            f"{path}: expected a state dict of tensors, found {type(state).__name__}", path=path
        )
    return state


def _load_safetensors(path: Path) -> dict[str, torch.Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        state: dict[str, torch.Tensor] = load_file(path, device="cpu")
    except SafetensorError as error:
        raise ModelError(f"{path}: damaged checkpoint ({error})", path=path) from error
    return state


def _names_globals(path: Path) -> bool:
    """Whether a bare pickle imports anything; reads its opcodes and executes none."""
    try:
        with path.open("rb") as file:
            return any("GLOBAL" in opcode.name for opcode, _, _ in pickletools.genops(file))
    except (ValueError, OSError):
        return False


def weight_of(*modules: torch.nn.Module) -> Weight:
    """The size of modules together; what they share counts once."""
    shared = {id(one): one for module in modules for one in module.parameters()}.values()
    return Weight(
        sum(one.numel() * one.element_size() for one in shared), sum(one.numel() for one in shared)
    )
