"""Checks documents: renders the variants with the themes and engines of a request, and examines each PDF."""
