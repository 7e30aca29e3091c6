"""A person corrects records: one paper after the other in the browser, every action on disk at once."""
