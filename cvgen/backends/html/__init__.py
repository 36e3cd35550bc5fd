"""Document → HTML: the markup alone."""
