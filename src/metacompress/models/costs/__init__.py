"""What a prediction costs, by the shape of a model."""
