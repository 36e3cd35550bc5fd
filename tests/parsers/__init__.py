"""``make parsers``: what résumé parsers and text readers find in the PDFs of each theme."""
