"""Run directories: files that a run writes, their checksums, progress."""
