"""A model read against the teacher: its relations, and what is said beside them."""
