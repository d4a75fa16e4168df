"""Names of the files that compressions write: all that they ever remove."""

from __future__ import annotations

from metacompress.runs.kind import RunKind
from metacompress.runs.run_files import (
    ENVIRONMENT,
    IDENTITY_FILES,
    RECOGNITION,
    REPORT,
    store_files,
)
from metacompress.training.run_files import (
    MODEL_FILES,
    PUBLISHED,
    RESULT,
    TEACHER_STORE,
    TRAINING_FILES,
    WORK,
    below,
)

STUDENT = "student"

# In the directory of one training: of a trial, or of a student.
ONE_TRAINING = (
    "job.json",
    "log.txt",
    "percent.txt",
    "outcome.json",
    *below("model", MODEL_FILES),
    *below(f"model/{WORK}", TRAINING_FILES),
)
COMPRESSION_FILES = (
    *IDENTITY_FILES,
    RESULT,
    RECOGNITION,
    REPORT,
    ENVIRONMENT,
    PUBLISHED,
    "search.json",
    "candidates.parquet",
    "vocabularies.json",
    "data.json",
    "origin.json",
    "data/*.parquet",
    *store_files(TEACHER_STORE),
    *below(STUDENT, MODEL_FILES),
    *below("trials/*", ONE_TRAINING),
    *below("students/*", ONE_TRAINING),
)
COMPRESSION = RunKind(
    name="compression",
    option="--out",
    files=COMPRESSION_FILES,
    results=(RESULT,),
    still_valid=lambda different: store_files(TEACHER_STORE),
    models=(STUDENT,),
)
