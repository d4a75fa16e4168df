"""Counterexamples with as little in them as still shows the violation."""
