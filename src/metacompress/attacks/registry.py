"""The attacks that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from metacompress.errors import UsageError
from metacompress.registry import Registry
from metacompress.settings.validation import parsed

if TYPE_CHECKING:
    from metacompress.attacks.engine.base import Attack

ATTACKS: Registry[type[Attack]] = Registry(
    kind="attack",
    group="metacompress.attacks",
    builtins={
        "alert": "metacompress.attacks.searches.alert:Alert",
        "beam": "metacompress.attacks.searches.beam:Beam",
        "combined": "metacompress.attacks.searches.combined:Combined",
        "guided": "metacompress.attacks.searches.guided:Guided",
        "mhm": "metacompress.attacks.searches.mhm:MetropolisHastings",
        "random": "metacompress.attacks.searches.random_control:RandomControl",
        "transformation": "metacompress.attacks.searches.transformation:TransformationSearch",
        "wir-random": "metacompress.attacks.searches.wir_random:WirRandom",
    },
)


def make_attack(text: str) -> Attack:
    """The attack ``NAME?constant=value&constant=value``.

    Raises:
        UnknownNameError: no such attack.
        UsageError: an unknown constant, or one out of its range.
    """
    name, _, query = text.partition("?")
    attack = ATTACKS.get(name)
    try:
        constants = dict(parse_qsl(query, strict_parsing=True)) if query else {}
    except ValueError:
        raise UsageError(
            f"an attack is written NAME?constant=value&constant=value, not {text!r}",
            option="attacks",
        ) from None
    return parsed(attack, constants, f"attack {name}", "constants")
