"""Types of variables and expressions."""
