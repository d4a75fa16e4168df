"""Student first: the teacher is asked about a sample of what the student answered."""
