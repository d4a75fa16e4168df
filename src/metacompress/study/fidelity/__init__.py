"""Next-token fidelity of a compressed language model, token by token."""
