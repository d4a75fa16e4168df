from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from metacompress.models.graphcodebert.dataflow.graph import DataFlowGraph, Node, Relation, Token
from metacompress.models.graphcodebert.encoding import (
    BEGIN,
    END,
    PAD,
    UNKNOWN,
    InputLengths,
    encode_graph,
)


def _graph(tokens: int, edges: list[tuple[int, tuple[int, ...]]]) -> DataFlowGraph:
    """Nodes as (token, tokens that its value comes from)."""
    return DataFlowGraph(
        tuple(Token(f"t{index}", index, index + 1) for index in range(tokens)),
        tuple(Node(f"t{token}", token, Relation.COMES_FROM, sources) for token, sources in edges),
    )


def _lengths(most: int, flow: int, **others: int) -> InputLengths:
    return InputLengths(input=most, flow=flow, **{"code": most, **others})


def test_pieces_and_nodes_are_framed() -> None:
    graph = _graph(3, [(0, ()), (2, (0,))])
    found = encode_graph(graph, [[10, 11], [12], [13]], _lengths(12, 4))
    assert found.ids == [BEGIN, 10, 11, 12, 13, END, UNKNOWN, UNKNOWN]
    assert found.positions() == [2, 3, 4, 5, 6, 7, 0, 0]
    assert found.spans == [(1, 3), (4, 5)]
    assert found.sources == [(), (0,)]
    assert not found.truncated
    seen = found.attention(10).astype(int)
    expected = np.array(
        [
            [1, 1, 1, 1, 1, 1, 1, 1, 0, 0],  # <s> sees everything but padding
            [1, 1, 1, 1, 1, 1, 1, 0, 0, 0],  # a piece sees pieces and the nodes of its token
            [1, 1, 1, 1, 1, 1, 1, 0, 0, 0],
            [1, 1, 1, 1, 1, 1, 0, 0, 0, 0],
            [1, 1, 1, 1, 1, 1, 0, 1, 0, 0],
            [1, 1, 1, 1, 1, 1, 1, 1, 0, 0],  # </s>
            [0, 1, 1, 0, 0, 0, 0, 0, 0, 0],  # a node sees its pieces
            [0, 0, 0, 0, 1, 0, 1, 0, 0, 0],  # and where its value comes from
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ]
    )
    np.testing.assert_array_equal(seen, expected)


def test_pieces_give_way_to_nodes_and_nodes_fill_what_is_left() -> None:
    edges = [(index, (index - 1,) if index else ()) for index in range(6)]
    graph = _graph(6, edges)
    long = encode_graph(graph, [[20 + i] * 5 for i in range(6)], _lengths(16, 4))
    assert (long.code, len(long.ids), long.truncated) == (12, 16, True)
    assert long.spans == [(1, 6), (6, 11), (0, 0), (0, 0)]
    short = encode_graph(graph, [[20 + i] for i in range(6)], _lengths(16, 4))
    assert (short.code, len(short.spans), short.truncated) == (8, 6, False)


def test_an_empty_program_is_an_input() -> None:
    found = encode_graph(_graph(0, []), [], _lengths(8, 2))
    assert found.ids == [BEGIN, END]
    assert found.attention(2).all()


@given(
    st.lists(st.lists(st.integers(4, 99), max_size=4), max_size=12),
    st.integers(0, 6),
    st.integers(8, 24),
    st.randoms(use_true_random=False),
)
def test_an_input_fits_and_its_edges_join_what_is_there(
    pieces: list[list[int]], flow_length: int, max_length: int, random: object
) -> None:
    tokens = len(pieces)
    edges = [
        (token, tuple(random.sample(range(tokens), random.randint(0, tokens))))  # type: ignore[attr-defined]
        for token in range(tokens)
    ]
    found = encode_graph(_graph(tokens, edges), pieces, _lengths(max_length, flow_length))
    assert len(found.ids) == len(found.positions()) <= max_length
    assert found.ids[found.code :] == [UNKNOWN] * len(found.spans)
    assert PAD not in found.positions()
    assert all(source < len(found.spans) for sources in found.sources for source in sources)
    seen = found.attention(max_length)
    assert not seen[len(found.ids) :].any()
    assert not seen[:, len(found.ids) :].any()
    for node, (start, end) in enumerate(found.spans, found.code):
        assert seen[node, : found.code].sum() == end - start
        np.testing.assert_array_equal(seen[node, start:end], seen[start:end, node])


def test_models_for_pairs_leave_an_id_free_that_a_node_may_take() -> None:
    graph = _graph(6, [(index, ()) for index in range(6)])
    found = encode_graph(graph, [[20 + i] * 5 for i in range(6)], _lengths(16, 4, special=3))
    assert (found.code, len(found.spans), len(found.ids)) == (11, 5, 16)


def test_pieces_have_no_more_places_than_the_model_has_positions() -> None:
    graph = _graph(6, [(0, ())])
    found = encode_graph(graph, [[20 + i] * 5 for i in range(6)], _lengths(64, 32, code=10))
    assert (found.code, len(found.spans), found.truncated) == (10, 1, True)
    assert max(found.positions()) == 11
