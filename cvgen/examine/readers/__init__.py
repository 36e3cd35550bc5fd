"""Read the bytes of a PDF: its text as pdfium and as pdfminer give it, what is drawn, its links, fonts and tags."""
