from __future__ import annotations

import pytest

from metacompress.errors import MissingDependencyError
from metacompress.execution import workshop
from metacompress.execution.compilers import compare_errors, java_unit
from metacompress.lang.language import Language

C, CPP, JAVA, PYTHON = Language.C, Language.CPP, Language.JAVA, Language.PYTHON
STREAMS = "#include <iostream>\nusing namespace std;"


@pytest.mark.parametrize(
    ("language", "text", "prelude"),
    [
        (C, '#include <stdio.h>\nint main(void) { printf("%d", 1); }', ""),
        (C, 'int main() { puts("a"); return EXIT_SUCCESS; }', "#include <stdlib.h>"),
        (C, "static foo *f(foo *a, bar b, uint8_t c) { return b + c ? a : 0; }", ""),
        (CPP, "int main() { int n; cin >> n; cout << n; }", STREAMS),
        (JAVA, "package a.b; public class X { List<String> names; }", "import java.util.*;"),
        (JAVA, "static int twice(int a) { return 2 * a; }", ""),
        (PYTHON, "def f(a):\n    return a is 1\n", ""),
    ],
)
def test_what_compiles_has_no_errors(language: Language, text: str, prelude: str) -> None:
    assert not any(compare_errors(text, text, language, prelude))


@pytest.mark.parametrize(
    ("language", "source", "variant"),
    [
        # Names of local variables, positions and layout.
        (C, "int f(int a) { return a->b + UNSEEN; }", "int f(int q)\n{\n return q->b + UNSEEN; }"),
        (C, "void f(S s, T *t) { s = t->x; }", "void f(S uno, T *due) { uno = due->x; }"),
        # A free name is repeated.
        (C, "int f(int a) { return a + LEN; }", "int f(int a) { int b = LEN; return a + b; }"),
        (C, "void f(T *p) { p->x += 2; }", "void f(T *p) { p->x = p->x + 2; }"),
        (CPP, "void f(int a) { m.x += a; }", "void f(int a) { m.x = m.x + a; }"),
        (JAVA, "void f(int a) { count += a; }", "void f(int a) { count = count + a; }"),
        (
            JAVA,
            "int f(Foo x) { return x.n(1, 2); }",
            "int f(Foo variable) { return variable.n(1, 2); }",
        ),
        (JAVA, "int f(int a) { return a.length; }", "int f(int types) { return types.length; }"),
        # The sides are exchanged.
        (C, "int f(struct s a) { return a < 1; }", "int f(struct s a) { return 1 > a; }"),
    ],
)
def test_variants_share_the_errors_of_their_source(
    language: Language, source: str, variant: str
) -> None:
    before, after = compare_errors(source, variant, language)
    assert before == after
    assert before


@pytest.mark.parametrize(
    ("language", "source", "variant"),
    [
        (
            C,
            "int f(T *p) { int a = p->x; return a; }",
            "int f(T *p) { { int a = p->x; } return a; }",
        ),
        (
            C,
            "int f(T *p) { goto out; out: return p->x; }",
            "int f(T *p) { goto out; return p->x; }",
        ),
        (
            C,
            "int f(int a) { const int b = a; return UNSEEN + b; }",
            "int f(int a) { const int b = 1; b = a; return UNSEEN + b; }",
        ),
        (C, "int f(int a) { return UNSEEN; }", "int f(int a) { return UNSEEN + NEW; }"),
        (
            C,
            "int f(int a) { int b = a, c = a; return b + c; }",
            "int f(int a) { int b = a; int b = a; return b; }",
        ),
        (
            CPP,
            "int f(int a) { switch (a) { case 1: g(); } }",
            "int f(int a) { switch (a) { int b = 1; case 1: g(); } }",
        ),
        (
            JAVA,
            "int f(Foo x) { int y = 1; return x.n + y; }",
            "int f(Foo x) { int y; if (x.n > 1) y = 1; return x.n + y; }",
        ),
        (
            JAVA,
            "int f(Foo x) { while (true) { x.g(); } }",
            "int f(Foo x) { while (true) { x.g(); } return 1; }",
        ),
        (JAVA, "void f(Foo x, byte b) { b += 1; }", "void f(Foo x, byte b) { b = b + 1; }"),
        (PYTHON, "def f():\n    return 1\n", "def f():\n    break\n"),
    ],
)
def test_new_errors_show(language: Language, source: str, variant: str) -> None:
    before, after = compare_errors(source, variant, language)
    assert before != after


@pytest.mark.parametrize(
    ("language", "source", "variant"),
    [
        (
            C,
            "struct s { int a; } x; int f(int dev) { return x.dev; }",
            "struct s { int a; } x; int f(int left) { return x.dev; }",
        ),
        (JAVA, "void f(int url) { url = this.url; }", "void f(int a) { a = this.url; }"),
    ],
)
def test_a_field_may_be_called_like_a_variable(
    language: Language, source: str, variant: str
) -> None:
    before, after = compare_errors(source, variant, language)
    assert before == after
    assert before


def test_java_snippets_become_units() -> None:
    assert "class Snippet" in java_unit("int f() { return 1; }")
    assert java_unit("package a;\nclass X {}", "import b.*;").startswith("package a; import b.*;")


def test_a_missing_compiler_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop.shutil, "which", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"gcc is not installed: apt-get install gcc"):
        compare_errors("int a;", "int b;", C)


def test_a_body_is_compared_where_the_grammar_takes_parentheses_for_a_cast() -> None:
    body = "int b = q->width; int r = {} + 19; return r + UNKNOWN;"
    plain, misread = (
        "static int f(Queue *q) { " + body.format(name) + " }" for name in ("b", "(b)")
    )
    before, after = compare_errors(plain, misread, Language.C)
    assert before == after
    assert any("UNKNOWN" in error.about for error in after)
