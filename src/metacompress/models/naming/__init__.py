"""What models are called, where they are, and which is which."""
