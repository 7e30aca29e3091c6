"""How good extractions are against gold: precision, recall and F1, field by field."""
