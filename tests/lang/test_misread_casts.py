from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram


@pytest.mark.parametrize("language", [Language.C, Language.CPP])
@pytest.mark.parametrize(
    "condition",
    ["90 <= (ss[i])&& ss[i] <= 97", "(i) && i < 3", "(i) & 1 == 1", "(i) && (ss) && i > 1"],
)
def test_functions_with_operands_that_are_read_as_casts_are_left_alone(
    condition: str, language: Language
) -> None:
    text = f"int f(char *ss, int i) {{ if ({condition}) return 1; return 2 + i; }}\n"
    other = "int g(int a) { return a < 1; }\n"
    program = AnalysedProgram.of(text + other, language)
    assert [program.text(node) for node in program.nodes("binary_expression")] == ["a < 1"]
    (variant,) = rewrite_each("flip-comparison", text + other, language)
    assert variant == text + other.replace("a < 1", "1 > a")


@pytest.mark.parametrize(
    "text",
    [
        "int f(char *a) { return (int) a[0] && (long) *a; }",
        "void *f(void) { here: return (void *) &&here; }",
        "int f(int *a) { return (count) & a[0]; }",
        "int f(int a, int b) { return (a) && b; }",
    ],
)
def test_casts_stay_casts(text: str) -> None:
    assert AnalysedProgram.of(text, Language.C).nodes("function_definition")


@pytest.mark.parametrize("language", [Language.C, Language.CPP])
def test_products_are_not_made_to_look_like_types(language: Language) -> None:
    for whole in ("a * (b) && a", "a & (a * b) & 2", "a * (a * b) * b", "f(a, b) * (a * b) & b"):
        # Fails where the gate refuses a variant.
        assert rewrite_each("parentheses", f"int f(int a, int b) {{ return {whole}; }}", language)


@pytest.mark.parametrize("operator", ["+", "-", "*", "&", "&&"])
def test_an_extracted_name_does_not_look_like_a_cast(operator: str) -> None:
    text = f"int f(int a, int b) {{ int r = (a / b) {operator} 7; return r; }}"
    for variant in rewrite_each("extract-local", text, Language.C):
        assert AnalysedProgram.of(variant, Language.C).nodes("function_definition"), variant
