"""Figures of finished studies as tables for papers, pages and model cards."""
