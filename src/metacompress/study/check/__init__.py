"""The stages of a check."""
