"""Statistics as pure functions over NumPy arrays; nothing here knows what a model is."""
