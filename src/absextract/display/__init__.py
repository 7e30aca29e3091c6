"""Marked text and records for people to look at, whatever shows them."""
