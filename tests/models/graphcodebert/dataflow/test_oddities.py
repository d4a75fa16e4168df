"""What is odd about the published extraction, one small program each.

Nodes are written as name@token<sources, tokens counted from 0.
"""

from __future__ import annotations

import pytest
from graphs import graph, written

from metacompress.models.graphcodebert.dataflow.graph import Nodes

C = {
    "assignments are not read": (
        "void f(int a, int b) { a = b; b += a; h(b); }",
        "a@4< b@7< b@20<7",
    ),
    "the choice of an assignment is read, as if it were outside": (
        "void f(int a, int b) { a = a ? b : a; a = (a ? b : a); }",
        "a@4< b@7< b@14<7 a@16<4",
    ),
    "a value does not define, but its reads count": (
        "void f(int a) { int x = a, *p = a; h(x, p); }",
        "a@4< a@10<4 p@13< a@15<4 p@21<13",
    ),
    "globals are no variables": (
        "void f() { g++; h(g, k); }",
        "g@5<=5 g@10<5",
    ),
    "fields, labels and types of a known name are reads": (
        "void f(int a) { s->a; goto a; struct a t; }",
        "a@4< a@9<4 a@12<4 a@15<4 t@16<",
    ),
    "a declarator of a pointer defines the types in it": (
        "void f() { int *g(int n); int q; }",
        "g@7< int@9< n@10< int@13<9 q@14<",
    ),
    "the value from before an if stays, the else starts before the condition": (
        "int f(int a, int b) { if (a++) b++; else a++; return a + b; }",
        "a@4< b@7< a@12<=12 b@15<=15 a@19<=19 a@23<4,12,19 b@25<7,15",
    ),
    "an if as consequence without braces is an alternative": (
        "int f(int a) { if (a++) if (a) a++; return a; }",
        "a@4< a@9<=9 a@14<4 a@16<=16 a@20<4,9,16",
    ),
    "the names of blocks and functions leak": (
        "void f(int a) { { int b; } h(b); } void g() { h(a, b); }",
        "a@4< b@9< b@14<9 a@25<4 b@27<9",
    ),
    "a function that returns a pointer has parameters like others": (
        "char **f(char *a) { return a; }",
        "a@7< a@11<7",
    ),
    "reserved words that error recovery finds are no variables": (
        "int f(int a) { if (a { return a; }",
        "a@4< a@9<4 a@12<4",
    ),
}
JAVA = {
    "everything that is no fixed word is a variable": (
        'void f() { o.a = "x"; }',
        'void@0< f@1< o@5<=9 a@7<=9 "x"@9<',
    ),
    "an element's index is set with it": (
        "void f(int i) { a[i] = 1; g(i); }",
        "void@0< f@1< i@4< a@7<=12 i@9<=12 1@12< g@14< i@16<9",
    ),
    "the value from before an if stays in spite of else": (
        "void f(int a) { if (c) a = b; else a = d; g(a); }",
        "void@0< f@1< a@4< c@9< a@11<=13 b@13< a@16<=18 d@18< g@20< a@22<4,11,16",
    ),
    "a for without a declaration runs once": (
        "void f(int i) { for (; c(i); ) i = g(i); }",
        "void@0< f@1< i@4< c@10< i@12<4 i@16<=18,20 g@18< i@20<4",
    ),
    "a for with a declaration runs twice, the update before the body": (
        "void f() { for (int i = a; i < n; i = h) g(i); }",
        "void@0< f@1< i@8<10 a@10< i@12<8,16 n@14<14 i@16<=18 h@18<18 g@20<20 i@22<16",
    ),
    "class literals name variables": (
        "void f() { c = B.class; }",
        "void@0< f@1< c@5<=7 c@5<=9 B@7< class@9<",
    ),
    "thrown types are names outside of a class only": (
        "void f() throws E { throw new E(); }",
        "void@0< f@1< E@5< E@9<5",
    ),
    "a lambda's body is part of the value": (
        "void f() { F g = x -> x + y; }",
        "void@0< f@1< F@5< g@6<8 g@6<10 g@6<12 x@8< x@10<8 y@12<",
    ),
}
PYTHON = {
    "equally many parts are paired, whatever they are": (
        "p.x = a + b\n",
        "p@0<=4 x@2<=6 a@4< b@6<",
    ),
    "several targets of a value are set from all of it": (
        "a = b = c\n",
        "a@0<=2,4 b@2<=4 c@4<",
    ),
    "a declaration without a value is not read": (
        "x: int\ny: int = x\n",
        "y@3<=7 x@7<",
    ),
    "the body of a for with else is not read": (
        "for i in v:\n    a\nelse:\n    b\n",
        "i@1<=3 v@3<3",
    ),
    "names in strings are not read": (
        'a = 1\nb = f"{a}"\n',
        'a@0<=2 1@2< b@3<=5 f"{a}"@5<',
    ),
    "the names of a comprehension leak": (
        "[x for x in v]\nx\n",
        "x@1<3 x@3<=5 v@5< x@7<3",
    ),
    "keywords of calls are variables": (
        "k = 1\nf(k=2)\n",
        "k@0<=2 1@2< f@3< k@5<0 2@7<",
    ),
    "a default comes from its value": (
        "def f(a, b=a):\n    return b\n",
        "f@1< a@3< b@5<7 a@7<3 b@11<5",
    ),
    "with sets nothing new": (
        "with a as b:\n    c = b\n",
        "a@1< b@3< c@5<=7 b@7<3",
    ),
}
CASES = [
    pytest.param(language, *case, id=f"{language}: {name}")
    for language, cases in (("c", C), ("java", JAVA), ("python", PYTHON))
    for name, case in cases.items()
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_oddities(language: str, text: str, expected: str) -> None:
    assert written(graph(text, language)) == expected


def test_cpp_is_read_as_c_and_references_define_nothing() -> None:
    text = "int f(const T &r, int a) { for (auto x : v) a++; return r + a + x; }"
    assert written(graph(text, "cpp")) == "a@9< a@19<=19 a@25<19"


@pytest.mark.parametrize(
    ("text", "nodes", "expected"),
    [
        ("int f(int a) { int b = a + 1; }", Nodes.MERGED, "a@4< b@8<10,12 a@10<4 1@12<"),
        ("int f(int a) { int b = a + 1; }", Nodes.CONNECTED, "a@4< b@8<10 b@8<12 a@10<4 1@12<"),
        ("int f(int a) { int b; g(a); }", Nodes.MERGED, "a@4< a@12<4"),
    ],
)
def test_nodes_that_take_part_in_no_edge_can_be_left_out(
    text: str, nodes: Nodes, expected: str
) -> None:
    assert written(graph(text, "java", nodes)) == expected


def test_edges_go_to_the_last_node_of_a_token() -> None:
    found = graph("int f(int a, int b) { int c = a + b; return c; }", "java")
    names = [f"{node.name}@{node.token}" for node in found.nodes]
    assert names == ["f@1", "a@4", "b@7", "c@11", "c@11", "a@13", "b@15", "c@18"]
    assert found.edges == ((), (), (), (5,), (6,), (1,), (2,), (4,))
