from __future__ import annotations

import sys

import pytest
from graphs import graph, written
from hypothesis import given
from hypothesis import strategies as st

import metacompress
from metacompress.data.loading import load_dataset
from metacompress.models.graphcodebert.dataflow.graph import (
    DataFlowGraph,
    Nodes,
    Record,
    Relation,
    Token,
    assemble,
)

# Tokens are counted from 0. Literals and names of types and functions are nodes where the
# published extraction of a language takes them for variables.
C = [
    (
        "int f(int a) { return a; }",
        "a@4< a@8<4",
    ),
    (
        "int f(int a, int b) { int c; c = a + b; return c; }",
        "a@4< b@7< c@11< c@20<11",
    ),
    (
        "int f(int n) { int s = n; return s; }",
        "n@4< n@10<4",
    ),
    (
        "void f(int *p) { p->n++; }",
        "p@5< p@8<=8 p@8<=10 n@10<=8 n@10<=10",
    ),
    (
        "int f(int a) { if (a) { int b; b++; } else { a++; } return a; }",
        "a@4< a@9<4 b@13< b@15<=15 a@21<=21 a@26<4,21",
    ),
    (
        "int f(int n) { int i; while (i < n) i++; return i; }",
        "n@4< i@8< i@12<8,16 n@14<4 i@16<=16 i@20<16",
    ),
    (
        "int f(int n) { int i; for (i = 0; i < n; i++) n--; return i; }",
        "n@4< i@8< i@16<8 n@18<4 i@20<=20 n@23<=23 i@27<20",
    ),
    (
        "int f(int a) { { int a; a++; } return a; }",
        "a@4< a@9<4 a@11<=11 a@16<11",
    ),
    (
        "int x; int f( { x++; }",
        "x@1< x@7<=7",
    ),
    (
        "int f(int k) { int t[k]; t[0]++; return t[k]; }",
        "k@4< t@8< t@13<=13 t@13<=15 0@15<=13 0@15<=15 t@20<13 k@22<4",
    ),
    (
        "int f(int a, int b) { a += b; return a ? b : a; }",
        "a@4< b@7< a@15<4 b@17<7 a@19<4",
    ),
    (
        "int f(int a) { do a--; while (a); return a; }",
        "a@4< a@8<=8 a@13<8 a@17<8",
    ),
]
JAVA = [
    (
        "int f(int a) { return a; }",
        "f@1< a@4< a@8<4",
    ),
    (
        "int f(int a, int b) { int c = a + b; return c; }",
        "f@1< a@4< b@7< c@11<13 c@11<15 a@13<4 b@15<7 c@18<11",
    ),
    (
        "int f(int a) { a += 1; return a; }",
        "f@1< a@4< a@7<=9 1@9< a@12<7",
    ),
    (
        "int f(int n) { int s = 0; for (int i = 0; i < n; i++) s += i; return s; }",
        "f@1< n@4< s@8<10 0@10< i@15<17 0@17< i@19<15,23 n@21<4 i@23<=23 s@26<=28 i@28<23 s@31<26",
    ),
    (
        "int f(int[] v) { int s = 0; for (int x : v) s += x; return s; }",
        "f@1< v@6< s@10<12 0@12< x@17<=19 v@19<6 s@21<=23 x@23<17 s@26<21",
    ),
    (
        "int f(int a) { int b; if (a > 0) b = a; else b = 1; return b; }",
        "f@1< a@4< b@8< a@12<4 0@14< b@16<=18 a@18<4 b@21<=23 1@23< b@26<8,16,21",
    ),
    (
        "int f(int a) { while (a > 0) a--; return a; }",
        "f@1< a@4< a@9<4,13 0@11< a@13<=13 a@17<13",
    ),
    (
        "int f(int a, int b) { int t = a; a = b; b = t; return a; }",
        "f@1< a@4< b@7< t@11<13 a@13<4 a@15<=17 b@17<7 b@19<=21 t@21<11 a@24<15",
    ),
    (
        "int f(int a) { Runnable r = () -> g(a); r.run(); return a; }",
        "f@1< a@4< Runnable@7< r@8<13 r@8<15 g@13< a@15<4 r@18<8 run@20< a@25<4",
    ),
    (
        "int f(int a) { int b = a",
        "f@1< a@4< b@8<10 a@10<4",
    ),
]
PYTHON = [
    (
        "def f(a):\n    return a\n",
        "f@1< a@3< a@7<3",
    ),
    (
        "def f(a, b):\n    c = a + b\n    return c\n",
        "f@1< a@3< b@5< c@8<=10,12 a@10<3 b@12<5 c@14<8",
    ),
    (
        "def f(a):\n    a += 1\n    return a\n",
        "f@1< a@3< a@6<=8 1@8< a@10<6",
    ),
    (
        "def f(a, b):\n    a, b = b, a\n    return a\n",
        "f@1< a@3< b@5< a@8<=12 b@10<=14 b@12<5 a@14<3 a@16<8",
    ),
    (
        "def f(n):\n    s = 0\n    for i in n:\n        s = s + i\n    return s\n",
        "f@1< n@3< s@6<=8 0@8< i@10<=12 n@12<3 s@14<=16,18 s@16<6,14 i@18<10 s@20<14",
    ),
    (
        "def f(a):\n    if a:\n        b = a\n    else:\n        b = 1\n    return b\n",
        "f@1< a@3< a@7<3 b@9<=11 a@11<3 b@14<=16 1@16< b@18<9,14",
    ),
    (
        "def f(a):\n    if a:\n        b = a\n    elif a > 1:\n        b = 2\n    return b\n",
        "f@1< a@3< a@7<3 b@9<=11 a@11<3 a@13<3 1@15< b@17<=19 2@19< b@21<9,17",
    ),
    (
        "def f(v):\n    return [x for x in v]\n",
        "f@1< v@3< x@8<10 x@10<=12 v@12<3",
    ),
    (
        "def f(a):\n    while a:\n        a = a - 1\n    return a\n",
        "f@1< a@3< a@7<3,9 a@9<=11,13 a@11<3,9 1@13< a@15<9",
    ),
    (
        "def f(a):\n    return lambda b: a + b\n",
        "f@1< a@3< b@8< a@10<3 b@12<8",
    ),
    (
        "def f(a):\n    (x, y) = a\n    return x\n",
        "f@1< a@3< x@7<=12 y@9<=12 a@12<3 x@14<7",
    ),
    (
        "def f(a:\n  b = a\n",
        "f@1< a@3< b@5< a@7<3",
    ),
]


@pytest.mark.parametrize(("text", "expected"), C)
def test_c(text: str, expected: str) -> None:
    assert written(graph(text, "c")) == expected
    assert written(graph(text, "cpp")) == expected


@pytest.mark.parametrize(("text", "expected"), JAVA)
def test_java(text: str, expected: str) -> None:
    assert written(graph(text, "java")) == expected


@pytest.mark.parametrize(("text", "expected"), PYTHON)
def test_python(text: str, expected: str) -> None:
    assert written(graph(text, "python")) == expected


def test_records_become_nodes_in_three_ways() -> None:
    tokens = [Token(text, place, place + 1) for place, text in enumerate("abcd")]
    records = [
        Record(2, Relation.COMPUTED_FROM, (1,)),
        Record(0, Relation.COMES_FROM, ()),
        Record(2, Relation.COMES_FROM, (0,)),
        Record(1, Relation.COMES_FROM, ()),
        Record(3, Relation.COMES_FROM, ()),
    ]
    every = assemble(tokens, records, Nodes.EVERY)
    assert written(every) == "a@0< b@1< c@2<=1 c@2<0 d@3<"
    assert every.edges == ((), (), (1,), (0,), ())
    assert written(assemble(tokens, records, Nodes.CONNECTED)) == "a@0< b@1< c@2<=1 c@2<0"
    assert written(assemble(tokens, records, Nodes.MERGED)) == "a@0< b@1< c@2<=0,1"


def anonymous(found: DataFlowGraph) -> list[tuple[int, Relation, tuple[int, ...]]]:
    return [(node.token, node.relation, node.sources) for node in found.nodes]


DEMO = [
    program
    for language in ("c", "java", "python")
    for example in load_dataset("demo", "demo-problem", split="test", language=language, limit=12)
    for program in example.programs
]


@pytest.mark.parametrize("program", DEMO, ids=lambda program: str(program.language))
def test_names_and_layout_do_not_matter_and_edges_join_names(program) -> None:
    found = graph(program.text, program.language)
    assert found.nodes
    for node in found.nodes:
        assert found.tokens[node.token].text == node.name
        assert all(0 <= source < len(found.tokens) for source in node.sources)
    for edges in found.edges:
        assert all(0 <= target < len(found.nodes) for target in edges)
    assert anonymous(graph(renamed(program.text, found), program.language)) == anonymous(found)
    made = metacompress.transform(program.text, ["layout"], language=str(program.language))
    for variant in made.variants:
        other = graph(variant.programs[0], program.language)
        assert written(other) == written(found)


LITERALS = {"null", "None", "True", "False", "true", "false"}


def renamed(text: str, found: DataFlowGraph) -> str:
    """Every name that is a node is another one, wherever it stands."""
    names = sorted({node.name for node in found.nodes if node.name.isidentifier()} - LITERALS)
    fresh = {name: f"fresh_{number}" for number, name in enumerate(names)}
    source = text.encode()
    for token in reversed(found.tokens):
        if token.text in fresh:
            source = source[: token.start] + fresh[token.text].encode() + source[token.end :]
    return source.decode()


@pytest.mark.parametrize("language", ["c", "cpp", "java", "python"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t",
        "/* only */",
        "\x00\x01\ufffd",
        "int " * 5000,
        "x" * 1_000_000,
        "f" + "(" * 10_000 + ")" * 10_000,
        "{" * 10_000,
        "if (a) " * 3_000 + "b = a;",
        "a = " + "-" * 10_000 + "b",
    ],
    ids=["empty", "blank", "comment", "binary", "words", "long", "calls", "open", "ifs", "signs"],
)
def test_hostile_programs_have_graphs(text: str, language: str) -> None:
    for nodes in Nodes:
        found = graph(text, language, nodes)
        assert all(node.token < len(found.tokens) for node in found.nodes)
    assert sys.getrecursionlimit() < 10_000


@given(
    st.text(alphabet="abi=+-*(){}[];:,.<> \nif\"'/\\", max_size=200),
    st.sampled_from(["c", "cpp", "java", "python"]),
)
def test_any_text_has_the_same_graph_twice(text: str, language: str) -> None:
    first, second = graph(text, language), graph(text, language)
    assert first == second
    merged = graph(text, language, Nodes.MERGED)
    assert len({node.token for node in merged.nodes}) == len(merged.nodes)


def test_real_functions_have_graphs(shared) -> None:
    data = load_dataset(
        shared / "data" / "devign", "vulnerability-prediction", split="test", limit=300
    )
    graphs = [graph(example.programs[0].text, "c") for example in data]
    assert sum(not found.nodes for found in graphs) < 10  # a few have no variable
    for found in graphs:
        assert all(source < len(found.tokens) for node in found.nodes for source in node.sources)
