"""Document → LaTeX → PDF by XeLaTeX or LuaLaTeX."""
