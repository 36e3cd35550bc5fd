"""Writes documents as a flow of paragraphs, for formats that have no templates: Word, Markdown, plain text.

1. ``flow_blocks``: what the flow is made of
2. ``cited_papers``: a paper in a citation style, as nodes; ``paper_lines``: in the layout of cvgen
3. ``document_flow``: a Document → its head, and the blocks of each section
4. ``flow_writer``: runs a format's writer on a job, within the limits for templates
"""
