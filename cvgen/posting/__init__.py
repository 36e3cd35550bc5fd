"""Job postings: the terms that they ask for, what a document prints of them, and a variant that prints more. Pure.

1. ``posting``: the text → tokens, each with its line (``posting_lines``) and its zone (``posting_zones``)
2. ``posting_terms``: the tokens → terms; ``term_chunks`` cuts them, ``term_kinds`` finds their kinds, and
   ``term_builder`` makes one term of all places with the same words
3. ``required_levels`` and ``years_of_work``: compare years, degrees and languages with the profile
4. ``mentions`` and ``coverage``: where the profile and a document have the terms, or why they do not print them
5. ``suggested_variant``: tries out which settings show more of them

``posting_words`` has the words by which a posting is read, in the language that ``posting_language`` guesses, and
``profile_words`` those of the profile. ``docs/postings.md`` explains the rules to users.
"""
