"""Relations of predicted classes and their probabilities: one a file."""
