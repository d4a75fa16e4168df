"""Reads and writes of simple statements, which decide whether two of them may be exchanged."""
