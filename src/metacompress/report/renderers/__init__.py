"""Renderers of finished runs: one file per kind."""
