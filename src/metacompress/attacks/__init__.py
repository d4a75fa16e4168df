"""Searches for valid variants on which a model changes its prediction."""

from metacompress.attacks.registry import ATTACKS, make_attack

__all__ = ["ATTACKS", "make_attack"]
