"""The cheapest exact back end of a model, measured once per model and machine."""
