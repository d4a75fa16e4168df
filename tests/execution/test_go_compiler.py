from __future__ import annotations

import shutil

import pytest

from metacompress.errors import MissingDependencyError
from metacompress.execution import go_compiler
from metacompress.execution.behaviour import Judgement, same_behaviour
from metacompress.execution.compilers import compare_errors
from metacompress.execution.go_compiler import compile_go, go_unit, link_go
from metacompress.execution.programs import Input, build
from metacompress.execution.sandbox import Limits
from metacompress.lang.language import Language

GO = Language.GO
SHORT = Limits(seconds=5, cpu_seconds=1, file_bytes=100_000)
needs_go = pytest.mark.skipif(shutil.which("go") is None, reason="go is not installed")


def go(body: str) -> str:
    imports = '"fmt"; "os"; "time"'
    return (
        f"package main\nimport ({imports})\nfunc main() {{\nvar a, b int\n_ = time.Now\n"
        f"_ = os.Exit\nfmt.Scan(&a, &b)\n{body}\n}}\n"
    )


@needs_go
@pytest.mark.parametrize(
    ("source", "variant"),
    [
        ("func f(a int) int { return a + 1 }", "func f(q int) int {\n return q + 1 }"),
        ("func f(a int) { g(a, h); x := 1 }", "func f(q int) { g(q, h); y := 1 }"),
        # A free name is repeated.
        ("func f(a int) { b += a }", "func f(a int) { b = b + a }"),
        ("func (t *T) f() {\n\tt.x = p.New()\n}", "func (u *T) f() {\n\n\tu.x = p.New()\n}"),
    ],
)
def test_variants_share_the_errors_of_their_source(source: str, variant: str) -> None:
    before, after = compare_errors(source, variant, GO)
    assert before == after


@needs_go
@pytest.mark.parametrize(
    ("source", "variant"),
    [
        ("func f(a int) int { return a }", "func f(a int) int { return b }"),
        ("func f(a int) int { return a }", "func f(a int) string { return a }"),
        ("func f(a int) {}", "func f(a int) { b := 1 }"),
        ("func f(a int) {}", "func f(a int) { a := 1; _ = a }"),
        ("func f(a int) { g(a,\n1) }", "func f(a int) { g(a,\n1\n) }"),
        ("func f() { goto l\nl:\n}", "func f() { goto l\na := 1\n_ = a\nl:\n}"),
        ('import "fmt"\n\nfunc f() { fmt.Print() }', 'import "fmt"\n\nfunc f() { }'),
    ],
)
def test_new_errors_show(source: str, variant: str) -> None:
    before, after = compare_errors(source, variant, GO)
    assert before != after


@needs_go
def test_what_compiles_has_no_errors_and_links() -> None:
    assert compile_go("func f() { fmt.Println() }", 'import "fmt"').errors == ()
    whole = compile_go(go("fmt.Print(a + b)"))
    assert whole.errors == ()
    assert link_go(whole)
    assert link_go(compile_go("package a\nfunc f() {}")) is None


def test_snippets_become_units() -> None:
    assert go_unit("func f() {}") == "package main; \nfunc f() {}"
    whole = "// a\npackage p\nfunc f() {}"
    assert go_unit(whole, 'import "os"') == '// a\npackage p; import "os"\nfunc f() {}'
    assert go_unit(whole) == whole


@needs_go
@pytest.mark.parametrize(
    ("source", "variant", "expected"),
    [
        ("fmt.Print(a - b)", "fmt.Print(-b + a)", Judgement.SAME),
        ("fmt.Print(a - b)", "fmt.Print(b - a)", Judgement.DIFFERENT),
        ("os.Exit(a)", "os.Exit(b)", Judgement.DIFFERENT),
        ('panic("a")', "", Judgement.DIFFERENT),
        ('panic("a")', 'panic("b")', Judgement.SAME),
        ("return", "unused := 1", Judgement.DIFFERENT),
        ("fmt.Print(time.Now().UnixNano())", "", Judgement.NO_EVIDENCE),
        ("for a > 0 {}", "", Judgement.NO_EVIDENCE),
        ("c := make(chan int); go func() { c <- a }(); fmt.Print(<-c)", "fmt.Print(7)",
            Judgement.SAME),
        ("fmt.Print(len(make([]int, 1<<34)))", "", Judgement.DIFFERENT),
    ],
)  # fmt: skip
def test_judgements(source: str, variant: str, expected: Judgement) -> None:
    given = [Input(b"7 3")]
    assert same_behaviour(go(source), go(variant), GO, given, limits=SHORT) is expected


@needs_go
def test_a_source_is_built_once() -> None:
    assert build(go("fmt.Print(a)"), GO) is build(go("fmt.Print(a)"), GO)


def test_a_missing_compiler_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(go_compiler, "_tool", go_compiler._tool.__wrapped__)
    with pytest.raises(MissingDependencyError, match="go is not installed: apt-get install golang"):
        compile_go("func f() {}")
