"""What the report of a check says, on the page and on the terminal."""
