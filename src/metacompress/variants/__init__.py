"""Follow-up inputs for the examples of a data set."""
