"""Job postings: their lines and terms, and the places in a profile that mention these terms."""
