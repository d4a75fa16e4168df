"""How good a model is, and how alike two models are: one number per model, or per row."""
