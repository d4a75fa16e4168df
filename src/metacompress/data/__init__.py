"""Programs, examples and data sets, and the loaders that read them from files."""
