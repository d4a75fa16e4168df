"""Reports of a finished study, made from its run directory alone."""
