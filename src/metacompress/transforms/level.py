"""Levels, by which transformations can be chosen."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Part of a program that a transformation touches.

    Where transformations are chosen, a level stands for all of its transformations.
    """

    LEXICAL = "lexical"
    SYNTACTIC = "syntactic"
    DATA_FLOW = "data-flow"
    CONTROL_FLOW = "control-flow"
