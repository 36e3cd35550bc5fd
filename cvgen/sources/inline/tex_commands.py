"""The meaning of TeX commands: fonts, spaces, accents, logos, and symbols from pylatexenc's table.

This module lists only commands that the table lacks, and those that a CV should show in another way.
"""

from __future__ import annotations

from functools import lru_cache

from cvgen.model.inline import Bold, Italic, Sub, Sup


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CONTAINERS: dict[str, type[Bold] | type[Italic] | type[Sup] | type[Sub]] = {
    **dict.fromkeys(("emph", "textit", "textsl", "textem", "mkbibemph", "mkbibitalic"), Italic),
    **dict.fromkeys(("textbf", "pmb", "strong", "mkbibbold"), Bold),
    **dict.fromkeys(("textsuperscript", "up", "textsup", "sp", "mkbibsuperscript"), Sup),
    **dict.fromkeys(("textsubscript", "textsub", "sb", "mkbibsubscript"), Sub),
}
"""Commands whose text argument becomes one node, such as Bold."""
SWITCHES: dict[str, type[Bold] | type[Italic] | None] = {
    **dict.fromkeys(("it", "em", "sl", "itshape", "slshape"), Italic),
    **dict.fromkeys(("bf", "bfseries", "boldmath"), Bold),
    **dict.fromkeys(
        _words(
            "rm sf sc smc ssf cyr tt ttfamily cal mit normalfont rmfamily sffamily scshape upshape mdseries unboldmath "
            "normalsize small large Large LARGE huge Huge footnotesize scriptsize tiny centering raggedright "
            "raggedleft sloppy frenchspacing displaystyle textstyle scriptstyle scriptscriptstyle"
        ),
        None,
    ),
}
"""Commands that change the font of the rest of their group."""
_SIZES = _words("five six seven eight nine ten eleven twelve")
SWITCHES |= {size + font: SWITCHES.get(font) for size in _SIZES for font in _words("rm bf it sl tt sf sc pt point")}
SWITCHES |= {"slbf": Bold, "ssbf": Bold, "sltt": None}
CODE_SWITCHES = frozenset(("tt", "ttfamily"))
UPRIGHT_SWITCHES = frozenset(("rm", "sf", "tt", "bf", "normalfont", "rmfamily", "sffamily"))
TEXT_BOXES = frozenset(
    _words(
        "text textrm textnormal textup textmd textsf textsc mbox hbox fbox makebox framebox intertext acro "
        "acs acl ac textac uppercase MakeUppercase lowercase MakeLowercase NoCaseChange uline uuline uwave "
        "dashuline dotuline sout st xout hl textulc textlf textsw textssc singleletter rlap llap clap "
        "emphasize bibstring biblstring bibsstring autocap"
    )
)
"""Commands whose argument is printed as text, also in a formula."""
PLAIN_BOXES = frozenset(
    _words(
        "underline ul smash boxed cancel bcancel xcancel vcenter mathrlap mathllap mathclap overbrace "
        "underbrace overgroup undergroup overbracket underbracket overlinesegment underlinesegment "
        "underleftarrow underrightarrow underleftrightarrow overleftharpoon overrightharpoon substack mathop "
        "mathbin mathrel mathord mathopen mathclose mathpunct mathinner"
    )
)
"""Commands that draw a line or a bracket around their argument; only the argument is printed."""
MATH_FONTS: dict[str, tuple[bool, type[Bold] | None]] = {
    **dict.fromkeys(("mathrm", "mathsf", "mathtt", "mathup", "operatorname", "operatornamewithlimits"), (True, None)),
    **dict.fromkeys(("mathbf", "symbf", "mathbfit"), (True, Bold)),
    **dict.fromkeys(("bm", "boldsymbol", "bs"), (False, Bold)),
    **dict.fromkeys(("mathit", "mathcal", "mathscr", "mathfrak", "mathnormal", "frak", "euscr", "eusm"), (False, None)),
}  # fmt: skip
"""Commands for the font of a formula's letters: whether they are upright, and whether they are bold."""
LOST = frozenset(
    _words("mathcal mathscr mathfrak frak euscr eusm underline overbrace underbrace cancel bcancel xcancel boxed")
)
"""Commands of formulas that mean something which is not printed without TeX: other letters, braces, strokes."""
DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))

DROPPED: dict[str, int] = {
    **dict.fromkeys(_words(
        "phantom hphantom vphantom label index nocite noopsort SortNoop sortnoop selectlanguage color "
        "hypersetup pagecolor fontfamily fontseries fontshape fontencoding linespread"
    ), 1),
    **dict.fromkeys(_words("setlength addtolength setcounter fontsize addtocounter"), 2),
    **dict.fromkeys(_words(
        "protect relax noindent indent selectfont xspace allowbreak nobreak break bgroup egroup begingroup "
        "endgroup null nolinebreak nopagebreak leavevmode textcompwordmark ignorespaces unskip left right "
        "middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm biggm Biggm limits "
        "nolimits displaylimits nonumber notag strut mathstrut nobreakdash smallskip medskip bigskip newblock "
        "bibrangessep cyrchar"
    ), 0),
}  # fmt: skip
"""Commands that print nothing, and how many arguments they take."""
LENGTHS = frozenset(("hskip", "vskip", "kern", "mkern", "mskip", "hspace", "vspace"))
"""Commands with a length, in braces or without; a length above zero is printed as a space."""
SECOND_OF_TWO = frozenset(("textcolor", "colorbox", "foreignlanguage", "raisebox", "rotatebox", "scalebox", "parbox",
                           "bibfield", "bibinfo", "hyperlink", "textlang"))  # fmt: skip
"""Commands with two arguments, of which the second is printed."""
LEFT_OUT = frozenset(
    _words(
        "footnote footnotetext footnotemark thanks cite citet citep citealt citealp citeauthor citeyear "
        "citeyearpar Citet Citep textcite parencite autocite footcite fullcite ref eqref autoref cref Cref "
        "pageref tnoteref fnref corref titlenote authornote titlefootnote"
    )
)
"""Commands whose argument does not belong in a CV: it is left out and reported."""
STARRED = frozenset(("hspace", "vspace", "operatorname", "\\", *LEFT_OUT))
"""Commands that may have a star before their arguments."""

SPACES = {
    **dict.fromkeys((",", "thinspace"), "\u2009"),
    **dict.fromkeys((";", ":", " ", "\n", "\t", ">", "quad", "enspace", "enskip", "space", "\\", "newline", "par",
                     "linebreak", "hfill", "hfil", "medspace", "thickspace", "tabularnewline"), " "),
    "qquad": " ", "nobreakspace": "\u00a0", "Dash": "—", "emdash": "—", "dash": "–", "endash": "–", "hyphen": "-",
    "dq": '"', "psq": " sq.", "psqq": " sqq.",
    **dict.fromkeys(("!", "@", "-", "/", "negthinspace", "negmedspace", "negthickspace"), ""),
}  # fmt: skip
ACCENTS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a", "t": "\u0361", "U": "\u030e", "G": "\u030f", "f": "\u0311", "h": "\u0309",
    "textcommabelow": "\u0326", "textogonekcentered": "\u0328", "ogonek": "\u0328", "cb": "\u0326", "cedilla": "\u0327",
}  # fmt: skip
"""Accents over the first letter of their argument."""
MATH_ACCENTS = {
    "bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "dddot": "\u20db", "ddddot": "\u20dc", "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "mathring": "\u030a", "widehat": "\u0302", "widetilde": "\u0303", "widecheck": "\u030c", "overline": "\u0305",
    "overbar": "\u0304", "overrightarrow": "\u20d7", "overleftarrow": "\u20d6", "overleftrightarrow": "\u20e1",
    "underbar": "\u0332", "underaccent": "\u0332", "utilde": "\u0330", "wideparen": "\u0311", "not": "\u0338",
}  # fmt: skip
"""Accents over each letter of their argument."""
FUNCTIONS = frozenset(
    _words(
        "log ln exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf lim "
        "limsup liminf arg det dim deg gcd hom ker lg Pr argmax argmin mod bmod injlim projlim varliminf "
        "varlimsup tr Tr rank diag sgn sign arccosh arcsinh arctanh sech csch arccot choose"
    )
)
LOGOS = {
    "LaTeXe": "LaTeX2e", "AmS": "AMS", "AMS": "AMS",
    "AmSTeX": "AMS-TeX", "AmSLaTeX": "AMS-LaTeX", "eTeX": "e-TeX", "MF": "Metafont",
    "METAFONT": "Metafont", "MP": "MetaPost", "METAPOST": "MetaPost", "ConTeXt": "ConTeXt",
    "TUB": "TUGboat", "TUGboat": "TUGboat", "LyX": "LyX", "TikZ": "TikZ", "KOMAScript": "KOMA-Script",
    "CTAN": "CTAN",
}  # fmt: skip
_OTHERS = {
    "angstrom": "Å", "arcmin": "′", "arcsec": "″", "astrosun": "☉", "Bbbk": "𝕜", "bigdiamond": "◇", "bigodot": "⊙",
    "bigsqcup": "⊔", "bigstar": "★", "biguplus": "⊎", "blackdiamond": "◆", "Box": "□", "celsius": "°C", "cent": "¢",
    "checkmark": "✓", "clubsuit": "♣", "colon": ":", "coloneqq": "≔", "copyright": "©", "ddag": "‡", "ddagger": "‡",
    "degree": "°", "Diamond": "◇", "diamondsuit": "♦", "dotsb": "⋯", "earth": "⊕", "Earth": "⊕", "Envelope": "✉",
    "eqqcolon": "≕", "eth": "ð", "Eth": "Ð",
    "EUR": "€", "euro": "€", "farcm": "′", "farcs": "″", "fdg": "°", "fg": "\u00a0»",
    "flq": "‹", "flqq": "«", "frq": "›", "frqq": "»", "gets": "←", "glq": "‚", "glqq": "„", "grq": "‘", "grqq": "“",
    "gt": ">", "guillemetleft": "«", "guillemetright": "»", "hbar": "ℏ", "heartsuit": "♥", "hyp": "-", "iff": "⇔",
    "iiiint": "⨌", "Im": "Im", "imath": "ı", "impliedby": "⇐", "implies": "⇒", "intop": "∫", "item": "• ", "jmath": "ȷ",
    "Join": "⋈", "land": "∧", "lbrack": "[", "leadsto": "⇝", "Letter": "✉", "lhd": "⊲", "lor": "∨", "lparen": "(",
    "lq": "‘", "lt": "<", "mathparagraph": "¶", "mathsection": "§", "micro": "µ", "micron": "µm", "mum": "µm",
    "models": "⊨", "muup": "µ", "ne": "≠", "neg": "¬", "og": "«\u00a0", "over": "/", "owns": "∋", "P": "¶",
    "percent": "%", "permil": "‰", "perthousand": "‰", "pounds": "£", "prime": "′", "rbrack": "]", "Re": "Re",
    "restriction": "↾", "rhd": "⊳", "rparen": ")", "rq": "’", "S": "§", "slash": "/", "smallint": "∫",
    "spadesuit": "♠", "SS": "ẞ", "sun": "☉", "Sun": "☉", "textasciicircum": "^", "textasteriskcentered": "*",
    "textbar": "|", "textbraceleft": "{", "textbraceright": "}", "textcelsius": "°C", "textcopyleft": "🄯",
    "textdblhyphen": "-", "textgreater": ">", "textlangle": "⟨", "textless": "<", "textminus": "−",
    "textnumbersign": "#", "textohm": "Ω", "textpercent": "%", "textperiodcentered": "·", "textquotedbl": '"',
    "textquotestraightdblbase": "„", "textrangle": "⟩", "textsharp": "♯", "textsurd": "√",
    "texttildelow": "~", "textunderscore": "_",
    "thickapprox": "≈", "thorn": "þ",
    "Thorn": "Þ", "thicksim": "∼", "triangle": "△", "unlhd": "⊴", "unrhd": "⊵", "upmu": "µ", "varDelta": "Δ",
    "varGamma": "Γ", "varLambda": "Λ", "varOmega": "Ω", "varPhi": "Φ", "varPi": "Π", "varPsi": "Ψ", "varSigma": "Σ",
    "varTheta": "Θ", "vartriangle": "△", "varXi": "Ξ", "vDash": "⊨", "yen": "¥",
}  # fmt: skip
"""Symbols that pylatexenc does not know, or shows otherwise."""
RELATIONS = frozenset("≤≥≠≈∼∈→←⇒≪≫≡⊂⊆×±∝≃≅∉∋⊃⊇⇔⇐↔⟶⟵↦≲≳⩽⩾∓∪∩≺≻≼≽≔⊨⊢⇌⇝⟹⟺⟸÷∧∨⊗⊕↪∖∥⊥⟸⪅⪆≅≍≐≜⊏⊑⊐⊒⊲⊳⇀↛↠")
"""Symbols with a space on both sides in a formula."""


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """The symbols in pylatexenc's table of LaTeX commands, by name."""
    from pylatexenc.latex2text import get_default_latex_context_db  # takes 50 ms, and few profiles need it

    specs = get_default_latex_context_db().iter_macro_specs()
    return {
        spec.macroname: spec.simplify_repl.strip()
        for spec in specs
        if isinstance(spec.simplify_repl, str) and not any(sign in spec.simplify_repl for sign in "%<\n")
    }


def symbol(name: str) -> str | None:
    """The characters that the command ``name`` prints; None if it is not a known symbol."""
    found = _OTHERS.get(name)
    if found is None:
        found = LOGOS.get(name) or (name if name.endswith("TeX") else None) or _known().get(name)
    return found or None
