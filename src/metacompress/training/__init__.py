"""Train teachers and distil students."""
