"""The relations that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qsl

from pydantic import BeforeValidator

from metacompress.errors import UsageError
from metacompress.registry import Registry
from metacompress.settings.validation import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.relations.base import Relation

REPRESENTATIONS = "representation-similarity"
"""The relation that needs hidden states."""

_PREDICTIONS = "metacompress.relations.predictions"

RELATIONS: Registry[type[Relation]] = Registry(
    kind="relation",
    group="metacompress.relations",
    builtins={
        "prediction-agreement": f"{_PREDICTIONS}.prediction_agreement:PredictionAgreement",
        "distribution-similarity": f"{_PREDICTIONS}.distribution_similarity:DistributionSimilarity",
        "confidence-preservation": f"{_PREDICTIONS}.confidence_preservation:ConfidencePreservation",
        "calibration-alignment": f"{_PREDICTIONS}.calibration_alignment:CalibrationAlignment",
        "macro-disagreement": f"{_PREDICTIONS}.macro_disagreement:MacroDisagreement",
        "new-disagreement": f"{_PREDICTIONS}.new_disagreement:NewDisagreement",
        "disagreement-increment": f"{_PREDICTIONS}.disagreement_increment:DisagreementIncrement",
        "invariance-inheritance": f"{_PREDICTIONS}.invariance_inheritance:InvarianceInheritance",
        "robustness-gap": f"{_PREDICTIONS}.robustness_gap:RobustnessGap",
        REPRESENTATIONS: f"{_PREDICTIONS}.representation_similarity:RepresentationSimilarity",
    },
    by_name_only={REPRESENTATIONS},
)

DEFAULT_RELATIONS = (
    "prediction-agreement",
    "distribution-similarity",
    "confidence-preservation",
    "calibration-alignment",
    "macro-disagreement",
    "new-disagreement",
    "disagreement-increment",
    "invariance-inheritance",
    "robustness-gap",
)


def make_relation(name: str, constants: Mapping[str, object]) -> Relation:
    """The relation ``name`` with the given constants.

    Raises:
        UnknownNameError: no such relation.
        UsageError: a constant is unknown or out of range.
    """
    return parsed(RELATIONS.get(name), constants, f"relation {name}", "constants")


def parse_relation(text: str) -> tuple[str, dict[str, str]]:
    """The name and the constants of a relation that is written ``NAME?constant=value``.

    Raises:
        UsageError: it is not written so.
    """
    name, _, query = text.partition("?")
    try:
        return name, dict(parse_qsl(query, strict_parsing=True)) if query else {}
    except ValueError:
        raise UsageError(
            f"a relation is written NAME?constant=value&constant=value, not {text!r}",
            option="relations",
        ) from None


def chosen_relations(given: object, *, registry: Registry[Any] = RELATIONS) -> object:
    """Relations as a user gives them: one as a text, several, ``all``, or with their constants.

    Args:
        given: by the user.
        registry: that the names are of.

    Returns:
        name to constants; what is none of these, as it is, for its reader to refuse.
    """
    names = given if isinstance(given, dict) else registry.chosen(given)
    if isinstance(names, (list, tuple)) and all(isinstance(name, str) for name in names):
        return dict(map(parse_relation, names))
    return given


Relations = Annotated[dict[str, dict[str, Any]], BeforeValidator(chosen_relations)]
"""Relations with their constants, as a setting; names alone are understood."""
