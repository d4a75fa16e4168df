"""Who else can see a variable or a function, and where it is certainly bound."""
