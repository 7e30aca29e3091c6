"""What belongs to each number of a text: its metric, dataset, method, baseline and setting."""
