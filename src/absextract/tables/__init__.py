"""Records of papers as tables of results, for leaderboards, spreadsheets and databases."""
