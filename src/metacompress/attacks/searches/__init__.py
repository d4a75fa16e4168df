"""One attack per file, and the searches that they share."""
