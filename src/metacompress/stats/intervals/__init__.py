"""Estimates with intervals, from inputs that may depend on each other."""
