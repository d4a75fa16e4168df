from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            Language.C,
            "int f(int a) { if (a) { g(); } else { return 1; } }",
            "int f(int a) { if (!(a)) { return 1; } else { g(); } }",
        ),
        (
            Language.JAVA,
            "class A { void f(boolean a) { if (a) { g(); } else { h(); } } }",
            "class A { void f(boolean a) { if (!(a)) { h(); } else { g(); } } }",
        ),
        (
            Language.PYTHON,
            "def f(a):\n    if a and b:\n        g()\n    else:\n        h()\n",
            "def f(a):\n    if not (a and b):\n        h()\n    else:\n        g()\n",
        ),
        (
            Language.PYTHON,
            "if(a):\n    g()\nelse:\n    h()\n",
            "if not ((a)):\n    h()\nelse:\n    g()\n",
        ),
    ],
)
def test_condition_is_negated_and_branches_exchanged(
    language: Language, before: str, after: str
) -> None:
    assert rewrite_each("swap-if-branches", before, language) == [after]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int f(int a) { if (a) { g(); } else if (b) { h(); } }"),
        (Language.C, "int f(int a) { if (a) { g(); } }"),
        (Language.C, "int f(int a) { if (a) {\n#ifdef X\n g();\n#endif\n } else { h(); } }"),
        (Language.CPP, "void f(T a) { if (a) { g(); } else { h(); } }"),
        (
            Language.JAVA,
            "class A { void f(Object a) { if (a instanceof B b) { b.g(); } else { h(); } } }",
        ),
        (Language.PYTHON, "if a:\n    f()\nelif b:\n    g()\nelse:\n    h()\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("swap-if-branches", text, language) == []
