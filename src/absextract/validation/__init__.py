"""Holding every marked value of an extraction against the text it came from."""
