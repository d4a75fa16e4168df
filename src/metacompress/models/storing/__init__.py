"""The store of predictions: every answer of a classifier is computed once."""
