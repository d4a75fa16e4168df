"""Specifications, places and fingerprints of models."""
