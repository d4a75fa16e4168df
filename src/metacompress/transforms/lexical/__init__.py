"""Rewrites of tokens and layout."""
