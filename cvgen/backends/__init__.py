"""Document → markup → PDF. ``engines.py`` lists every engine and format; ``programs.py`` alone starts programs."""
