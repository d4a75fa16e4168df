"""Figures of finished studies, as tables for the page and the terminal."""
