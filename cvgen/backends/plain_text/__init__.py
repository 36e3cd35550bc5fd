"""Documents in plain text, as web forms take them."""
