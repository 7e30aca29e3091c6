"""Reading plain text: quantities and URLs, where they stand and what they mean."""
