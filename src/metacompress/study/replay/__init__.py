"""Counterexamples of a file, asked of other models."""
