"""Verdicts while inputs come in, batch by batch."""
