"""The preview: a page on this machine that shows a document while it is edited, and its server."""
