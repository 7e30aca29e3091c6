"""The command line: parses, builds, runs, renders."""
