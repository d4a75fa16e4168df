"""Metamorphic relations between the outputs of a teacher and a student."""

from metacompress.relations.registry import DEFAULT_RELATIONS, RELATIONS, make_relation

__all__ = ["DEFAULT_RELATIONS", "RELATIONS", "make_relation"]
