"""Hostile input against the real command: the cases, what each may do, and a table of what it did (make hostile)."""
