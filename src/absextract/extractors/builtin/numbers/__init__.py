"""Finding the results of a paper: which numbers are scores, of which kind, and of which metric."""
