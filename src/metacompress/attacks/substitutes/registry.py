"""The sources of new names that there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from metacompress.errors import UsageError
from metacompress.files.existing import existing_path
from metacompress.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from metacompress.attacks.substitutes.base import Substitutes
    from metacompress.data.task import Task
    from metacompress.transforms.naming import CorpusNaming


@dataclass(frozen=True, slots=True)
class NameCorpus:
    """What a source of names may draw on beside its own files.

    Attributes:
        naming: names that the programs of the data set use, as often as they do.
        names: the same, distinct, sorted.
        task: what the victims are for.
        device: where a model that proposes names runs, if its specification names none.
    """

    naming: CorpusNaming
    names: Sequence[str]
    task: Task
    device: str = "auto"


class SubstitutesLoader(Protocol):
    """What is registered for a source of names."""

    def __call__(self, location: str, corpus: NameCorpus) -> Substitutes:
        """Make the source that ``location`` names."""


SUBSTITUTES: Registry[SubstitutesLoader] = Registry(
    kind="source of substitutes",
    group="metacompress.substitutes",
    builtins={
        "recorded": "metacompress.attacks.substitutes.recorded:load",
        "corpus": "metacompress.attacks.substitutes.corpus:load",
        "embeddings": "metacompress.attacks.substitutes.embeddings:load",
        "mlm": "metacompress.attacks.substitutes.masked_lm:load",
    },
)


def make_substitutes(text: str, corpus: NameCorpus) -> Substitutes:
    """The source ``KIND:LOCATION``; a location alone is a recorded file.

    Raises:
        UsageError: an unknown kind, or a location that is missing or too many.
        DataError, ModelError: what is there cannot be used.
    """
    kind, location = _parsed(text)
    load = SUBSTITUTES.get(kind)
    if (kind == "corpus") == bool(location):
        raise UsageError(
            f"substitutes are written corpus, recorded:FILE, embeddings:MODEL or mlm:MODEL, "
            f"not {text!r}",
            option="substitutes",
        )
    return load(location, corpus)


def substitutes_place(text: str) -> Path | None:
    """The file or the model's directory that ``text`` names; None where it is not on this disk.

    A model may be written with its kind and options, as everywhere.
    """
    _, location = _parsed(text)
    names = (location, location.partition(":")[2].partition("?")[0], location.partition("?")[0])
    return next((path for name in names if (path := existing_path(name)) is not None), None)


def _parsed(text: str) -> tuple[str, str]:
    kind, colon, location = text.partition(":")
    return (kind, location) if colon or text in SUBSTITUTES else ("recorded", text)
