"""Learned weights: the packed files, and what their sums mean."""
