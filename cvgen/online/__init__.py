"""Asks public services about publications: the only code that uses the network, and only for two commands."""
