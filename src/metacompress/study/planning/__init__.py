"""Planning of a check: how many sources it needs, and what it will cost."""
