"""Citations in styles of the Citation Style Language (CSL), through citeproc-py, as nodes."""
