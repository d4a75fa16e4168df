"""What holds of the graph of any program, on programs that people wrote."""

from __future__ import annotations

import gzip
import json
import re
import string
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from graphs import graph, written
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from metacompress.data.loading import load_dataset
from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.parsing import grammar, parse
from metacompress.lang.syntax import descendants
from metacompress.models.graphcodebert.dataflow.graph import DataFlowGraph, Nodes
from metacompress.models.graphcodebert.dataflow.preparation import prepare

if TYPE_CHECKING:
    from pathlib import Path

# What a grammar reads in a way of its own, though it is no reserved word of its own.
_TYPES = ("bool", "char", "int", "float", "double", "void", "size_t", "ssize_t", "ptrdiff_t")
_VALUES = ("NULL", "nullptr", "true", "false", "TRUE", "FALSE", "None", "True", "False")
_SPECIAL = {*_TYPES, *_VALUES, "print", "exec", "match", "case", "type"}
some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def demo(language: str) -> list[str]:
    data = load_dataset("demo", "demo-problem", split="train", language=language)
    return [program.text for example in data for program in example.programs]


@cache
def corpus(path: Path) -> list[str]:
    with gzip.open(path, "rt") as lines:
        return [json.loads(line)["func"] for line in lines]


@pytest.fixture(scope="module", params=["c", "java", "python"])
def demo_programs(request) -> tuple[str, list[str]]:
    return request.param, demo(request.param)


@pytest.fixture(
    scope="module",
    params=[
        ("c", "devign/test.jsonl.gz"),
        ("cpp", "devign/test.jsonl.gz"),
        ("java", "bigclonebench/functions.jsonl.gz"),
        ("java", "gcj_java/programs.jsonl.gz"),
    ],
    ids=["devign", "devign as C++", "bigclonebench", "gcj"],
)
def shared_programs(request, shared: Path) -> tuple[str, list[str]]:
    language, path = request.param
    return language, corpus(shared / "data" / path)


def check_graph(text: str, language: str) -> None:
    every = graph(text, language)
    assert every == graph(text, language)
    source = text.encode()
    for token in every.tokens:
        assert 0 <= token.start < token.end <= len(source)
        assert token.text == source[token.start : token.end].decode().replace("\n", "")
    assert all(one.end <= other.start for one, other in pairwise(every.tokens))
    for nodes in Nodes:
        found = graph(text, language, nodes)
        assert found.tokens == every.tokens
        order = [node.token for node in found.nodes]
        assert order == sorted(order)
        for node, edges in zip(found.nodes, found.edges, strict=True):
            assert node.name == found.tokens[node.token].text
            assert node.sources == tuple(sorted(set(node.sources)))
            # An edge joins two occurrences of names; the value of a name that was given nothing
            # but fixed words has none.
            assert {found.nodes[edge].token for edge in edges} <= set(node.sources)
            assert all(source < len(found.tokens) for source in node.sources)
    merged = graph(text, language, Nodes.MERGED)
    recorded = {node.token for node in every.nodes}
    joined = {node.token for node in every.nodes if node.sources}
    joined.update(source for node in every.nodes for source in node.sources)
    assert [node.token for node in merged.nodes] == sorted(joined & recorded)


def rotated(text: str, language: str, letters: int) -> str | None:
    """Every identifier with its small letters moved along the alphabet; None where two clash.

    Names keep their lengths, which error recovery weighs.
    """
    program = parse(text, Language(language))
    small = string.ascii_lowercase
    moved = str.maketrans(small, small[letters:] + small[:letters])
    known = grammar(program.language)
    reserved = {known.node_kind_for_id(number) for number in range(known.node_kind_count)}
    reserved |= _SPECIAL
    edits, renamed = [], {}
    for node in descendants(program.root):
        name = program.source[node.start_byte : node.end_byte].decode()
        is_name = node.type.endswith("identifier") or node.type == "literal_suffix"
        if is_name and not node.child_count and name:
            if name not in reserved:
                renamed[name] = name.translate(moved)
                edits.append(Edit(node.start_byte, node.end_byte, renamed[name]))
            else:
                renamed[name] = name
    after = set(renamed.values())
    # C's ``int32_t`` and the like are types of the grammar.
    if len(after) < len(renamed) or after & reserved - renamed.keys():
        return None
    if any(re.fullmatch(r"u?int\w*_t|char\d+_t", name) for name in {*renamed, *after}):
        return None
    return apply_edits(program.source, edits)[0].decode()


def without_names(found: DataFlowGraph) -> list[tuple[object, ...]]:
    return [(node.token, node.relation, node.sources) for node in found.nodes]


def check_renaming(text: str, language: str, letters: int) -> None:
    other = rotated(text, language, letters)
    assume(other is not None)
    for nodes in Nodes:
        before, after = graph(text, language, nodes), graph(other, language, nodes)
        # What follows a number may become its suffix, in the remains of a broken string.
        assume([token.start for token in after.tokens] == [token.start for token in before.tokens])
        assert without_names(after) == without_names(before)


def check_layout(text: str, language: str, space: str) -> None:
    """Other white space between tokens, but not in literals."""
    before = graph(text, language)
    source = text.encode()
    edits = [
        Edit(one.end, other.start, space)
        for one, other in pairwise(before.tokens)
        if source[one.end : other.start].isspace()
        and not {one.text[-1:], other.text[:1]} & {'"', "'", "\\"}
    ]
    other = apply_edits(source, edits)[0].decode()
    # Where a program is broken, error recovery weighs the lines that it skips.
    programs = [parse(one, Language(language)) for one in (text, other)]
    kinds = [[node.type for node in descendants(one.root)] for one in programs]
    assume(not programs[0].error_count or kinds[0] == kinds[1])
    assert written(graph(other, language)) == written(before)


@some
@given(st.data())
def test_demo_graphs(demo_programs: tuple[str, list[str]], data: st.DataObject) -> None:
    language, texts = demo_programs
    check_graph(data.draw(st.sampled_from(texts)), language)


@some
@given(st.data())
def test_demo_names(demo_programs: tuple[str, list[str]], data: st.DataObject) -> None:
    language, texts = demo_programs
    check_renaming(data.draw(st.sampled_from(texts)), language, data.draw(st.integers(1, 25)))


@some
@given(st.data())
def test_shared_graphs(shared_programs: tuple[str, list[str]], data: st.DataObject) -> None:
    language, texts = shared_programs
    text = data.draw(st.sampled_from(texts))
    check_graph(text, language)
    check_graph(prepare(text, Language(language)), language)


@some
@given(st.data())
def test_shared_names(shared_programs: tuple[str, list[str]], data: st.DataObject) -> None:
    language, texts = shared_programs
    text = prepare(data.draw(st.sampled_from(texts)), Language(language))
    check_renaming(text, language, data.draw(st.integers(1, 25)))


@some
@given(st.data())
def test_shared_layout(shared_programs: tuple[str, list[str]], data: st.DataObject) -> None:
    language, texts = shared_programs
    chosen = data.draw(st.sampled_from(texts))
    space = data.draw(st.sampled_from([" ", "\n", "\t  ", "\r\n", "\n\n"]))
    text = prepare(chosen, Language(language))
    # Directives end with their lines.
    assume(language == "java" or "#" not in text)
    check_layout(text, language, space)
