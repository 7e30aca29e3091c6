"""Reading abstracts: one file a format, `read.py` chooses by content."""
