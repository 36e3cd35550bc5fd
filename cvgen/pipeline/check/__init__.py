"""Checking what came out: every variant, theme and engine asked for, rendered and examined."""
