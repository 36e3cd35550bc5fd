"""read → select → fit → render → compile → check; the only writer of files."""
