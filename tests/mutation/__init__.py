"""The parts of the mutation tester (tests/mutants.py): changes, what tests reach, and runs."""
