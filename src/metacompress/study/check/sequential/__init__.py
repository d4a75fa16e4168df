"""A check in sequence: sources one by one until every row is decided."""
