"""Many abstracts: what a run is to do, and doing it to the end whatever happens."""
