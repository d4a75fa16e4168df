"""What a simple statement reads and writes, and whether two can run in the other order."""
