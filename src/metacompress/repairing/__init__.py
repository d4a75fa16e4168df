"""A better student at a stated cost, proved on sources that it did not learn from."""
