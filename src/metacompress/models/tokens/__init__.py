"""Tokenizers' vocabularies and windows."""
