"""Batches, threads and gradients."""
