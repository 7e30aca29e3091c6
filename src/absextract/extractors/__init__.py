"""Filling the schema: by a language model (`llm`) or offline by patterns (`builtin`)."""
