"""The kind of run that a study of attacks is."""

from __future__ import annotations

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
from metacompress.study.attack.attempts import TABLE
from metacompress.study.attack.costs import COSTS
from metacompress.study.attack.jobs import JOB_FILES
from metacompress.study.attack.shown import ANSWERS, SOURCES

ATTACK = RunKind(
    name="attack",
    option="--run",
    files=(
        *IDENTITY_FILES,
        SUMMARY,
        ENVIRONMENT,
        RECOGNITION,
        REPORT,
        TABLE,
        SOURCES,
        ANSWERS,
        *JOB_FILES,
        COSTS,
        *store_files(STORE),
    ),
    results=(SUMMARY, COSTS, TABLE, SOURCES, ANSWERS),
    still_valid=lambda different: store_files(STORE),
)
