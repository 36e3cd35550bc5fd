"""What a document should show, and where on its pages each part is."""
