"""Where in a counterexample teacher and student part: its edits, tokens and lines."""
