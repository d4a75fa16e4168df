"""Statements taken apart: declarations, loops, jumps, switches, and what may move past what."""
