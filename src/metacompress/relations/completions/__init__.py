"""Relations between what teacher and student write."""
