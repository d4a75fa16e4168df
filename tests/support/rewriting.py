"""How the tests of single transformations apply them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, rewrite_sites
from metacompress.transforms.naming import RecordedNaming
from metacompress.transforms.validity import Refusal

if TYPE_CHECKING:
    from metacompress.lang.language import Language


def rewrite_each(name: str, text: str, language: Language, seed: int = 0) -> list[str]:
    """The variants of ``text`` that rewrite one site each, in the order of the sites.

    Fails where the gate refuses one.
    """
    transformation = TRANSFORMS.get(name)()
    assert language in transformation.languages
    program = AnalysedProgram.of(text, language)
    assert program.parsed.error_count == 0, "the example itself has a syntax error"
    variants = []
    for site in transformation.sites(program):
        outcome = rewrite_sites(
            transformation, program, [site], RecordedNaming({}), np.random.default_rng(seed)
        )
        if outcome is Refusal.NO_SITE:
            continue
        assert isinstance(outcome, Variant), (outcome, text[slice(*site.span)])
        variants.append(outcome.program.source.decode())
    return variants
