"""Heal a compressed causal language model by distillation from its original."""
