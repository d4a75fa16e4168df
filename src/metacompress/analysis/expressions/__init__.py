"""What expressions are worth, in which order and with what effects: as far as a snippet shows."""
