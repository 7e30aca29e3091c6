"""Reading a text once for all that look at it: tokens, sentences, phrases, shapes of names."""
