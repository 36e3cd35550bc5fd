"""What the PDF of a document must show."""
