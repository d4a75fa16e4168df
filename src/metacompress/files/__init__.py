"""Files that MetaCompress writes: whole or not there, and never at the cost of a user's own."""
