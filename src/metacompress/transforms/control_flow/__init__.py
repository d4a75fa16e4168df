"""Rewrites of branches and loops."""
