from __future__ import annotations

import gzip
import itertools
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.module import Module
from metacompress.lang.names import is_legal_name
from metacompress.lang.validity import Refusal, check_renaming
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import CorpusNaming, RecordedNaming
from metacompress.transforms.rename_identifiers import RenameIdentifiers

if TYPE_CHECKING:
    from pathlib import Path


def rename(text: str, language: Language, names: dict[str, list[str]]) -> str | Refusal:
    outcome = make_variant(
        RenameIdentifiers(),
        Module.of(text, language),
        RecordedNaming(names),
        np.random.default_rng(0),
    )
    return outcome.module.source.decode() if isinstance(outcome, Variant) else outcome


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


def test_the_gate_refuses_a_wrong_renaming() -> None:
    source = Module.of("int f(int a, int b) { return a - b; }", Language.C)
    swapped = Module.of("int f(int a, int b) { return b - a; }", Language.C)
    captured = Module.of("int f(int b, int b) { return b - b; }", Language.C)
    half = Module.of("int f(int c, int b) { return a - b; }", Language.C)
    right = Module.of("int f(int b, int a) { return b - a; }", Language.C)
    for wrong in (swapped, captured, half):
        assert check_renaming(source, wrong) is Refusal.BINDINGS_CHANGED
    assert check_renaming(source, right) is None


def test_the_gate_sees_a_changed_string() -> None:
    source = Module.of('int f(int a) { return g("\\n", a); }', Language.C)
    changed = Module.of('int f(int b) { return g("\n", b); }', Language.C)
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
    modules = [Module.of(text, language) for text in texts]
    naming = CorpusNaming.of(modules)
    rng = np.random.default_rng(0)
    outcomes = [make_variant(RenameIdentifiers(), module, naming, rng) for module in modules]
    made = [(m, o) for m, o in zip(modules, outcomes, strict=True) if isinstance(o, Variant)]
    assert len(made) > 0.9 * len(modules)
    assert {o for o in outcomes if isinstance(o, Refusal)} <= {Refusal.NO_SITE}
    for module, variant in made:
        assert variant.module.program.error_count <= module.program.error_count
        assert all(is_legal_name(edit.replacement, language) for edit in variant.steps[0].edits)
        # Undoing the edits, computed from the variant alone, gives the source back.
        shift = 0
        undo = []
        for edit in sorted(variant.steps[0].edits):
            start = edit.start + shift
            end = start + len(edit.replacement)
            undo.append(Edit(start, end, module.source[edit.start : edit.end].decode()))
            shift += len(edit.replacement) - (edit.end - edit.start)
        assert apply_edits(variant.module.source, undo) == module.source
