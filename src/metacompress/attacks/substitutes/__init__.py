"""Where attacks take new names from."""

from metacompress.attacks.substitutes.base import Substitutes
from metacompress.attacks.substitutes.registry import (
    SUBSTITUTES,
    NameCorpus,
    make_substitutes,
    substitutes_place,
)

__all__ = ["SUBSTITUTES", "NameCorpus", "Substitutes", "make_substitutes", "substitutes_place"]
