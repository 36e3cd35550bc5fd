"""Changes a person's profile in one place and leaves the rest of the file as it is."""
