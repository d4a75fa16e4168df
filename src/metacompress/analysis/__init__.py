"""Facts about an analysed program that the preconditions of transformations need."""
