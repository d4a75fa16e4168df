"""Compression techniques: what makes a student from a teacher."""
