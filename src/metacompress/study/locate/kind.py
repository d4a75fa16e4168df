"""The kind of run that a search for tensors is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.runs.kind import RunKind
from metacompress.runs.run_files import (
    ENVIRONMENT,
    IDENTITY_FILES,
    RECOGNITION,
    REPORT,
    STORE,
    SUMMARY,
    store_files,
)
from metacompress.variants.table import VARIANTS_FILES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# What no variant depends on.
_BEYOND_VARIANTS = frozenset(
    {"teacher", "student", "fingerprints", "backends", "relation", "confidence", "tensors", "swaps"}
)


def _still_valid(different: Collection[str]) -> Sequence[str]:
    """What of another study stays: predictions stand under the fingerprints of their models."""
    same_variants = _BEYOND_VARIANTS.issuperset(different)
    return (*store_files(STORE), *(VARIANTS_FILES if same_variants else ()))


LOCATE = RunKind(
    name="locate",
    option="--run",
    files=(
        *IDENTITY_FILES,
        SUMMARY,
        ENVIRONMENT,
        RECOGNITION,
        REPORT,
        *VARIANTS_FILES,
        *store_files(STORE),
    ),
    results=(SUMMARY,),
    still_valid=_still_valid,
    keeps_answers=False,
)
