"""Readers of a PDF: its text as pdfium and pdfminer give it, what is drawn, and its lines in the margins."""
