"""The inputs that a report shows one by one: which they are, and how a page holds all of them."""
