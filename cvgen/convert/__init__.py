"""Other tools' files → a profile: one module for each format, each with its table of fields.

1. ``formats``: recognises the format of a ``source``
2. the format's own ``read``: the source → a ``draft``, by ``fields`` and ``values``
3. ``tidy``: completes the entries; ``bibliography_part``: adds the publications
4. ``accept``: takes out what the schema refuses
5. ``unsaid``: remarks texts that were lost on the way
6. ``write_profile`` and ``write_bib``: the draft → YAML and BibTeX

``docs/decisions/importing.md`` says why.
"""
