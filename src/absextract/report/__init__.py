"""Records as a page to look at: one file of HTML that needs nothing else."""
