from __future__ import annotations

import io
import tokenize

import numpy as np
import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import RecordedNaming
from metacompress.transforms.validity import Refusal, check_tokens

_SEEDS = range(12)


def _all_variants(text: str, language: Language) -> set[str]:
    return {variant for seed in _SEEDS for variant in rewrite_each("layout", text, language, seed)}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, "int f(int a) { return a+1; }", "int f(int a) { return a +1; }"),
        (Language.C, "int f(int a) { return a + 1; }", "int f(int a) { return a+ 1; }"),
        (Language.C, "int f(int a, int b);", "int f(int a,int b);"),
        (Language.C, "void f(void) {\n  g();\n  h();\n}", "void f(void) {\n  g(); h();\n}"),
        (Language.C, "void f(void) {\n  g();\n  h();\n}", "void f(void) {\n  g();\n\n  h();\n}"),
        (Language.C, "void f(void) {\n  g();\n\n\n  h();\n}", "void f(void) {\n  g();\n  h();\n}"),
        (Language.C, "void f(void) {\n  g(); h();\n}", "void f(void) {\n  g();\n  h();\n}"),
        (Language.C, "void f(void) {\n  g();\n}", "void f(void)\n{\n  g();\n}"),
        (Language.C, "void f(void)\n{\n  g();\n}", "void f(void) {\n  g();\n}"),
        (Language.C, "void f(void) {\n\tg();\n}", "void f(void) {\n    g();\n}"),
        (Language.CPP, "void f() { if (a) { g(); } else { h(); } }", "}\nelse {"),
        (Language.JAVA, "class A {\r\n  int a;\r\n}", "class A {\r\n\tint a;\r\n}"),
        (Language.JAVA, "class A { int a = f(b, c); }", "f(b,\n        c)"),
        (Language.PYTHON, "def f(a):\n  if a:\n    g()\n", "def f(a):\n\tif a:\n\t\tg()\n"),
        (Language.PYTHON, "a = f(b, c)\n", "a = f(b,\n        c)\n"),
        (Language.PYTHON, "a = f(b,\n      c)\n", "a = f(b, c)\n"),
        (Language.PYTHON, "a = b+c\n", "a = b +c\n"),
        (Language.PYTHON, "a = 1\nb = 2\n", "a = 1\n\nb = 2\n"),
        (Language.GO, "func f() {\n\tg(a, b)\n}\n", "g(a,\n\t        b)"),
        (Language.GO, "func f() { g() }\n", "func f() {\n    g() }\n"),
        (Language.GO, "var a = b +\n\tc\n", "b + c"),
        (Language.GO, "func f() { a := 1; g(a) }\n", "a := 1;\ng(a)"),
        (Language.GO, "func f() {\n\tg()\n\th()\n}\n", "g()\n\n\th()"),
    ],
)
def test_white_space_changes(language: Language, before: str, after: str) -> None:
    assert any(after in variant for variant in _all_variants(before, language))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("return a\n", "return\na\n"),
        ("f()\ng()\n", "f() g()\n"),
        ("f(a,\n\tb)\n", "f(a,\n\tb\n)\n"),
        ("if a {\n}\n", "if a\n{\n}\n"),
        ("a /* b */ + c\n", "a /*\n*/ + c\n"),
    ],
)
def test_the_semicolons_of_line_ends_are_tokens_of_go(before: str, after: str) -> None:
    programs = [AnalysedProgram.of(text, Language.GO) for text in (before, after)]
    assert check_tokens(*programs) is Refusal.BINDINGS_CHANGED
    same = ["f()\n", "f();\n", "f() // a\n\n", "f() /* a */;", "f() /*\n*/"]
    of_one = [AnalysedProgram.of(f"func main() {{ {text} }}", Language.GO) for text in same]
    assert all(check_tokens(of_one[0], other) is None for other in of_one[1:])


def test_what_tools_of_go_read_stays_where_it_is() -> None:
    text = "//go:build linux\n\npackage a\n\n//go:noinline\nfunc f() { g() }\n"
    for variant in _all_variants(text, Language.GO):
        assert variant.startswith("//go:build linux\n\npackage a")
        assert "//go:noinline\nfunc" in variant


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        (Language.C, "int f(int a) { return a - -a; }", "- -"),
        (Language.C, "int f(int a) { return a + ++a; }", "+ ++"),
        (Language.C, "int f(int a, int *b) { return a / *b; }", "/ *"),
        (Language.C, "int f(int a) { return 0x1e +a; }", "0x1e +"),
        (Language.C, "int f(int a, ...);", "..."),
        (Language.C, 'char *f(void) { return L "a"; }', 'L "a"'),
        (Language.CPP, "vector<vector<int> > a;", "> >"),
        (Language.CPP, "vector<vector<int>> a;", ">>"),
        (Language.CPP, "vector< ::A> a;", "< ::"),
        (Language.CPP, 'auto a = "x"_s;', '"x"_s'),
        (Language.CPP, 'auto a = R"(a  (  b\n\n c)";', 'R"(a  (  b\n\n c)"'),
        (
            Language.C,
            "#define  A( x )  x+x \\\n  + x\nint a;\nint b;",
            "#define  A( x )  x+x \\\n  + x\n",
        ),
        (Language.C, "int a;\n  #  if  A  // b\nint b;\n#endif\nint c;", "\n  #  if  A  // b\n"),
        (Language.C, "#define S(x) #x\nchar *a = S(b+c - d);", "(b+c - d)"),
        (Language.C, "int f(int a) { g_assert(a+1 > (2)); }", "(a+1 > (2))"),
        (Language.C, "int f(int a) { return a + /* b  c */ 1; }", "/* b  c */"),
        (
            Language.JAVA,
            'class A { String a = """\n    b  + c\n    """; }',
            '"""\n    b  + c\n    """',
        ),
        (Language.JAVA, 'class A { String a = "b +c"; }', '"b +c"'),
        (Language.JAVA, "class A { List<List<B> > a; }", "> >"),
        (Language.PYTHON, 'a = """\n  b  +c\n"""\nd = 1\n', '"""\n  b  +c\n"""'),
        (Language.PYTHON, 'a = f"{b  + c}"\nd = 1\n', 'f"{b  + c}"'),
        (Language.PYTHON, 'a = "" "b"\n', '"" "b"'),
        (Language.PYTHON, "a = not (b)  in\\\n  c\nd = 1\n", "in\\\n  c"),
        (Language.PYTHON, "a = 1 .real\n", "1 .real"),
        (Language.PYTHON, "a = 1 if b else c\n", "1 if b else c"),
    ],
)
def test_tokens_literals_and_directives_stay(language: Language, text: str, kept: str) -> None:
    variants = _all_variants(text, language)
    assert variants
    assert all(kept in variant for variant in variants)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int f(int a) {\n  assert(a); g();\n  h(a, a);\n}\n"),
        (Language.C, "int f(int a) {\n  g(__LINE__); h();\n\n\n  g(1);\n}\n"),
        (Language.JAVA, "class A {\n  void f() { e.printStackTrace(); g(); }\n  int a;\n}\n"),
        (Language.PYTHON, "import inspect\n\na = f(1, 2)\n"),
    ],
)
def test_line_numbers_stay_where_the_program_reads_them(language: Language, text: str) -> None:
    variants = _all_variants(text, language)
    assert variants
    assert {variant.count("\n") for variant in variants} == {text.count("\n")}


def test_lines_with_what_may_be_a_macro_are_not_joined() -> None:
    text = "void f(void) {\n  BUILD_BUG(1);\n  BUILD_BUG(2);\n}\n"
    assert all("); BUILD" not in variant for variant in _all_variants(text, Language.C))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int a ??/\n= 1;"),
        (Language.C, "int a\\ \n= 1;"),
        (Language.C, "int a; // b\rint c = 1;"),
        (Language.JAVA, 'class A { String a = "\\u0022 + b + \\u0022"; }'),
        (Language.JAVA, "class A { // \\u000a int a;\n int b; }"),
        (Language.PYTHON, "a = 1\n\fb = 2\n"),
        (Language.PYTHON, "a = 1 # b\rc = 2\n"),
    ],
)
def test_programs_that_a_compiler_may_read_otherwise_stay(language: Language, text: str) -> None:
    assert list(TRANSFORMS.get("layout")().sites(AnalysedProgram.of(text, language))) == []


@pytest.mark.parametrize(
    "text",
    [
        "if a:\n  if b:\n    c\n# d\n  e\nelse:\n        f\n",
        "class A:\n\n    def f(self):\n        '''b\n      c'''\n        return [\n    1,\n  2]\n",
        "if a: b\nelse:\n  if c: d\n  e\n",
        "def f():\n\tif a:\n\t\tb\n\tc\n",
    ],
)
def test_python_blocks_keep_their_structure(text: str) -> None:
    def structure(program: str) -> list[tuple[int, str]]:
        return [
            (token.type, "" if token.type == tokenize.INDENT else token.string)
            for token in tokenize.generate_tokens(io.StringIO(program).readline)
            if token.type not in (tokenize.NL, tokenize.COMMENT)
        ]

    for variant in _all_variants(text, Language.PYTHON):
        assert structure(variant) == structure(text)


@pytest.mark.parametrize(
    ("language", "source", "variant"),
    [
        (Language.C, "int a = b - -c;", "int a = b --c;"),
        (Language.C, "#define A b\nint c;", "#define A b int c;"),
        (Language.CPP, "A<B> > c;", "A<B>> c;"),
        (Language.C, 'char *a = "b  c";', 'char *a = "b c";'),
        (Language.JAVA, "class A { int a; }", "class A { inta; }"),
        (Language.PYTHON, "if a:\n    b\n    c\n", "if a:\n    b\nc\n"),
        (Language.PYTHON, "a\n(b)\n", "a (b)\n"),
    ],
)
def test_check_refuses_other_tokens(language: Language, source: str, variant: str) -> None:
    outcome = check_tokens(
        AnalysedProgram.of(source, language), AnalysedProgram.of(variant, language)
    )
    assert outcome is Refusal.BINDINGS_CHANGED


def test_deep_and_long_programs_are_no_trouble() -> None:
    deep = "int f(int a) { return " + "(" * 1_000 + "a" + ")" * 1_000 + "; }"
    long = "int f(int a) {\n" + "  a += (a + 1) * 2;\n" * 5_000 + "}\n"
    for text in (deep, long):
        outcome = make_variant(
            TRANSFORMS.get("layout")(),
            AnalysedProgram.of(text, Language.C),
            RecordedNaming({}),
            np.random.default_rng(1),
        )
        assert isinstance(outcome, Variant)


def test_blank_line_that_a_directive_continues_to_stays() -> None:
    text = "#define A(x) \\\n\nint a;\n\n#define B b \\\n  \nint c;\nint f(void) { return a+c; }\n"
    for variant in _all_variants(text, Language.C):
        assert "#define A(x) \\\n\n" in variant
        assert "#define B b \\\n" in variant
        assert "int c;" not in variant.split("#define B b \\\n")[1].splitlines()[0]


def test_brackets_follow_the_lines_around_them() -> None:
    text = "def f(a):\n  if a:\n     b = c[d[\n         2],\n           [\n        3]]\n"
    variants = _all_variants(text, Language.PYTHON)
    assert any("\n                b = c[d[\n                    2]" in one for one in variants)
