"""What runs attacks: their subjects, queries and schedule."""
