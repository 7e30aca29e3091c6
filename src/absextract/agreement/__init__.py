"""Several answers to one question become one, with how likely each value is right."""
