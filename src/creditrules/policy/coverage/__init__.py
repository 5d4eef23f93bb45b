"""Policy, coverage: which parts of the documents the examples exercise, and which nobody looks at."""
