"""One technique per file."""
