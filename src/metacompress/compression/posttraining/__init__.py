"""Compression without training: quantisation and pruning."""
