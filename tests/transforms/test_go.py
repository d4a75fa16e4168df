"""What the transformations do with Go: where they apply, and where its rules forbid it."""

from __future__ import annotations

import numpy as np
import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import CorpusNaming

GO = Language.GO


def function(body: str) -> str:
    lines = "".join(f"\t{line}\n" for line in body.split("\n"))
    return f"func f(a, b int, s string, x float64, p *T, v []int) int {{\n{lines}}}\n"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("flip-comparison", "return g(a < b)", "return g(b > a)"),
        ("flip-comparison", "return g(h(a) == 3)", "return g(3 == h(a))"),
        ("flip-comparison", "return g(p.x != b)", "return g(b != p.x)"),
        ("flip-comparison", "return g(len(v) <= int(x))", "return g(int(x) >= len(v))"),
        ("swap-operands", "return a + b", "return b + a"),
        ("swap-operands", "return a&^b | c", "return c | (a&^b)"),
        ("swap-operands", "return g(x + p.y)", "return g(p.y + x)"),
        ("swap-operands", "return v[0] * a", "return a * v[0]"),
        ("rewrite-assignment", "a += b * 2", "a = a + (b * 2)"),
        ("rewrite-assignment", "a = a - v[b]", "a -= v[b]"),
        ("rewrite-assignment", "a &^= b", "a = a &^ b"),
        ("rewrite-assignment", "v[a] <<= 2", "v[a] = v[a] << 2"),
        ("rewrite-assignment", 's += "x"', 's = s + "x"'),
        ("rewrite-boolean", "for a < b && !done {\n}", "for !(a >= b || done) {\n}"),
        ("rewrite-boolean", "g(!(x == 1))", "g(x != 1)"),
        ("rewrite-boolean", 'g(!(s < "a"))', 'g(s >= "a")'),
        ("parentheses", "return a + b", "return (a + b)"),
        ("parentheses", "a = (g(b))", "a = g(b)"),
        ("rewrite-literal", "return 0x1", "return 1"),
        (
            "swap-if-branches",
            "if a := b; a > 1 {\n\tg()\n} else {\n\th()\n}",
            "if a := b; !(a > 1) {\n\th()\n} else {\n\tg()\n}",
        ),
    ],
)
def test_a_site_is_rewritten(name: str, before: str, after: str) -> None:
    assert function(after).replace("\n\t\t", "\n\t") in [
        variant.replace("\n\t\t", "\n\t") for variant in rewrite_each(name, function(before), GO)
    ]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        # Calls keep their order, and of two failures the first one shows.
        ("flip-comparison", "return g() < h()"),
        ("flip-comparison", "return g() < a"),
        ("flip-comparison", "return v[0] < p.x"),
        ("flip-comparison", "return <-c < a"),
        ("swap-operands", "return g() * h()"),
        ("swap-operands", 's = s + "x"'),
        ("swap-operands", "s = t + u"),
        ("swap-operands", "x = x*x + y*y"),
        ("swap-operands", "return a - b"),
        ("rewrite-assignment", "a += g()"),
        ("rewrite-assignment", "v[g()] += 1"),
        ("rewrite-assignment", "v[a] += p.x"),
        ("rewrite-assignment", "a, b = a+1, b+1"),
        ("rewrite-assignment", "_ = a"),
        # Floats have values without order.
        ("rewrite-boolean", "g(!(x < 1))"),
        ("rewrite-boolean", "g(!(y < 1))"),
        ("parentheses", "w, ok := m[a]"),
        ("rewrite-literal", "return 017 + 0b1 + 1_0"),
        ("swap-if-branches", "if a > 1 {\n\tg()\n} else if b > 1 {\n\th()\n}"),
        # A jump must not pass a declaration, and a line break ends a statement.
        ("insert-dead-code", "goto end\nend:\nreturn 1"),
    ],
)
def test_what_is_not_certain_stays(name: str, body: str) -> None:
    assert rewrite_each(name, function(body), GO) == []


def test_parentheses_keep_a_literal_out_of_the_head_of_a_block() -> None:
    text = function("if (g(T{1})) == b {\n}")
    assert not any("if g(T{1})" in variant for variant in rewrite_each("parentheses", text, GO))


@pytest.mark.parametrize(
    ("body", "forms"),
    [
        ("a++", {"a += 1", "a = a + 1"}),
        ("for ; ; a -= 1 {\n}", {"for ; ; a-- {\n\t}", "for ; ; a = a - 1 {\n\t}"}),
        ("v[a] = v[a] + 1", {"v[a]++", "v[a] += 1"}),
        ("*p++", {"*p += 1"}),
        ("a += 2", set()),
    ],
)
def test_the_forms_of_an_increment(body: str, forms: set[str]) -> None:
    program = AnalysedProgram.of(function(body), GO)
    found = set()
    for seed in range(12):
        rng = np.random.default_rng(seed)
        made = make_variant(TRANSFORMS.get("rewrite-increment")(), program, CorpusNaming({}), rng)
        if isinstance(made, Variant):
            found.add(made.program.source.decode().split("{\n\t", 1)[1].rsplit("\n}", 1)[0])
    assert found == forms


def test_what_is_inserted_is_used() -> None:
    text = function("g(a)\nreturn b")
    found = set()
    for seed in range(20):
        found.update(rewrite_each("insert-dead-code", text, GO, seed))
    assert any("_ = " in variant for variant in found)
    assert all(variant.count("return b") == 1 for variant in found)
    for variant in found:
        program = AnalysedProgram.of(variant, GO)
        assert program.parsed.error_count == 0
        new = [b for b in program.scopes.bindings if b.kind == "local"]
        assert new
        assert all(len(binding.occurrences) > 1 for binding in new)
