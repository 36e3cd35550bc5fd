"""Chooses what is shown, and how densely, to fill the pages allowed."""
