from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metacompress.data.example import Example, Program
from metacompress.errors import MissingFrontEndError
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.models.graphcodebert import cache as graph_cache
from metacompress.models.graphcodebert.cache import GraphCache, Reading, read_graph
from metacompress.models.graphcodebert.dataflow.graph import Nodes
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.models.storing.store import PredictionStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from metacompress.models.protocols.graph_store import GraphStore

PROGRAMS = [
    Program("int f(int a) { int b = a; b += a; return b; } // sum", Language.C),
    Program("def f(a):\n    '''doc'''\n    b = a\n    return b\n", Language.PYTHON),
    Program("", Language.JAVA),
    Program("\ud800 lone surrogate", Language.C),
]


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Program]]:
    """Programs whose graph was extracted, each as often as it was."""
    found: list[Program] = []

    def counting(program: Program, nodes: Nodes, reading: Reading) -> object:
        found.append(program)
        return read_graph(program, nodes, reading)

    monkeypatch.setattr(graph_cache, "read_graph", counting)
    return found


def test_what_is_remembered_is_what_was_extracted(extracted: list[Program]) -> None:
    cache = GraphCache()
    first = dict(cache.read(PROGRAMS, Nodes.EVERY, Reading.PLAIN))
    again = dict(cache.read(PROGRAMS * 2, Nodes.EVERY, Reading.PLAIN))
    assert first == again
    assert first == {p: read_graph(p, Nodes.EVERY, Reading.PLAIN) for p in PROGRAMS}
    assert extracted == PROGRAMS


@given(st.text(), st.sampled_from(sorted(C_JAVA_PYTHON)))
def test_any_text_is_remembered(text: str, language: Language) -> None:
    cache, program = GraphCache(), Program(text, language)
    ((_, first),) = cache.read([program], Nodes.CONNECTED, Reading.PLAIN)
    ((_, again),) = cache.read([program], Nodes.CONNECTED, Reading.PLAIN)
    assert first == again


def test_other_nodes_and_readings_are_other_graphs(extracted: list[Program]) -> None:
    cache = GraphCache()
    for nodes in Nodes:
        for reading in Reading:
            list(cache.read(PROGRAMS[:1], nodes, reading))
    assert len(extracted) == len(Nodes) * len(Reading)


def test_no_more_is_remembered_than_there_is_room_for(extracted: list[Program]) -> None:
    cache = GraphCache(kept_bytes=1)
    for _ in range(2):
        list(cache.read(PROGRAMS[:2], Nodes.EVERY, Reading.PLAIN))
    assert extracted == PROGRAMS[:2] * 2


class _Graphs(Classifier):
    """Answers by the number of nodes, from graphs of a cache of its own."""

    labels = ("few", "many")

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._cache = GraphCache()
        self._store: GraphStore | None = None

    def keeping_graphs_in(self, store: GraphStore) -> AbstractContextManager[None]:
        self._store = store
        return nullcontext()

    def predict(self, examples: Sequence[Example]) -> Predictions:
        programs = [example.programs[0] for example in examples]
        found = dict(self._cache.read(programs, Nodes.EVERY, Reading.PLAIN, self._store))
        few = [1 / (1 + len(found[program].nodes)) for program in programs]
        return Predictions.checked([[p, 1 - p] for p in few], examples, 2, "graphs")


def test_a_second_student_finds_the_graphs_of_the_first(
    tmp_path: Path, extracted: list[Program]
) -> None:
    examples = [Example(str(n), (p,), None, str(n), (str(n),)) for n, p in enumerate(PROGRAMS[:3])]
    answers = []
    for name in ("first student", "second student"):
        with PredictionStore(tmp_path / "predictions.sqlite") as store:
            answers.append(store.predict(_Graphs(name), examples)[0].probabilities.tolist())
    assert answers[0] == answers[1]
    assert extracted == PROGRAMS[:3]


def test_a_language_without_a_front_end_is_refused_in_one_line() -> None:
    program = Program("fn f() {}", Language("rust"))
    for reading in Reading:
        with pytest.raises(MissingFrontEndError, match=r"data flow.*rust has none; languages with"):
            list(GraphCache().read([program], Nodes.CONNECTED, reading))
