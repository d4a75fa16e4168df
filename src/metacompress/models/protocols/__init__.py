"""What a classifier is, and what it may be able to do besides: one protocol a file."""
