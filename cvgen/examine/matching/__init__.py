"""Where the expected texts, sections and papers are in the text of a reader, and which lines are running heads."""
