"""The text of a job posting: its lines, the terms it asks for, and where a profile mentions them."""
