"""Results of many papers side by side: which may stand on one board, in which order, where two papers disagree."""
