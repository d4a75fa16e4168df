"""Language models read as what they are: a distribution of the next token at every position."""
