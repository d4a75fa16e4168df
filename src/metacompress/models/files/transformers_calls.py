"""Calls of transformers: quiet, and whatever they raise ends in one line of ours."""

from __future__ import annotations

import logging
import pickle
from contextlib import contextmanager
from typing import TYPE_CHECKING

from metacompress.errors import ModelError, UnsafeCheckpointError
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.source import CONFIG, remote_code_refused

if TYPE_CHECKING:
    from collections.abc import Iterator


# What messages of transformers hold.
_UNTRUSTED = "trust_remote_code"
_MISFIT = "ignore_mismatched_sizes"


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Keep transformers from reporting on the terminal; what matters is raised or shown by us."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    library = logging.getLogger("transformers")
    level = library.level
    library.setLevel(logging.ERROR)
    try:
        yield
    finally:
        library.setLevel(level)


@contextmanager
def loading(name: str) -> Iterator[None]:
    """A call of transformers that loads something: quiet, and what it raises is one line of ours.

    Raises:
        UnsafeCheckpointError: a pickle would run code.
        ModelError: anything else that goes wrong.
    """
    try:
        with foreign_code(name), quiet_transformers():
            yield
    except ModelError as error:
        text = str(error.__cause__)
        if isinstance(error.__cause__, pickle.UnpicklingError):
            raise UnsafeCheckpointError(
                f"{name}: refused, because its pickle holds more than tensors, and loading it "
                f"could run code; save the weights as safetensors",
                model=name,
            ) from error.__cause__
        if _UNTRUSTED in text:
            raise ModelError(remote_code_refused(name), model=name) from error.__cause__
        if _MISFIT in text:
            raise ModelError(
                f"{name}: its weights have other sizes than its {CONFIG} states; is it this "
                f"model's own?",
                model=name,
            ) from error.__cause__
        raise
