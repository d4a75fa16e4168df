"""Completions of programs by a compressed language model and its teacher."""
