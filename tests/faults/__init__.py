"""Faults of the machine: each is a case that runs cvgen on a desk and says what must have become of it."""
