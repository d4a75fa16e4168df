"""Repair a student: the one way in for the command line and the Python API."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError
from metacompress.extras import needing
from metacompress.files.existing import existing_path
from metacompress.models.loading import MODELS, load_classifier
from metacompress.models.naming.spec import DEFAULT_KIND, ModelSpec
from metacompress.repairing.kind import CONTROL, REPAIR, REPAIRED
from metacompress.repairing.precision import keep_precision
from metacompress.repairing.proof import HeldOut, proof_warnings, prove
from metacompress.repairing.settings import By
from metacompress.repairing.sides import CHOOSE, LEARN, PROVE, load_sides
from metacompress.repairing.summary import TARGETS, RepairSummary
from metacompress.repairing.tempering import Tempered, fit_temperature
from metacompress.repairing.varying import vary
from metacompress.settings.contents import input_files
from metacompress.study.costs import cost_of, measure_latency
from metacompress.study.players import ONLY_STUDENT
from metacompress.study.runner import run_study
from metacompress.study.warnings import resumption_warnings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from metacompress.data.dataset import Dataset
    from metacompress.repairing.settings import RepairSettings
    from metacompress.repairing.sides import Sides
    from metacompress.repairing.summary import Distillation
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.runner import StudyContext


def run_repair(
    config: RepairSettings,
    *,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Repair a student and prove it; the arguments are those of ``run_study``.

    Killed at any point and run again, it goes on: trainings from their last checkpoint.

    Raises:
        MetaCompressError: see metacompress.errors; what was made so far stays in the run directory.
    """
    if config.by is By.DISTILLATION:
        # A wrong kind must not cost a study.
        if not isinstance((models or {}).get(ONLY_STUDENT, ""), (str, PurePath)):
            raise UsageError(
                f"{config.student} cannot be trained further; name the Hugging "
                f"Face directory that it was made of, or repair it by temperature",
                option="student",
            )
        _trainable(config.student)
    files = input_files(config)
    data = existing_path(config.data.path)
    return run_study(
        REPAIR,
        config,
        _repair,
        name=f"repair-{config.task}",
        files=files if data is None else {**files, "data": data},
        models=models,
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )


def _repair(study: StudyContext[RepairSettings]) -> RepairSummary:
    config = study.config
    sides = load_sides(config, study.dataset, study.models.values())
    made: dict[str, Any] = {"repaired": None, "distillation": None}
    students = dict(study.models)
    task = study.dataset.task
    if config.by is By.TEMPERATURE:
        made["temperature"] = fit_temperature(study, sides.choose)
        students[REPAIRED] = Tempered(study.models[ONLY_STUDENT], made["temperature"])
    elif config.by is By.PRECISION:
        students[REPAIRED], made["precision"], written = keep_precision(study, sides.choose)
        made["repaired"] = REPAIRED if written else None
    else:
        places, made["distillation"] = _distil(study, sides)
        made["repaired"] = REPAIRED
        for name, place in places.items():
            students[name] = load_classifier(str(place), task, defaults=config.loading())
    given, study = study.models, replace(study, models=students)
    held_out = HeldOut(
        sides.prove,
        {
            family: vary(study, f"variants/{PROVE}-{family}", sides.prove, transforms)
            for family, transforms in config.families().items()
        },
    )
    proof = prove(study, held_out, ONLY_STUDENT, REPAIRED)
    beside = prove(study, held_out, CONTROL, REPAIRED) if CONTROL in students else None
    compared = {name: students[name] for name in (ONLY_STUDENT, REPAIRED)}
    latency = measure_latency(compared, sides.prove, study.asked, study.progress, study.executor)
    study.latency.update({name: one.content() for name, one in latency.items()})
    return RepairSummary(
        by=config.by,
        verdict=proof.verdict,
        warnings=[
            *proof_warnings(study, held_out, ONLY_STUDENT, REPAIRED),
            *resumption_warnings(given),
        ],
        task=config.task,
        target=TARGETS[config.by],
        examples={
            LEARN: len(sides.learn),
            CHOOSE: len(sides.choose),
            PROVE: len(sides.prove),
            "left_out": sides.left_out,
        },
        sizes={name: cost_of(one, sides.prove) for name, one in compared.items()},
        proof=proof,
        control=beside,
        config=config.identity(),
        **made,
    )


def _distil(
    study: StudyContext[RepairSettings], sides: Sides
) -> tuple[dict[str, Path], Distillation]:
    """Directories of the repaired student and, where it is asked for, of a control."""
    with needing("a repair by distillation"):
        from metacompress.repairing.distilling import Distiller
    distiller = Distiller(study, sides, _trainable(study.config.student))
    places = {}
    places[REPAIRED], made = distiller.repair()
    if study.config.control:
        places[CONTROL] = distiller.control(made)
    study.latency["training"] = {"seconds": round(distiller.seconds, 2)}
    return places, made


def _trainable(student: str) -> str:
    """The directory or hub id of a student that can be trained further.

    Raises:
        UsageError: it is of another kind.
    """
    spec = ModelSpec.parse(student, MODELS.names())
    if spec.kind != DEFAULT_KIND:
        raise UsageError(
            f"{student}: only a Hugging Face directory or hub id can be trained further, not a "
            f"model of the kind {spec.kind}; name the model that it was made of",
            option="student",
        )
    return spec.location
