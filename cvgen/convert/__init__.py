"""Other tools' files → a profile: one module for each format, each with its table of fields.

1. ``import_formats``: recognises the format of an ``imported_file``
2. the format's own ``read``: the file → a ``profile_draft``, by a ``field_table`` and ``values``
3. ``entry_repairs``: completes the entries; ``paper_list``: adds the publications
4. ``refused_values``: takes out what the schema refuses
5. ``lost_texts``: finds texts that were lost on the way
6. ``write_profile`` and ``write_bib``: the draft → YAML and BibTeX

``docs/decisions/importing.md`` says why.
"""
