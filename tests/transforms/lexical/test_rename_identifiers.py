from __future__ import annotations

import gzip
import itertools
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.names import is_legal_function_name, is_legal_name
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import BindingKind
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.lexical.rename_identifiers import RenameIdentifiers
from metacompress.transforms.naming import CorpusNaming, FreshNames, RecordedNaming
from metacompress.transforms.validity import Refusal, check_renaming

if TYPE_CHECKING:
    from pathlib import Path


def rename(text: str, language: Language, names: dict[str, list[str]]) -> str | Refusal:
    outcome = make_variant(
        RenameIdentifiers(),
        AnalysedProgram.of(text, language),
        RecordedNaming(names),
        np.random.default_rng(0),
    )
    return outcome.program.source.decode() if isinstance(outcome, Variant) else outcome


C_SOURCE = """int f(int count) {
    int total = 0; /* count of all */
    for (int i = 0; i < count; i++) total += i;
    printf("total: %d\\n", total);
    return p->total + total;
}
"""


def test_locals_and_parameters_are_renamed_and_nothing_else() -> None:
    changed = rename(C_SOURCE, Language.C, {"total": ["sum"], "count": ["limit"]})
    assert changed == (
        C_SOURCE.replace("int total", "int sum")
        .replace("total += i", "sum += i")
        .replace(", total)", ", sum)")
        .replace("+ total", "+ sum")
        .replace("int count", "int limit")
        .replace("i < count", "i < limit")
    )


@pytest.mark.parametrize(
    "name", ["while", "i", "printf", "p", "all", "NULL", "2x", "a b", "", "__x"]
)
def test_illegal_or_taken_names_are_not_used(name: str) -> None:
    assert rename(C_SOURCE, Language.C, {"total": [name]}) is Refusal.NO_SITE


def test_java_fields_are_not_the_local() -> None:
    source = "int f(int size) { this.size = size; return other.size + size; }"
    changed = rename(source, Language.JAVA, {"size": ["width"]})
    assert changed == "int f(int width) { this.size = width; return other.size + width; }"


PYTHON_SOURCE = """def f(count, *, size):
    total = sum(count for count in items)
    text = f"total {total} of {count}"  # total
    return g(text, count=total, size=size)
"""


def test_python_comprehensions_f_strings_and_keywords() -> None:
    names = {"total": ["amount"], "text": ["line"], "size": ["width"], "count": ["limit"]}
    changed = rename(PYTHON_SOURCE, Language.PYTHON, names)
    # A caller may name the parameters count and size; the comprehension's count is its own.
    assert (
        changed
        == """def f(count, *, size):
    amount = sum(limit for limit in items)
    line = f"total {amount} of {count}"  # total
    return g(line, count=amount, size=size)
"""
    )


def renamed_functions(text: str, language: Language) -> set[str]:
    """Names of functions and of parameters for which there is a site."""
    kinds = (BindingKind.FUNCTION, BindingKind.PARAMETER)
    sites = RenameIdentifiers().sites(AnalysedProgram.of(text, language))
    return {site.target.name for site in sites if site.target.kind in kinds}


def test_functions_change_with_all_their_uses() -> None:
    source = """int twice(int);
static int once(int n) { return n; }
int main(void) { int (*run)(int) = twice; return run(1) + once(2); }
int twice(int n) { return n ? twice(n - 1) : 0; }
"""
    names = {"twice": ["double", "sum_up", "doubleIt"], "once": ["sameValue"]}
    assert rename(source, Language.C, names) == source.replace("twice", "doubleIt").replace(
        "once", "sameValue"
    )


def test_labels_are_renamed() -> None:
    c = "int f(int out) { if (out) goto out; out: return 1; }"
    assert rename(c, Language.C, {"out": ["done", "end"]}) in (
        "int f(int done) { if (done) goto end; end: return 1; }",
        "int f(int end) { if (end) goto done; done: return 1; }",
    )
    java = "void f() { out: while (g()) { out(); break out; } }"
    assert rename(java, Language.JAVA, {"out": ["outer"]}) == (
        "void f() { outer: while (g()) { out(); break outer; } }"
    )


WHOLE_JAVA = """class Main {{
    {method} int half(int n) {{ return n / 2; }}
    public static void main(String[] args) {{ System.out.println({call}); }}
}}
"""


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            Language.C,
            "static int half(int n) { return n; } int g(int m) { return half(m); }",
            "half",
        ),
        (Language.CPP, "int half(int n) { return n; } int main() { return half(2); }", "half"),
        (Language.JAVA, WHOLE_JAVA.format(method="static", call="half(3)"), "half"),
        (Language.JAVA, WHOLE_JAVA.format(method="public static", call="Main.half(3)"), "half"),
        (Language.JAVA, "class A { private int half(int n) { return this.half(n); } }", "half"),
        (Language.PYTHON, "def half(n):\n    return n\nprint(half(2))\n", "half"),
        (Language.PYTHON, "def half(n):\n    return n\nprint(half(2))\n", "n"),
        (
            Language.PYTHON,
            "def f():\n    def half(n):\n        return n\n    return half(2)\n",
            "half",
        ),
        (
            Language.PYTHON,
            "def f():\n    def half(n):\n        return n\n    return half(2)\n",
            "n",
        ),
        (Language.PYTHON, "def f(n, /):\n    return n\n", "n"),
        (Language.PYTHON, "def f(*n):\n    return sorted(n)\n", "n"),
        (Language.PYTHON, "def f(a):\n    return sorted(a, key=lambda n: -n)\n", "n"),
    ],
)
def test_what_only_the_program_itself_can_name(language: Language, text: str, name: str) -> None:
    assert name in renamed_functions(text, language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        # Callers out of view.
        (Language.C, "int half(int n) { return n; }", "half"),
        (Language.C, "static int half(int n) { return n ? half(n - 1) : 0; }", "half"),
        (Language.JAVA, "private int half(int n) { return half(n); }", "half"),
        (Language.JAVA, "class A { int half(int n) { return half(n); } }", "half"),
        (Language.JAVA, "class A extends B { private int half() { return half(); } }", "half"),
        (Language.PYTHON, "def half(n):\n    return n\n", "half"),
        (Language.PYTHON, "def half(n):\n    return n\n", "n"),
        (Language.PYTHON, "half = lambda n: n\n", "n"),
        (Language.PYTHON, "class A:\n    def m(self, n):\n        return n\n", "n"),
        (
            Language.PYTHON,
            "def f():\n    def half(n):\n        return n\n    return half\n",
            "n",
        ),
        # Names that something else looks up.
        (Language.C, "int main(void) { return main(); }", "main"),
        (Language.C, "int abs(int n) { return n; } int main(void) { return abs(2); }", "abs"),
        (
            Language.C,
            "#include <dlfcn.h>\nint half(int n) { return n; }\n"
            'int main(void) { return half(2) + !dlsym(0, "half"); }',
            "half",
        ),
        (
            Language.C,
            "#define CALL(n) get_##n()\nint get_half(void) { return 1; }\n"
            "int main(void) { return CALL(half); }",
            "get_half",
        ),
        (
            Language.CPP,
            "struct A { friend int half(A a); }; int half(A a) { return 1; }\n"
            "int main() { return half(A()); }",
            "half",
        ),
        (
            Language.CPP,
            "namespace n { struct T {}; int half(T t) { return 1; } }\n"
            "int half(int v) { return v; } int main() { return half(n::T()) + half(1); }",
            "half",
        ),
        (
            Language.CPP,
            "#include <algorithm>\nusing namespace std; int is_sorted(...) { return 1; }\n"
            "int main() { int a[2]; return is_sorted(a, a + 2); }",
            "is_sorted",
        ),
        (
            Language.JAVA,
            WHOLE_JAVA.format(method="static", call='Main.class.getMethod("half")'),
            "half",
        ),
        (Language.JAVA, WHOLE_JAVA.format(method="@Test static", call="half(1)"), "half"),
        (
            Language.JAVA,
            WHOLE_JAVA.format(method="", call="new B().half(1)")
            + "class B extends Main { int half(int n) { return 1; } }",
            "half",
        ),
        (
            Language.JAVA,
            WHOLE_JAVA.format(method="", call="new Main().half(1)")
            + "class B extends Main implements Unseen { }",
            "half",
        ),
        (Language.PYTHON, "def half(n):\n    return n\nprint(half(n=2))\n", "n"),
        (Language.PYTHON, "def half(n):\n    'half(n)'\nprint(half(2))\n", "half"),
        # A library that can also be run.
        (
            Language.PYTHON,
            "__all__ = []\ndef half(n):\n    pass\nif __name__ == '__main__':\n    half(2)\n",
            "half",
        ),
        (
            Language.PYTHON,
            "__all__ = []\ndef half(n):\n    pass\nif __name__ == '__main__':\n    half(2)\n",
            "n",
        ),
        (Language.PYTHON, "def half():\n    pass\nprint(half.__name__)\n", "half"),
        (Language.PYTHON, "import inspect\ndef half():\n    pass\nprint(half())\n", "half"),
        (
            Language.PYTHON,
            "def half(n):\n    pass\nprint(Thread(target=half, kwargs={'n': 1}))\n",
            "n",
        ),
    ],
)
def test_what_something_else_may_name(language: Language, text: str, name: str) -> None:
    assert name not in renamed_functions(text, language)


def renamed(text: str, language: Language) -> set[str]:
    return {
        site.target.name for site in RenameIdentifiers().sites(AnalysedProgram.of(text, language))
    }


@pytest.mark.parametrize(
    "text",
    [
        'def area(width):\n    """>>> area(width=3)"""\nprint(1)\n',
        "def area(width):\n    pass\n# as in area(width = 3)\nprint(1)\n",
        "CALL = 'area(width=3)'\ndef area(width):\n    pass\nprint(1)\n",
        "def area(width):\n    pass\nprint(f'area(width=3) is {area(3)}')\n",
        "import json\ndef area(width):\n    pass\nprint(json.loads('{\"width\": 3}'))\n",
        'def f():\n    """>>> area(width=3)"""\n    def area(width):\n        pass\n    area(3)\n',
        # A library may read the signature, or call by keyword.
        "from fire import Fire\ndef area(width):\n    pass\nFire(area)\nprint(1)\n",
        "import fire\ndef area(width):\n    pass\nprint(fire.core.Fire(component=area))\n",
        "import lib\nclass A(lib.B):\n    def area(self, width):\n        pass\nprint(1)\n",
        "import lib\nclass C(lib.B): pass\nclass A(C):\n    def area(self, width):\n"
        "        pass\nprint(1)\n",
        "def test_area(width):\n    pass\nprint(1)\n",
        "from threading import Thread\ndef area(width):\n    pass\n"
        "print(Thread(target=area, kwargs=made))\n",
    ],
)
def test_python_parameters_that_something_calls_by_name(text: str) -> None:
    assert "width" not in renamed(text, Language.PYTHON)


@pytest.mark.parametrize(
    "text",
    [
        'def area(width):\n    """Compare width == 3 to the width."""\nprint(area(3))\n',
        "def area(width):\n    pass\nprint(sorted([], key=area))\n",
        "from threading import Thread\ndef area(width):\n    pass\n"
        "print(Thread(target=area, args=(1,)))\n",
        "class A(dict):\n    def area(self, width):\n        pass\nprint(1)\n",
    ],
)
def test_python_parameters_that_nothing_calls_by_name(text: str) -> None:
    assert "width" in renamed(text, Language.PYTHON)


PACKAGED = """package com.acme;
public class Main {
    public static int half(int n) { return n / 2; }
    static int third(int n) { return n / 3; }
    private static int tenth(int n) { return n / 10; }
    public static void main(String[] args) { System.out.println(half(3) + third(3) + tenth(3)); }
}
"""


def test_a_class_of_a_named_package_is_never_the_whole_program() -> None:
    packaged = renamed(PACKAGED, Language.JAVA)
    assert packaged >= {"tenth", "n", "args"}
    assert not packaged & {"half", "third"}
    alone = renamed(PACKAGED.replace("package com.acme;", ""), Language.JAVA)
    assert alone >= {"half", "third", "tenth"}


def test_java_names_at_the_end_of_a_quoted_path() -> None:
    text = WHOLE_JAVA.format(method="static", call='find("Main#half")')
    assert "half" not in renamed(text, Language.JAVA)
    assert "n" not in renamed(
        WHOLE_JAVA.format(method="static", call="find().getParameters()[0].getName()"),
        Language.JAVA,
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # READ_2PIX uses s, which is not its argument.
        ("int f(A *s, int count) { READ_2PIX(x[0], y); return s->v + count; }", {"s"}),
        ("int f(int i, int count) { int v = READ_BITS(3); return v + i + count; }", {"i", "v"}),
        ("int f(int src, int count) { PUT(1, 2); return src + count; }", {"src"}),
        ("int f(A *env, int count) { return lock_user(0) ? env->v : count; }", {"env"}),
        ("int f(A *ctx, int count) { int v = AREG(3, 1); return ctx->v + count; }", {"ctx"}),
        # However it is written, this is no function.
        ("int f(int i, int count) { h(q); each(x, y) { g(i); } h(q); return i + count; }", {"i"}),
        ("int f(int i, int count) { h(q); swap(x, y) h(q); return i + count; }", {"i"}),
        ("int f(int i, int count) { swap(int, y); return i + count; }", {"i"}),
        ("int f(int i, int count) { g(1); with(y, { h(); }); return i + count; }", {"i"}),
    ],
)
def test_names_that_a_hidden_macro_may_use_stay(text: str, kept: set[str]) -> None:
    names = renamed(text, Language.C)
    assert not names & kept
    assert "count" in names


@pytest.mark.parametrize(
    "text",
    [
        "#define READ(x) ((x) + 1)\nint f(int i) { READ(1); return i; }",
        "int f(int i) { read_bits(1); return i; }",
        "int f(int i) { g(MAX(1, 2)); QTAILQ_INIT(&x->list); return i; }",
        "int f(int j) { { int i = 0; g(i); } READ(1, 2); return i + j; }".replace("j", "count"),
    ],
)
def test_short_names_are_renamed_where_no_hidden_macro_can_use_them(text: str) -> None:
    assert renamed(text, Language.C) & {"i", "count"}


def test_function_names_of_a_corpus_are_for_functions() -> None:
    corpus = AnalysedProgram.of("int find_best(int amount) { again: goto again; }", Language.C)
    naming = CorpusNaming.of([corpus])
    c = AnalysedProgram.of(
        "static int f(int x) { out: goto out; } int g(int y) { return f(y); }", Language.C
    )
    f, x, out = (b for b in c.scopes.bindings if b.name in ("f", "x", "out"))
    rng = np.random.default_rng(0)
    names = FreshNames(c, naming)
    # No library of C has a function of that form; snake_case it has.
    assert [names.take(rng, b) for b in (f, x, out)] == ["findBest", "amount", "again"]


def test_a_method_gets_no_name_that_every_class_has() -> None:
    for name in ("toString", "getClass", "main", "run"):
        assert is_legal_name(name, Language.JAVA)
        assert not is_legal_function_name(name, Language.JAVA)


def test_no_name_is_a_macro_of_a_system_header() -> None:
    for name in ("current", "major", "s_addr", "sa_handler"):
        assert not is_legal_name(name, Language.C)
        assert is_legal_name(name, Language.JAVA)


def test_methods_that_serialization_calls_keep_their_names() -> None:
    text = WHOLE_JAVA.format(method="private void writeObject(A o) { }\n", call="half(1)")
    assert "writeObject" not in renamed(text, Language.JAVA)


def test_the_gate_refuses_a_wrong_renaming() -> None:
    source = AnalysedProgram.of("int f(int a, int b) { return a - b; }", Language.C)
    swapped = AnalysedProgram.of("int f(int a, int b) { return b - a; }", Language.C)
    captured = AnalysedProgram.of("int f(int b, int b) { return b - b; }", Language.C)
    half = AnalysedProgram.of("int f(int c, int b) { return a - b; }", Language.C)
    right = AnalysedProgram.of("int f(int b, int a) { return b - a; }", Language.C)
    for wrong in (swapped, captured, half):
        assert check_renaming(source, wrong) is Refusal.BINDINGS_CHANGED
    assert check_renaming(source, right) is None


def test_the_gate_sees_a_changed_string() -> None:
    source = AnalysedProgram.of('int f(int a) { return g("\\n", a); }', Language.C)
    changed = AnalysedProgram.of('int f(int b) { return g("\n", b); }', Language.C)
    assert check_renaming(source, changed) is Refusal.BINDINGS_CHANGED


@pytest.mark.parametrize(
    ("file", "language"),
    [
        ("data/devign/test.jsonl.gz", Language.C),
        ("data/bigclonebench/functions.jsonl.gz", Language.JAVA),
    ],
)
def test_real_functions_are_renamed_validly(shared: Path, file: str, language: Language) -> None:
    with gzip.open(shared / file) as lines:
        texts = [json.loads(line)["func"] for line in itertools.islice(lines, 150)]
    programs = [AnalysedProgram.of(text, language) for text in texts]
    naming = CorpusNaming.of(programs)
    rng = np.random.default_rng(0)
    outcomes = [make_variant(RenameIdentifiers(), program, naming, rng) for program in programs]
    made = [(m, o) for m, o in zip(programs, outcomes, strict=True) if isinstance(o, Variant)]
    assert len(made) > 0.9 * len(programs)
    assert {o for o in outcomes if isinstance(o, Refusal)} <= {Refusal.NO_SITE}
    for program, variant in made:
        assert variant.program.parsed.error_count <= program.parsed.error_count
        assert all(is_legal_name(edit.replacement, language) for edit in variant.steps[0].edits)
        # Undoing the edits, computed from the variant alone, gives the source back.
        shift = 0
        undo = []
        for edit in sorted(variant.steps[0].edits):
            start = edit.start + shift
            end = start + len(edit.replacement)
            undo.append(Edit(start, end, program.source[edit.start : edit.end].decode()))
            shift += len(edit.replacement) - (edit.end - edit.start)
        assert apply_edits(variant.program.source, undo)[0] == program.source
