from __future__ import annotations

import re

import numpy as np
import pytest

from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.token_classes import TOKEN_CLASSES, token_classes


def classes(text: str, language: Language, tokens: list[str] | None = None) -> dict[str, str]:
    """The class of each token; of each word, number and mark with the blanks before it."""
    pieces = tokens or re.findall(r"\s*(?:\w+|[^\w\s])|\s+", text)
    assert "".join(pieces) == text
    ends = np.cumsum([len(one.encode()) for one in pieces])
    starts = np.concatenate([[0], ends[:-1]])
    codes = token_classes(parse(text, language), starts, ends)
    return {
        piece: str(TOKEN_CLASSES[code]) for piece, code in zip(pieces, codes.tolist(), strict=True)
    }


def test_c() -> None:
    found = classes('#include <a.h>\nint f(char *s)\n{\n  return s[0] == "x y" /* why */;\n}\n',
                    Language.C)  # fmt: skip
    assert found["\nint"] == found["\n  return"] == "keyword"
    assert found[" f"] == found[" s"] == "identifier"
    assert found["0"] == found[' "'] == found["x"] == found[" y"] == "literal"
    assert found["("] == found[" ="] == found["\n{"] == found[";"] == "operator"
    assert found[" why"] == found[" /"] == "comment"
    assert found["\n"] == "layout"


def test_go() -> None:
    found = classes('func f(a p.T) {\n\tx := `y z`\nend:\n\tgoto end // why\n\t_ = nil + "s"\n}\n',
                    Language.GO)  # fmt: skip
    assert found["func"] == found["\n\tgoto"] == "keyword"
    names = (" f", "a", " p", "T", "\n\tx", " end", "\nend", "\n\t_")
    assert {found[one] for one in names} == {"identifier"}
    assert {found[one] for one in (" `", "y", " z", " nil", ' "', "s")} == {"literal"}
    assert found[" :"] == found[" {"] == "operator"
    assert found[" why"] == "comment"
    assert found["\n"] == "layout"


def test_what_a_macro_stands_for_is_read_by_its_letters() -> None:
    found = classes("#define TWO(a) ((a) + 0x2) \\\n  * long_name\n", Language.C)
    assert found[" 0x2"] == "literal"
    assert found[" long_name"] == "identifier"
    assert found[" +"] == "operator"


def test_java() -> None:
    found = classes("void f() { this.n = null; char c = 'q'; } // end", Language.JAVA)
    assert found["void"] == found[" this"] == found[" char"] == "keyword"
    assert found[" null"] == found["q"] == "literal"
    assert found[" f"] == found["n"] == found[" c"] == "identifier"
    assert found[" end"] == "comment"


def test_python() -> None:
    text = 'def f(x):\n    return f"a {x} b" + None  # done\n'
    found = classes(text, Language.PYTHON)
    assert found["def"] == found["\n    return"] == "keyword"
    assert found[" {"] == "operator"
    assert found["x"] == "identifier"
    assert found[" b"] == found[" None"] == "literal"
    assert found[" done"] == "comment"


def test_javascript() -> None:
    text = "const {a} = b ?? null; f(`x ${a} y`, /re g/u, 0x1F); // end"
    found = classes(text, Language.JAVASCRIPT)
    assert found["const"] == "keyword"
    assert found["a"] == found[" b"] == found[" f"] == "identifier"
    assert found[" null"] == found["x"] == found["re"] == found[" 0x1F"] == "literal"
    assert found[" $"] == found["?"] == found[","] == "operator"
    assert found[" end"] == "comment"


def test_a_token_is_what_its_first_visible_character_is() -> None:
    """Tokens of a model cross the borders of those of a language."""
    tokens = ["int", " count", "=(", "0", ");", "\n", "  ", "/* a", "  ", "b */", "x", "="]
    found = classes("".join(tokens), Language.C, tokens)
    assert found["=("] == found[");"] == "operator"
    assert found["\n"] == found["  "] == "layout"
    assert found["/* a"] == found["b */"] == "comment"


def test_the_rest_of_a_character_belongs_to_it() -> None:
    text = 'x = "é"'
    ends = np.array([1, 3, 5, 7, 7, 8])
    starts = np.array([0, 1, 3, 5, 7, 7])
    codes = token_classes(parse(text, Language.PYTHON), starts, ends)
    assert [str(TOKEN_CLASSES[code]) for code in codes] == [
        "identifier", "operator", "literal", "literal", "literal", "literal",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n\t", "int int int ((", "\\\n", "é ("])
def test_broken_programs_have_classes(text: str) -> None:
    ends = np.arange(1, len(text.encode()) + 1)
    codes = token_classes(parse(text, Language.C), ends - 1, ends)
    assert len(codes) == len(ends)
