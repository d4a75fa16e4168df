"""The kind of run that a study of completions is."""

from __future__ import annotations

from metacompress.runs.kind import RunKind, kept_unless
from metacompress.runs.run_files import (
    ENVIRONMENT,
    IDENTITY_FILES,
    RECOGNITION,
    REPORT,
    SUMMARY,
)
from metacompress.study.completions.tables import COMPLETIONS_FILES
from metacompress.variants.table import VARIANTS_FILES

# What neither a completion nor a variant depends on.
_BEYOND_TEXTS = frozenset({"relations", "confidence"})
_BEYOND_VARIANTS = _BEYOND_TEXTS.union(
    ("teacher", "student", "fingerprints", "lines", "tokens", "tests")
)


COMPLETING = RunKind(
    name="completions",
    option="--run",
    files=(
        *IDENTITY_FILES,
        SUMMARY,
        ENVIRONMENT,
        RECOGNITION,
        REPORT,
        *VARIANTS_FILES,
        *COMPLETIONS_FILES,
    ),
    results=(SUMMARY,),
    still_valid=kept_unless((COMPLETIONS_FILES, _BEYOND_TEXTS), (VARIANTS_FILES, _BEYOND_VARIANTS)),
    keeps_answers=False,
)
