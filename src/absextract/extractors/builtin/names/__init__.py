"""Finding the names of a paper: its tasks, methods, datasets and metrics."""
