"""Reading and writing directories of models."""
