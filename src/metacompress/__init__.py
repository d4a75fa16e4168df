"""Test whether a compressed model of code behaves like the model it came from."""

__version__ = "0.1.0"
