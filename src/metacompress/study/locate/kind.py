"""The kind of run that a search for tensors is."""

from __future__ import annotations

from metacompress.runs.kind import RunKind, kept_unless
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

# What no variant depends on.
_BEYOND_VARIANTS = frozenset(
    {"teacher", "student", "fingerprints", "backends", "relation", "confidence", "tensors", "swaps"}
)


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
    still_valid=kept_unless((VARIANTS_FILES, _BEYOND_VARIANTS), always=store_files(STORE)),
    keeps_answers=False,
)
