"""Bets against a rate: evidence that may be looked at at any time, and what is asked next."""
