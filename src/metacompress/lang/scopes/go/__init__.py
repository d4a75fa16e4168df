"""Scope rules of Go."""
