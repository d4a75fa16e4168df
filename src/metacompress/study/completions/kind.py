"""The kind of run that a study of completions is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.runs.kind import RunKind
from metacompress.runs.run_files import ENVIRONMENT, IDENTITY_FILES, REPORT, SUMMARY
from metacompress.study.completions.tables import COMPLETIONS_FILES
from metacompress.variants.table import VARIANTS_FILES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# What neither a completion nor a variant depends on.
_BEYOND_TEXTS = frozenset({"relations", "confidence"})
_BEYOND_VARIANTS = _BEYOND_TEXTS.union(
    ("teacher", "student", "fingerprints", "lines", "tokens", "tests")
)


def _still_valid(different: Collection[str]) -> Sequence[str]:
    """What of another study stays."""
    texts = COMPLETIONS_FILES if _BEYOND_TEXTS.issuperset(different) else ()
    variants = VARIANTS_FILES if _BEYOND_VARIANTS.issuperset(different) else ()
    return (*texts, *variants)


COMPLETING = RunKind(
    name="completions",
    option="--run",
    files=(*IDENTITY_FILES, SUMMARY, ENVIRONMENT, REPORT, *VARIANTS_FILES, *COMPLETIONS_FILES),
    results=(SUMMARY,),
    still_valid=_still_valid,
    keeps_answers=False,
)
