"""Writing records as JSON Lines, going on where a former run stopped, and summing a run up."""
