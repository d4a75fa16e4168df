"""White space and comments between tokens, and indentation."""
