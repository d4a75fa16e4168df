"""One kind of model per file."""
