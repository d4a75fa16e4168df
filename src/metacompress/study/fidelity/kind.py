"""The kind of run that a study of next-token fidelity is."""

from __future__ import annotations

from metacompress.runs.kind import RunKind, kept_unless
from metacompress.runs.run_files import (
    ENVIRONMENT,
    IDENTITY_FILES,
    RECOGNITION,
    REPORT,
    SUMMARY,
)
from metacompress.study.fidelity.tables import FIDELITY_FILES
from metacompress.variants.table import VARIANTS_FILES

# What neither a token's distributions nor a variant depends on.
_BEYOND_TOKENS = frozenset({"relations", "confidence"})
_BEYOND_VARIANTS = _BEYOND_TOKENS | {"teacher", "student", "fingerprints"}


FIDELITY = RunKind(
    name="fidelity",
    option="--run",
    files=(
        *IDENTITY_FILES,
        SUMMARY,
        ENVIRONMENT,
        RECOGNITION,
        REPORT,
        *VARIANTS_FILES,
        *FIDELITY_FILES,
    ),
    results=(SUMMARY,),
    still_valid=kept_unless((FIDELITY_FILES, _BEYOND_TOKENS), (VARIANTS_FILES, _BEYOND_VARIANTS)),
    keeps_answers=False,
)
