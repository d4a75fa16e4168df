"""Parameters of models and operations of a prediction, computed from a model's shape."""
