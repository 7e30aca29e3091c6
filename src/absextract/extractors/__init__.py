"""Filling the schema: by a language model (`llm`) or offline (`builtin`)."""
