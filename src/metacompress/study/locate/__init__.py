"""Which tensors of a student carry its violations."""
