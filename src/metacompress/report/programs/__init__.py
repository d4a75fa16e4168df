"""Programs as a page shows them."""
