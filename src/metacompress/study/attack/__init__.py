"""The stages of a study of attacks."""
