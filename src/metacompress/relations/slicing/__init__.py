"""Where in the inputs a relation is violated more often."""
