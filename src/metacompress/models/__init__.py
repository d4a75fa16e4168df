"""Classifiers: one protocol and one file per back end, and the store of their predictions."""
