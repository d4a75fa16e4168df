from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

_NAME = "format-string"


def _variants(text: str, language: Language) -> set[str]:
    return {variant for seed in range(6) for variant in rewrite_each(_NAME, text, language, seed)}


def _value(expression: str) -> object:
    names: dict[str, object] = {"g": str, "a": "12", "b": 2.5}
    exec(f"value = {expression}", names)
    return names["value"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f'{a} {b}'", {"'{} {}'.format(a, b)"}),
        ("f'{a!r:>5}{b:.2f}'", {"'{!r:>5}{:.2f}'.format(a, b)"}),
        ("f'{a!r}'", {"'{!r}'.format(a)", "('%r' % (a,))"}),
        ("f'{{{a}}}%\\n'", {"'{{{}}}%\\n'.format(a)"}),
        ('f"""{a}\n{b}"""', {'"""{}\n{}""".format(a, b)'}),
        ("f'{g(a)}{b}'", {"'{}{}'.format(g(a), b)"}),
        ("f'{len(a)}{g(b)}'", {"'{}{}'.format(len(a), g(b))"}),
        ("f'{len(a)}%'", {"'{}%'.format(len(a))", "('%s%%' % (len(a),))"}),
        ("f'{len(a):05d}'", {"'{:05d}'.format(len(a))", "('%05d' % (len(a),))"}),
        ("f'{float(a):.3f}'", {"'{:.3f}'.format(float(a))", "('%.3f' % (float(a),))"}),
        ("f'{a}'.strip()", {"'{}'.format(a).strip()"}),
        ("'{} {!r}'.format(a, b)", {"f'{a} {b!r}'"}),
        ("'{:>4}'.format(a.c)", {"f'{a.c:>4}'"}),
        ("'{{}}{}%'.format(a)", {"f'{{}}{a}%'"}),
        ("'{}{}'.format(g(a), g(b))", set()),
        ("'{}'.format('x')", {"('%s' % ('x',))"}),
        ("'%r' % (a,)", {"'{!r}'.format(a)", "f'{a!r}'"}),
        ("'%d' % len(a)", {"'{}'.format(len(a))", "f'{len(a)}'"}),
        ("'%d%% {}' % (len(a),)", {"'{}% {{}}'.format(len(a))", "f'{len(a)}% {{}}'"}),
        ("'%05d' % len(a)", {"'{:05d}'.format(len(a))", "f'{len(a):05d}'"}),
        ("'%-5d|' % len(a)", {"'{:<5d}|'.format(len(a))", "f'{len(a):<5d}|'"}),
        ("'%5s|' % 'x'", {"'{:>5}|'.format('x')"}),
        ("'%.2f' % float(a)", {"'{:.2f}'.format(float(a))", "f'{float(a):.2f}'"}),
    ],
)
def test_python_formats(before: str, after: set[str]) -> None:
    text = f"def f(a, b):\n    return {before}\n"
    variants = {
        variant.removeprefix("def f(a, b):\n    return ").removesuffix("\n")
        for variant in _variants(text, Language.PYTHON)
    }
    assert after <= variants
    if "a.c" not in before:
        assert {_value(variant) for variant in variants} <= {_value(before)}


@pytest.mark.parametrize(
    "expression",
    [
        # evaluated and formatted in turns
        "f'{a}{g(b)}'",
        "f'{a}{a.pop()}'",
        "f'{a}{missing}'",
        "f'{a:>5}{b.c}'",
        # fields that are not simple
        "f'{a=}'",
        "f'{a:>{b}}'",
        "f'{a, b}'",
        "f'text'",
        "rf'{a}'",
        "f'\\x7b{a}'",
        "f'\\N{DASH}{a}'",
        "f'{a}' 'b'",
        "'{0}'.format(a)",
        "'{a}'.format(a=a)",
        "'{.c}'.format(a)",
        "'{}'.format(*a)",
        "'{}'.format(a, b)",
        "'{:{}}'.format(a, b)",
        "'\\x7b}'.format(a)",
        "b.format(a)",
        # no place in an f-string, and of unknown type
        "'{}'.format(a['c'])",
        "'{}'.format(a if b else 1)",
        # types that are not certain
        "'%s' % a",
        "'%r' % a",
        "'%s' % (a,)",
        "'%d' % (a,)",
        "'%d' % float(a)",
        "'%05.1f' % float(a)",
        "'%5s' % len(a)",
        "'%s %s' % (len(a),)",
        "'%(c)s' % a",
        "'%*d' % (3, len(a))",
        "'%i' % len(a)",
        "b'%d' % len(a)",
        "a % len(a)",
    ],
)
def test_python_that_is_not_certain_stays(expression: str) -> None:
    text = f"def f(a, b):\n    return {expression}\n"
    assert _variants(text, Language.PYTHON) == set()


@pytest.mark.parametrize(
    "text",
    [
        "def f(a):\n    print '%d' % len(a)\n",
        "from __future__ import print_function\ndef f(a):\n    return '%d' % len(a)\n",
        "def f(a):\n    return unicode(f'{a}')\n",
        "def f(a):\n    def g():\n        nonlocal a\n        a = 1\n    return f'{b}{a}'\n",
        "def f(a):\n    if a:\n        b = 1\n    return f'{a}{b}'\n",
        "a = 1\ndef f(b):\n    return f'{b}{a}'\n",
    ],
)
def test_python_programs_that_are_not_certain_stay(text: str) -> None:
    assert _variants(text, Language.PYTHON) == set()


def test_strings_inside_of_f_strings_stay() -> None:
    text = "def f(a):\n    return f\"{'{}'.format(a)}\"\n"
    assert _variants(text, Language.PYTHON) == {
        "def f(a):\n    return \"{}\".format('{}'.format(a))\n"
    }


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, 'printf("a\\n");', {'printf("%s", "a\\n");', 'puts("a");'}),
        (
            Language.C,
            'printf("\\n");',
            {'printf("%s", "\\n");', 'puts("");', "putchar('\\n');"},
        ),
        (Language.C, 'printf(",");', {'printf("%s", ",");', "putchar(',');"}),
        (Language.C, 'printf("\'");', {'printf("%s", "\'");'}),
        (Language.C, 'printf("é");', {'printf("%s", "é");'}),
        (Language.C, 'puts("a");', {'printf("%s\\n", "a");', 'printf("a\\n");'}),
        (Language.C, 'puts("a\\0");', {'printf("%s\\n", "a\\0");'}),
        (Language.C, 'puts("%");', {'printf("%s\\n", "%");'}),
        (Language.C, 'puts(a ? b : "c");', {'printf("%s\\n", a ? b : "c");'}),
        (Language.C, "putchar('a');", {"printf(\"%c\", 'a');"}),
        (Language.C, 'printf("%c", a[1]);', {"putchar(a[1]);"}),
        (Language.C, 'printf("ab");', {'printf("%s", "ab");'}),
        (Language.C, 'printf("a\\\\n");', {'printf("%s", "a\\\\n");'}),
        (Language.C, 'printf("a\\0\\n");', {'printf("%s", "a\\0\\n");'}),
        (Language.C, 'x = printf("a\\n");', {'x = printf("%s", "a\\n");'}),
        (Language.C, 'fprintf(stderr, "a\\n");', {'fprintf(stderr, "%s", "a\\n");'}),
        (Language.C, 'snprintf(p, 3, "a");', {'snprintf(p, 3, "%s", "a");'}),
        (Language.C, 'printf("%s", "a");', {'printf("a");'}),
        (Language.CPP, 'printf("a\\n");', {'printf("%s", "a\\n");'}),
    ],
)
def test_printed_text(language: Language, before: str, after: set[str]) -> None:
    variants = _variants(f"void f() {{ {before} }}", language)
    assert variants == {f"void f() {{ {line} }}" for line in after}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, 'void f() { printf("%d\\n", 1); }'),
        (Language.C, 'void f() { printf("100%%\\n"); }'),
        (Language.C, 'void f() { printf("a" "b\\n"); }'),
        (Language.C, 'void f() { printf("a" PRId64); }'),
        (Language.C, 'void f() { printf(L"a\\n"); }'),
        (Language.C, 'void f() { printf("%s", "100%"); }'),
        (Language.C, 'void f() { printf("%s", ""); }'),
        (Language.C, 'void f() { printf("%s", a); }'),
        (Language.C, 'void f() { printf(/* x */ "a\\n"); }'),
        (Language.C, 'void f() { p->printf("a\\n"); }'),
        (Language.C, 'int f() { return puts("a"); }'),
        (Language.C, "void f(long a) { putchar(a); }"),
        (Language.C, "void f() { putchar(a); }"),
        (Language.C, 'void f(char *a) { printf("%s\\n", a); }'),
        (Language.CPP, 'void f() { puts("a"); }'),
        (Language.C, 'void puts(char *s) { }\nvoid f() { puts("a"); }'),
        (Language.C, '#define printf(x) g(#x)\nvoid f() { printf("a\\n"); }'),
        (Language.C, 'void printf(char *s) { }\nvoid f() { printf("a\\n"); }'),
        (Language.CPP, 'struct A { void f() { printf("a\\n"); } };'),
        (Language.CPP, 'void A::f() { printf("a\\n"); }'),
    ],
)
def test_printing_that_is_not_certain_stays(language: Language, text: str) -> None:
    assert _variants(text, language) == set()
