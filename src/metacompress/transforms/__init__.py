"""Behaviour-preserving transformations, and the gate that every variant passes."""

from metacompress.transforms.registry import TRANSFORMS

__all__ = ["TRANSFORMS"]
