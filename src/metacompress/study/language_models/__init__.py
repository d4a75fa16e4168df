"""What studies of language models share: their settings, and how one runs."""
