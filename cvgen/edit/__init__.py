"""Writing back into a person's profile: one place changes, the rest of the file stays as it is."""
