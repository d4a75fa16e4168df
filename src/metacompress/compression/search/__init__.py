"""Spaces of students, their cost, and searches through them."""
