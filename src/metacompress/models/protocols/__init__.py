"""The classifier and the protocols that it may follow beside: one protocol a file."""
