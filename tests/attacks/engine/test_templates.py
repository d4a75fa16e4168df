"""The text of a program under a renaming, as attacks write it."""

from __future__ import annotations

from metacompress.attacks.engine.subject import _Template
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram


def template(text: str) -> _Template:
    return _Template(AnalysedProgram.of(text, Language.JAVASCRIPT))


def test_keys_of_properties_stay() -> None:
    found = template("(function ({a}, b) { return {a, b, c: a}; })")
    assert found.text({}) == "(function ({a}, b) { return {a, b, c: a}; })"
    assert found.text({"a": "x"}) == "(function ({a: x}, b) { return {a: x, b, c: x}; })"
    renamed = found.text({"a": "long", "b": "y"})
    assert renamed == "(function ({a: long}, y) { return {a: long, b: y, c: long}; })"


def test_places_are_those_of_the_names() -> None:
    found = template("(function ({a}, b) { return {a, b}; })")
    for renaming in ({}, {"a": "long"}, {"a": "x", "b": "other"}):
        text = found.text(renaming)
        for name, start, end in found.places(renaming):
            assert text[start:end] == renaming.get(name, name)
