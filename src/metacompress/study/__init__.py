"""A study: from a configuration to variants, predictions, verdicts and a run directory."""
