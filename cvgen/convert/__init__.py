"""Other tools' files → a profile: one module for each format, each with its table of fields."""
