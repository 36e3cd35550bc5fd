"""A raw entry → a Publication: kind, people, dates, status, numbers and links."""
