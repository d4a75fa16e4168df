"""The Python API: the jobs of the command line as functions."""
