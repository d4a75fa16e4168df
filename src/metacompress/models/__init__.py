"""Classifiers: one protocol and one file per back end, and the store of their predictions."""

from metacompress.models.loading import MODELS, load_classifier

__all__ = ["MODELS", "load_classifier"]
