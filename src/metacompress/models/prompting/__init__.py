"""Causal language models as classifiers: a prompt asks, the next token answers."""
