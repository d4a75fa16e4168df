"""GraphCodeBERT and its students, with the data flow that they read of programs."""
