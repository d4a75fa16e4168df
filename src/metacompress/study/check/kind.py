"""The kind of run that a check is."""

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
from metacompress.study.check import predictions_table, sources
from metacompress.study.check.config import NO_INPUTS
from metacompress.study.check.readings import judging, properties, slicing
from metacompress.study.check.sequence import SEQUENCE_FILES
from metacompress.study.check.sequential import decisions
from metacompress.study.counterexamples import COUNTEREXAMPLES
from metacompress.variants.table import VARIANTS_FILES

# What variants do not depend on. The examples that models are asked for are in the data's digest.
_BEYOND_VARIANTS = NO_INPUTS | {"mix"}


CHECK = RunKind(
    name="check",
    option="--run",
    files=(
        *IDENTITY_FILES,
        SUMMARY,
        ENVIRONMENT,
        RECOGNITION,
        REPORT,
        sources.QUARANTINE,
        sources.EXAMPLES,
        *VARIANTS_FILES,
        predictions_table.TABLE,
        judging.VIOLATIONS,
        judging.CURVES,
        slicing.SLICES,
        properties.PROPERTIES,
        decisions.TABLE,
        COUNTEREXAMPLES,
        *SEQUENCE_FILES,
        *store_files(STORE),
    ),
    results=(SUMMARY,),
    still_valid=kept_unless((VARIANTS_FILES, _BEYOND_VARIANTS), always=store_files(STORE)),
    keeps_answers=False,
    only_asks=True,
)
