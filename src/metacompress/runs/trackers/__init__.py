"""Adapters of trackers of experiments, one per file."""
