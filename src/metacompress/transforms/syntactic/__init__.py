"""Rewrites of expressions and declarations."""
