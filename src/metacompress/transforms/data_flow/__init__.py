"""Rewrites of where values are computed and kept."""
