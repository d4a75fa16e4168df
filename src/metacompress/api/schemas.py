"""Registry of the summaries that commands print with ``--json``, and their JSON Schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.registry import Registry

if TYPE_CHECKING:
    from metacompress.runs.record import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TRAINING = "metacompress.training.summary:TrainSummary"

SUMMARIES: Registry[type[Record]] = Registry(
    kind="schema",
    group="metacompress.summaries",
    builtins={
        "attack": "metacompress.study.attack.summary:AttackSummary",
        "check": "metacompress.study.check.summary:CheckSummary",
        "compare": "metacompress.study.check.readings.comparison:Comparison",
        "completions": "metacompress.study.completions.summary:CompletionsSummary",
        "compress": "metacompress.compression.summary:CompressSummary",
        "distill": _TRAINING,
        "export": "metacompress.training.summary:ExportSummary",
        "fidelity": "metacompress.study.fidelity.summary:FidelitySummary",
        "likelihood": "metacompress.study.fidelity.likelihood_summary:LikelihoodSummary",
        "list": "metacompress.api.listing:ListSummary",
        "locate": "metacompress.study.locate.summary:LocateSummary",
        "plan": "metacompress.study.planning.summary:PlanSummary",
        "predict": "metacompress.study.prediction_summary:PredictSummary",
        "prune": "metacompress.compression.posttraining.summary:PruneSummary",
        "repair": "metacompress.repairing.summary:RepairSummary",
        "replay": "metacompress.study.replay.summary:ReplaySummary",
        "student-first": "metacompress.study.check.survey.summary:StudentFirstSummary",
        "quantize": "metacompress.compression.posttraining.summary:QuantizeSummary",
        "train": _TRAINING,
        "transform": "metacompress.variants.summary:TransformSummary",
    },
)


def json_schema(command: str) -> dict[str, Any]:
    """The JSON Schema of what a command prints with ``--json``.

    Args:
        command: check, attack, ...; ``compress`` stands for its techniques, and
            ``student-first`` for ``check --student-first``, and ``likelihood`` for
            ``fidelity --by-bytes``. ``report`` prints what the study
            did, and ``demo`` what ``check`` does.

    Raises:
        UnknownNameError: there is no such command.
    """
    schema = SUMMARIES.get(command).model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": _DIALECT, **schema}
