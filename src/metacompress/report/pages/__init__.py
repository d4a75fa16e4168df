"""The pages of finished runs: one kind of run per file, all in one frame."""
