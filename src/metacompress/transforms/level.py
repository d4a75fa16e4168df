"""Levels of transformations."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Part of a program that a transformation touches; it stands for all that touch it."""

    LEXICAL = "lexical"
    SYNTACTIC = "syntactic"
    DATA_FLOW = "data-flow"
    CONTROL_FLOW = "control-flow"
