"""What a study wants to know of a model before it asks anything, and remembers of it.

A model whose files and software are what they were is the model that it was: its facts are known
without loading it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from metacompress.files.cache import note_key, read_note, write_note
from metacompress.files.reads import unchanged, working_directory
from metacompress.files.software import software
from metacompress.models.identity import fingerprint_of, is_resumable
from metacompress.models.loading import parse_specification
from metacompress.models.naming.location import is_known_by_files
from metacompress.models.protocols.costed import Costed, Weight
from metacompress.models.protocols.graph_reading import ReadsGraphs
from metacompress.models.protocols.hidden_states import HiddenStates
from metacompress.models.protocols.recording import Recording
from metacompress.registry import plugins_in_use

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.files.reads import FileState
    from metacompress.models.protocols.classifier import Classifier

_FACTS, _OPERATIONS = "facts", "operations"
_TUPLES = ("labels", "doubts")


@dataclass(frozen=True)
class Facts:
    """See Classifier.

    Attributes:
        fingerprint: under which its answers are stored; None where they are not.
        weight: None where the model does not tell.
        knows_some: whether it answers for certain examples only.
        reads_graphs: see ReadsGraphs.
        tells_states: see HiddenStates.
        reads: the files that it was loaded from.
    """

    labels: tuple[str, ...]
    fingerprint: str | None
    weights_digest: str | None
    doubts: tuple[str, ...]
    stands_for: str | None
    tells_truncation: bool
    weight: Weight | None
    knows_some: bool
    reads_graphs: bool
    tells_states: bool
    reads: Mapping[str, FileState | None]

    @classmethod
    def of(cls, model: Classifier, reads: Mapping[str, FileState | None]) -> Facts:
        """The facts of a loaded model."""
        return cls(
            model.labels,
            fingerprint_of(model) if is_resumable(model) else None,
            model.weights_digest,
            tuple(model.doubts),
            model.stands_for,
            model.tells_truncation,
            model.weight if isinstance(model, Costed) else None,
            isinstance(model, Recording),
            isinstance(model, ReadsGraphs),
            isinstance(model, HiddenStates),
            reads,
        )


def remember(named: object, task: Task, defaults: Mapping[str, object], facts: Facts) -> None:
    """Note the facts of a model that was loaded; the other arguments are those of ``recall``."""
    is_known = is_known_by_files(parse_specification(named))
    if is_known and facts.fingerprint is not None and not plugins_in_use():
        write_note(_FACTS, _key(named, task, defaults), asdict(facts))


def recall(named: object, task: Task, defaults: Mapping[str, object]) -> Facts | None:
    """The facts of a model whose files are what they were; None where that is not known.

    Args:
        named: its specification.
        task: what it is for.
        defaults: see ``load_classifier``.
    """
    noted: dict[str, Any] | None = read_note(_FACTS, _key(named, task, defaults))
    if noted is None:
        return None
    try:
        weight = None if noted["weight"] is None else Weight(**noted["weight"])
        tuples = {name: tuple(noted[name]) for name in _TUPLES}
        facts = Facts(**{**noted, **tuples, "weight": weight})
        return facts if unchanged(facts.reads) else None
    except (KeyError, TypeError, AttributeError):
        return None


def operations_of(model: Costed, fingerprint: str | None, examples: Sequence[Example]) -> Any:
    """See ``Costed.flops``; counted once for each model and its examples."""
    if fingerprint is None:
        return model.flops(examples)
    key = note_key(fingerprint, [example.content_key() for example in examples])
    known = read_note(_OPERATIONS, key)
    if known is None:
        known = {"flops": model.flops(examples)}
        write_note(_OPERATIONS, key, known)
    return known["flops"]


def _key(named: object, task: Task, defaults: Mapping[str, object]) -> str:
    about = [str(named), working_directory(), task.name, task.labels, sorted(defaults.items())]
    return note_key(about, software())
