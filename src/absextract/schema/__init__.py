"""Schemas and marks: what is pulled out, and what of it must stand in the source."""
