"""Finished studies on the terminal: one kind of run per file."""
