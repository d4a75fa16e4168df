from __future__ import annotations

import pytest

from metacompress.analysis.constructs import _TYPES, Construct, find_constructs
from metacompress.lang.language import FRONT_ENDS, Language
from metacompress.lang.parsing import grammar
from metacompress.lang.program import AnalysedProgram

C, CPP, JAVA, PYTHON = Language.C, Language.CPP, Language.JAVA, Language.PYTHON
JS = Language.JAVASCRIPT
GO = Language.GO


def names(text: str, language: Language) -> set[str]:
    return set(map(str, find_constructs(AnalysedProgram.of(text, language))))


WHOLE = [
    ("", C, ""),
    ("int f(void) { return 1; }", C, ""),
    ('#include "a.h"\n', C, "directives"),
    (
        "int f(char *s) {\n  int n[3];\n  for (;;) { while (1) { goto out; } }\nout:\n"
        "  if (n[0]) return (int)s[1] & 1;\n  return g(s->x) ? 1 : 0; // end\n}",
        C,
        "loops, nested loops, goto, pointers, arrays, branches, several returns, casts, "
        "bit operations, calls, members, conditional expressions, comments",
    ),
    ("int f(int a, int b) { return (a) & b; }", C, "bit operations"),
    ("struct s { int a; }; struct s g; struct t *h;", C, "classes, pointers"),
    ("int f(int n) { switch (n) { default: return f(n - 1); } }", C, "switch, recursion, calls"),
    ("int f(int n) { for (;;) FOO }", C, "loops, syntax errors"),
    (
        "template <class T> T f(T a) {\n  try { throw static_cast<int>(a); } catch (int) {}\n"
        '  auto g = [](int b) { return b; };\n  std::cout << "x";\n  return a;\n}',
        CPP,
        "generics, exceptions, casts, calls, lambdas, strings, several returns",
    ),
    (
        "int f(std::vector<int> v) { for (int x : v) f(v); }",
        CPP,
        "loops, generics, recursion, calls",
    ),
    (
        "class A {\n  @Override public String f(int[] a) throws E {\n"
        '    try (R r = new R()) { for (int x : a) { a[x] >>>= 1; } }\n    return (String) "s";\n'
        "  }\n  int g() { return new T<>(A::f).h.f(1); }\n}",
        JAVA,
        "classes, annotations, arrays, exceptions, resource blocks, calls, loops, bit operations, "
        "casts, strings, several functions, several returns, generics, lambdas, members",
    ),
    (
        "@d\ndef f(a):\n    with a as b:\n        yield [x | 1 for x in b[0]]\n    raise E\n",
        PYTHON,
        "annotations, resource blocks, generators, comprehensions, bit operations, arrays, "
        "exceptions",
    ),
    (
        "class A { *f(a) { for (const b of a) { while (a[b] |= 1) yield `${b}`; } } g() {} }\n"
        "const h = (c) => c ? new A() : c.d; try { throw h } catch {} if (h) switch (h) {}",
        JS,
        "classes, generators, loops, nested loops, arrays, bit operations, strings, lambdas, "
        "conditional expressions, calls, members, exceptions, branches, switch, "
        "several functions",
    ),
    ("match a:\n    case 1:\n        b.c\n", PYTHON, "switch, members"),
    (
        'import "fmt"\n\ntype t[K any] struct{ k *K }\n\nfunc (a *t[K]) f(b any) int {\n'
        "\tdefer func() {}()\n\tfor {\n\t\tif b.(int)&^1 > 0 {\n\t\t\treturn a.f(b)\n\t\t}\n"
        '\t\tgoto end\n\t}\nend:\n\treturn len("x"[1:])\n}\n',
        GO,
        "classes, generics, pointers, resource blocks, lambdas, calls, loops, branches, casts, "
        "bit operations, recursion, members, goto, arrays, strings, several returns",
    ),
    (
        "func f(a []int) {\n\tselect {}\n\tswitch *p = &a; x.(type) {\n\t}\n}",
        GO,
        "pointers, switch, arrays",
    ),
    ("for a in b:\n    def f():\n        for c in d: pass\n", PYTHON, "loops"),
]


@pytest.mark.parametrize(("text", "language", "expected"), WHOLE)
def test_the_constructs_of_a_program(text: str, language: Language, expected: str) -> None:
    assert names(text, language) == set(filter(None, expected.split(", ")))


@pytest.mark.parametrize(
    ("text", "language", "recurs"),
    [
        ("int *f(int n) { return f(n - 1); }", C, True),
        ("int f(int n) { return g(n); } int g(int n) { return 1; }", C, False),
        ("int f(int n); int g(int n) { return f(n); }", C, False),
        ("int A::f(int n) { return this->f(n); }", CPP, True),
        ("int A::f(int n) { return other->f(n); }", CPP, False),
        ("class A { int f(int n) { return f(n - 1); } }", JAVA, True),
        ("class A { int f(int n) { return this.f(n - 1); } }", JAVA, True),
        ("class A { int f(int n) { return f(n, 1); } int f(int n, int m) { return n; } }", JAVA, 0),
        ("class A { int f(int n) { return b.f(n - 1); } }", JAVA, False),
        ("class A { int f(int... n) { return f(1, 2); } }", JAVA, True),
        (
            "class A { R f() { return new R() { R g() { return f(); } }; } }",
            JAVA,
            False,
        ),
        ("def f(n):\n    return f(n - 1)\n", PYTHON, True),
        ("class A:\n    def f(self):\n        return self.f()\n", PYTHON, True),
        ("class A:\n    def f(self):\n        return f()\n", PYTHON, False),
        ("class A:\n    @d\n    def f(self):\n        return other.f()\n", PYTHON, False),
        ("def f():\n    def g():\n        return f()\n    return g\n", PYTHON, True),
        ("f()\n", PYTHON, False),
        ("function f(n) { return n && f(n - 1); }", JS, True),
        ("const g = function f(n) { return f(n - 1); }", JS, True),
        ("class A { f() { return this.f(); } }", JS, True),
        ("class A { f() { return f() + other.f(); } }", JS, False),
        ("f(n) { return this.f(n - 1); }", JS, True),
        ("func f(n int) int { return f(n - 1) }", GO, True),
        ("func (a t) f(n int) int { return a.f(n - 1) }", GO, True),
        ("func (a t) f(n int) int { return f(n - 1) }", GO, False),
        ("func (a t) f(n int) int { return b.f(n - 1) }", GO, False),
    ],
)
def test_recursion_is_a_call_of_the_function_around(
    text: str, language: Language, recurs: bool
) -> None:
    assert ("recursion" in names(text, language)) == recurs


@pytest.mark.parametrize(
    ("text", "are_nested"),
    [
        ("while (1) {} while (2) {}", False),
        ("while (1) { f(() => { while (2) {} }); }", False),
        ("while (1) { f(() => {}); while (2) {} }", True),
        ("f(() => { while (1) { while (2) {} } });", True),
    ],
)
def test_loops_are_nested_in_one_function(text: str, are_nested: bool) -> None:
    assert ("nested loops" in names(text, JS)) == are_nested


def test_every_type_of_node_is_one_of_a_grammar() -> None:
    known = set()
    for language in FRONT_ENDS:
        of_language = grammar(language)
        known |= {of_language.node_kind_for_id(i) for i in range(of_language.node_kind_count)}
    for construct, types in _TYPES.items():
        assert types - known <= {"seh_try_statement"}, construct


def test_every_construct_is_found_in_some_program() -> None:
    found = set().union(*(names(text, language) for text, language, _ in WHOLE))
    assert found == set(map(str, Construct))
