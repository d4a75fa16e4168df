"""Relations between the next-token distributions of teacher and student."""
