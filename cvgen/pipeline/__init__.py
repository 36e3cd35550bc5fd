"""The use cases: read → select → fit → render → write. The only code that writes a person's files."""
