"""Documents for word processors (DOCX, ECMA-376), through python-docx.

1. ``look``: what the theme's options say about fonts, sizes, colours and spaces
2. ``word_styles``: the styles of the file, so that a person can change them; ``bullet_marks``: the marks of bullets;
   ``font_table``: its fonts, and those that replace them
3. ``runs``: inline nodes → runs; ``paragraphs``: the blocks of the flow → paragraphs; ``inserted_pictures``: photo,
   logos and signature
4. ``head``: name, label, contacts and photo; ``section_columns``: the sections, in one column or two;
   ``letter_parts``: the parts of a letter; ``page_setup``: paper and foot
5. ``word_document``: all of it in order, as bytes that are the same for the same document
6. ``word_writer``: the writer of the format, which measures pages through HTML
"""
