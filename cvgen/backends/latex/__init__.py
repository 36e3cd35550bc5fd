"""Document → LaTeX → PDF by latexmk with XeLaTeX or LuaLaTeX."""
