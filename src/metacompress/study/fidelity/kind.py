"""The kind of run that a study of next-token fidelity is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.runs.kind import RunKind
from metacompress.runs.run_files import ENVIRONMENT, IDENTITY_FILES, REPORT, SUMMARY
from metacompress.study.fidelity.tables import FIDELITY_FILES
from metacompress.variants.table import VARIANTS_FILES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# What neither a token's distributions nor a variant depends on.
_BEYOND_TOKENS = frozenset({"relations", "confidence"})
_BEYOND_VARIANTS = _BEYOND_TOKENS | {"teacher", "student", "fingerprints"}


def _still_valid(different: Collection[str]) -> Sequence[str]:
    """What of another study stays."""
    tokens = FIDELITY_FILES if _BEYOND_TOKENS.issuperset(different) else ()
    variants = VARIANTS_FILES if _BEYOND_VARIANTS.issuperset(different) else ()
    return (*tokens, *variants)


FIDELITY = RunKind(
    name="fidelity",
    option="--run",
    files=(*IDENTITY_FILES, SUMMARY, ENVIRONMENT, REPORT, *VARIANTS_FILES, *FIDELITY_FILES),
    results=(SUMMARY,),
    still_valid=_still_valid,
    keeps_answers=False,
)
