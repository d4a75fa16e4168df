"""The kind of run that a repair is."""

from __future__ import annotations

from metacompress.runs.kind import RunKind
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import (
    ENVIRONMENT,
    IDENTITY_FILES,
    RECOGNITION,
    REPORT,
    STORE,
    SUMMARY,
    store_files,
)
from metacompress.study.attack.attempts import TABLE as ATTEMPTS
from metacompress.study.attack.costs import COSTS
from metacompress.study.attack.jobs import JOB_FILES
from metacompress.training.published import is_damaged
from metacompress.training.run_files import MODEL_FILES, TRAINING_FILES, WORK, below
from metacompress.variants.table import VARIANTS_FILES

SUMS = "SHA256SUMS"
REPAIRED, CONTROL, TRIALS, DATA, SCRATCH = "repaired", "control", "trials", "data", "scratch"
SOUGHT = "sought"
WEIGHTS = "model.safetensors"
_GRAPH = ("model.onnx",)
_TRAINED = (*MODEL_FILES, *below(WORK, TRAINING_FILES))


def _is_whole(run: RunDirectory) -> bool:
    """Whether the models that a finished repair tells of are there, as they were published."""
    for place in (REPAIRED, CONTROL):
        work = RunDirectory(run.path / place / WORK)
        if work.begun and is_damaged(work, run.path / place):
            return False
    if run.read_json(SUMMARY).get("repaired") is None:
        return True
    return any((run.path / REPAIRED / name).is_file() for name in (WEIGHTS, *_GRAPH))


REPAIR = RunKind(
    name="repair",
    option="--run",
    files=(
        *IDENTITY_FILES,
        SUMMARY,
        ENVIRONMENT,
        RECOGNITION,
        REPORT,
        *below("variants/*", (*VARIANTS_FILES, SUMS)),
        *below(SOUGHT, (ATTEMPTS, COSTS, *JOB_FILES, SUMS)),
        *below(f"{DATA}/*", ("*.parquet",)),
        *(
            pattern
            for place in (REPAIRED, CONTROL, f"{TRIALS}/*")
            for pattern in below(place, _TRAINED)
        ),
        *below(REPAIRED, _GRAPH),
        *below(SCRATCH, (*_GRAPH, *MODEL_FILES)),
        *store_files(STORE),
    ),
    results=(SUMMARY,),
    still_valid=lambda different: store_files(STORE),
    keeps_answers=True,
    models=(REPAIRED, CONTROL),
    is_whole=_is_whole,
)
