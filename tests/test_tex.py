"""TeX in the fields of a bibliography: printed as a reader expects it, or reported; never as TeX, never lost."""

from __future__ import annotations

import itertools
import re
import time
import unicodedata
from pathlib import Path

import pytest
from helpers import read_papers
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cvgen.model.inline import Bold, Code, Inline, Inlines, Italic, Link, Math, Plain, Sub, Sup, plain_text
from cvgen.sources.inline import tex_commands
from cvgen.sources.inline.formula import UnknownMathError, parse_math
from cvgen.sources.inline.journals import JOURNALS
from cvgen.sources.inline.tex_text import parse_latex


def read(source: str) -> tuple[str, list[str]]:
    """The text of a field and what is reported."""
    nodes, told = parse(source)
    return unicodedata.normalize("NFC", plain_text(nodes)), told


def parse(source: str) -> tuple[Inlines, list[str]]:
    told: list[str] = []
    return parse_latex(source, lambda message, hint, kind="": told.append(message)), told


def spaced(text: str) -> str:
    return " ".join(text.split())


# --- Formulas --------------------------------------------------------------------------------------------------------

FORMULAS = [
    (r"The $\alpha$4$\beta$2 receptor", "The α4β2 receptor"),
    (r"Bounds between $0$ and $1$ for $3$-colourings", "Bounds between 0 and 1 for 3-colourings"),
    (r"From $2$ to $4$ dimensions", "From 2 to 4 dimensions"),
    (r"Cooling to $-$50 K within $\sim$10 ms", "Cooling to −50 K within ∼10 ms"),
    (r"A $3/2$-approximation and a $5/4$-approximation", "A 3/2-approximation and a 5/4-approximation"),
    (r"Rank {$\leq$}3 and {$\ell_1$}", "Rank ≤3 and ℓ1"),
    (r"$\pm$3\,\% and $\pm$0.1\%", "±3 % and ±0.1%"),
    (r"$10^{-3}$ of 5$\times$5", "10−3 of 5×5"),
    (r"$<$5, $>$10, $=$3 and $\geq$18", "<5, >10, =3 and ≥18"),
    (r"1$\to$2, $Z$=$3$, $0.5$--$1.0$ keV", "1→2, Z=3, 0.5–1.0 keV"),
    (r"$2-$approximation", "2−approximation"),
    (r"$1,000$ samples at $50\%$ in $[0,1)$", "1,000 samples at 50% in [0,1)"),
    (r"$\sim$$10^5$ M$_\odot$", "∼105 M⊙"),
    (r"25$^\circ$C, 90$^{\circ}$, 5$'$-end, 3$^\prime$", "25°C, 90°, 5′-end, 3′"),
    (r"H$_2$O, $^{13}$C and $\mathrm{CO}_2$", "H2O, 13C and CO2"),
    (r"Growth of {${\rm GaN}(000\bar{1})$} on {GaN}{$\slash$}sapphire", "Growth of GaN(0001̄) on GaN/sapphire"),
    (r"0.35 {\(\mathrm{\mu}\)}m and $0.35\,\mathrm{\mu m}$", "0.35 µm and 0.35 µm"),
    (r"$0.72\,\textrm{\textmu m}$, $13\,\text{TeV}$, $13 TeV$", "0.72 µm, 13 TeV, 13 TeV"),
    (r"\[x^2\] and $$y^2$$ and \(z\)", "x2 and y2 and z"),
    (r"$\text{if } x > 0 \text{ and $y$ is}$", "if x > 0 and y is"),
    (r"$\textit{Gaia}$, $\mbox{Ly}\alpha$, $\texttt{foo}$, $\ensuremath{x}$", "Gaia, Lyα, foo, x"),
    (r"$\bar{x}$, $\hat\theta$, $\tilde{O}(n)$, $\overline{p}p$", "x̄, θ̂, Õ(n), p̄p"),
    (r"$\vec v$, $\dot x$, $\ddot x$, $\check{C}$, $\breve a$", "v⃗, ẋ, ẍ, Č, ă"),
    (r"$\acute e$, $\grave a$, $\mathring{A}$, $\underline{x}$", "é, à, Å, x̲"),
    (r"$\widehat{AB}$, $\overline{AB}$, $\bar{x_1}$", "ÂB̂, A̅B̅, x̄1"),
    (r"${\bf x}$ ${\it x}$ ${\tt x}$ ${\cal O}(n)$ $\rm km\,s^{-1}$", "x x x O(n) km s−1"),
    (r"$\mathcal{N}=4$, AdS$_5\times$S$^5$", "N = 4, AdS5×S5"),
    (r"$B_s^0 \to \mu^+\mu^-$ at $\sqrt{s} = 13$~TeV", "Bs0 → μ+μ− at √s = 13 TeV"),
    (r"$t\bar{t}H(b\bar{b})$, $W^\pm$", "tt̄H(bb̄), W±"),
    (r"$\dim V$, $\log_2 n$, $\sin x$, $\max_x f(x)$", "dim V, log2 n, sin x, maxx f(x)"),
    (r"$\operatorname*{argmax}_x f$, $\operatorname{rank}(A)$", "argmaxx f, rank(A)"),
    (r"$\frac{1}{2}$, $\frac{a+b}{c}$, $\tfrac12$, \sfrac{3}{4}", "1/2, (a+b)/c, 1/2, 3/4"),
    (r"$\sqrt[3]{x}$, $\binom{n}{k}$, $a \bmod n$, $a \pmod n$", "3√x, C(n, k), a mod n, a (mod n)"),
    (r"$\left(\frac{a}{b}\right)$, $\big|x\big|$, $\left. x \right|_0$", "(a/b), |x|, x|0"),
    (r"$\stackrel{a}{b}$, $\overset{!}{=}$, $\underset{x}{y}$", "ba, =!, yx"),
    (r"$\mathbb{R}^d$, $\mathfrak{g}$, $\hbar$, $\ell$, $\mathbf{x}$", "ℝd, g, ℏ, ℓ, x"),
    (r"$x\not\in A$, $x \neq y$, $a \ll b$", "x ∉ A, x ≠ y, a ≪ b"),
    (r"\bar{x}, \hat\theta, \alpha-helix, x \le y, \mathcal{O}(n)", "x̄, θ̂, α-helix, x ≤ y, O(n)"),
    (r"CO_{2} and 10^{-3} and 5^{th}", "CO2 and 10−3 and 5th"),
    (r"$n log n$ and $p < 0.05 and q > 1$", "n log n and p < 0.05 and q > 1"),
    (r"$\limsup_{n\to\infty} a_n$, $\sum_{i=1}^n x_i$", "limsupn→∞ an, ∑i=1nxi"),
    (r"$\ket{\psi}$, $\bra{x}$, $\braket{x}{y}$, $\sqrt{\smash[b]{s}}$", "|ψ⟩, ⟨x|, ⟨x|y⟩, √s"),
    (r"\textbf{bold $x^2$ text}", "bold x2 text"),
    (r"The $1S$ line, $2P$ and {$3A$}", "The 1S line, 2P and 3A"),
    (r"$\ensuremath{\beta}=1$, \ensuremath{\sim}5", "β = 1, ∼5"),
    (r"${\mathrm{H}}_{\mathrm{\ensuremath{\alpha}}}$ of ${\mathrm{O}}_{2}^{\mathrm{\ensuremath{-}}}$", "Hα of O2−"),
    (r"$\mathrm{H_2O}$, $\mathrm{\mu m}$, {$\slash$}", "H2O, µm, /"),
    (r"10\ifmmode^\circ\else\textdegree\fi{}C, $1\ifmmode\times\else\texttimes\fi{}2$", "10°C, 1 × 2"),
    (r"${s}^{\ifmmode\pm\else\textpm\fi{}}$, 3\ifmmode\times\else\texttimes\fi 4, \ifmmode x\fi y", "s±, 3×4, y"),
    (r"Mu\ifmmode \check{s}\else \v{s}\fi{}evi\ifmmode \check{c}\else \v{c}\fi{}", "Muševič"),
    (r"$T&gt;{T}_{c}$, $A&lt;51$, x \&gt; y, R\&D; A\&amp;A", "T > Tc, A < 51, x > y, R&D; A&A"),
    (r"$\frac{g_A}{g_V}$, $\frac{\bar{p}}{2}$, $\frac{ab}{c}$", "gA/gV, p̄/2, (ab)/c"),
    (r"(11\={2}0) and (1\=100)", "(112̄0) and (11̄00)"),
]


@pytest.mark.parametrize(("source", "seen"), FORMULAS)
def test_a_formula_is_printed_as_a_reader_expects_it(source: str, seen: str) -> None:
    text, told = read(source)
    assert spaced(text) == seen
    assert told == []


def test_scripts_and_fonts_of_a_formula_become_nodes() -> None:
    nodes, _ = parse(r"$x^{-1}$ ${\bf y}_0$")
    assert nodes == (
        Math("x^{-1}", (Italic((Plain("x"),)), Sup((Plain("−1"),)))),
        Plain(" "),
        Math(r"{\bf y}_0", (Bold((Plain("y"),)), Sub((Plain("0"),)))),
    )


# --- Money -----------------------------------------------------------------------------------------------------------

MONEY = [
    "It cost $5 and $10",
    "costs $20-$30",
    "from $3.5M--$4M",
    "US$ 3 million",
    "US$ 3 million and US$ 5 million",
    "($5) and ($10)",
    "-$50 to -$60",
    "$5, $10 and $15",
    "between 5$ and 10$ per kg",
    "in US$ per capita",
    "A$5m against HK$ 40",
    "$100M raised at $1B",
    "the price in $/kWh",
    r"$3\%-$5\%",
    r"\$5 and \$10",
    "only $5",
]


@pytest.mark.parametrize("source", MONEY)
def test_money_keeps_its_dollar_sign(source: str) -> None:
    text, told = read(source)
    assert text == source.replace("\\", "").replace("--", "–")
    assert told == []


AMOUNTS = ("5", "1,000", "3.50", "20 million", "3M", ".99")
BETWEEN = (" and ", "-", " to ", ", ", "/", " or even ")
FORMULA = (r"\alpha", "n", r"\pm", "x^2", "-", r"\sim", "0", "3/2", "k=5", r"\leq", "10^{-3}", "H_2", "p<0.05")


@pytest.mark.parametrize("amount", AMOUNTS)
def test_two_amounts_are_money(amount: str) -> None:
    sources = [f"Paying ${amount}{between}${second} a year" for between in BETWEEN for second in AMOUNTS]
    assert {source: read(source) for source in sources} == {source: (source, []) for source in sources}


@pytest.mark.parametrize("formula", FORMULA)
def test_an_amount_and_a_formula_are_told_apart(formula: str) -> None:
    alone, _ = read(f"${formula}$")
    expected: dict[str, tuple[str, list[str]]] = {}
    for amount in AMOUNTS:
        expected[f"Paying ${amount} for ${formula}$ now"] = (f"Paying ${amount} for {alone} now", [])
        expected[f"For ${formula}$ paying ${amount}"] = (f"For {alone} paying ${amount}", [])
    assert {source: read(source) for source in expected} == expected


@pytest.mark.parametrize("first", FORMULA)
def test_two_formulas_leave_no_dollar_sign(first: str) -> None:
    wrong = {}
    for between, second in itertools.product((" and ", "-", "5", "", " to ", "x"), FORMULA):
        source = f"Of ${first}${between}${second}$ here"
        text, told = read(source)
        if "$" in text or told or not (spaced(text).startswith("Of ") and text.endswith(" here")):
            wrong[source] = (text, told)
    assert wrong == {}


@pytest.mark.parametrize("source", ["Unclosed $x_1 of it", "A$AP and Ke$ha", "the $quick brown$ fox", "a $ b"])
def test_a_dollar_sign_that_means_nothing_is_left_out_and_reported_once(source: str) -> None:
    text, told = read(source)
    assert text == source.replace("$", "").replace("  ", " ") or text == source.replace("$", "")
    assert len(told) == 1
    assert "dollar sign" in told[0]


# --- Text ------------------------------------------------------------------------------------------------------------

TEXTS = [
    (r"\LaTeXe{} and \XeTeX: \LaTeX, \LaTeX{} is, \TeX, \BibTeX", "LaTeX2e and XeTeX: LaTeX, LaTeX is, TeX, BibTeX"),
    (r"\LuaLaTeX, \pdfTeX, \XeLaTeX, \LaTeX\ is", "LuaLaTeX, pdfTeX, XeLaTeX, LaTeX is"),
    (r"{\tt foo} {\sl slanted} {\sc caps} {\bf bold} {\it x} {\rm r}", "foo slanted caps bold x r"),
    (r"\acro{PDF}, \textup{x}, \textnormal{y}, \textmd{z}", "PDF, x, y, z"),
    (r"\underline{u} \uline{v} \sout{w} \hl{x}", "u v w x"),
    (r"\textcolor{red}{red}, {\color{red} red}, \colorbox{blue}{box}", "red, red, box"),
    (r"location--\hspace{0pt}allocation, a\hspace{1cm}b", "location–allocation, a b"),
    (r"a\hskip 2pt plus 1pt b, c\kern-0.2em d, e\hfill f, g\vspace{2mm}h", "a b, cd, e f, g h"),
    (r"a\,b\;c\:d\!e\quad f\ g\thinspace h\enspace i~j\@ k\-l\/m", "a b c de f g h i j klm"),
    (r"A~\emph{b} and 25\,$^\circ$C", "A b and 25 °C"),
    (r"{\'\i} \'{\i} \'\i x \"{\i} {\={\i}} \a'e {\a=o} \t{oo}", "í í íx ï ī é ō o͡o"),
    (r"\v{S} \c{c} \k a \H{o} \d{s} \b{b} \r u {\dj} \DJ{} \.I", "Š ç ą ő ṣ ḇ ů đ Đ İ"),
    (r"\~{\^e} {\~{\^e}} \~{\^{e}} \'{\u a} \d{\^e} \'{\"u}", "ễ ễ ễ ắ ệ ǘ"),
    (
        r"Kr\o yer, {\O}re, \AA ngstr\"om, Stra\ss e, \oe uvre, \L{}\'od\'z",
        "Krøyer, Øre, Ångström, Straße, œuvre, Łódź",
    ),
    (r"5\textdegree C, 5\degree C, \textmu m, \S 3, \P2, \euro 5, \pounds5", "5°C, 5°C, µm, §3, ¶2, €5, £5"),
    (r"N\textordmasculine, m\texttwosuperior, \copyright{} 2020, a\ldots{} b", "Nº, m², © 2020, a… b"),
    (r"\c \i, \c{\i}, \c i, \'{\i}, \d{\i}", "ı̧, ı̧, i̧, í, ı̣"),
    (r"\og mot\fg{} \guillemotleft mot\guillemotright{} \glqq Wort\grqq", "« mot » «mot» „Wort“"),
    (r"\enquote{outer \enquote{inner}}", "“outer ‘inner’”"),
    (r"\texorpdfstring{H$_2$O}{H2O}, \texorpdfstring{\mymacro}{plain}", "H2O, plain"),
    (r"\ce{H2O}, \ce{SO4^2-}, \ce{^{13}C}, \ce{A + B -> C}, \ce{Ca(OH)2}", "H2O, SO42−, 13C, A + B → C, Ca(OH)2"),
    (r"\ce{$\alpha$-Fe2O3}, \ce{La_{1-x}Sr_xMnO3}, \ce{NH4+}", "α-Fe2O3, La1−xSrxMnO3, NH4+"),
    (r"\SI{3}{\micro\meter}, \SI{5}{\kilo\metre\per\hour}, \SI{25}{\celsius}", "3 µm, 5 km/h, 25 °C"),
    (r"\num{1e-3}, \num{12 345}, \si{\kilo\watt\hour}, \qty{3}{m/s}, \ang{45}", "1 × 10−3, 12 345, kW h, 3 m/s, 45°"),
    (r"\path{a/b_c}, \verb|x_y|, \texttt{a\_b}", "a/b_c, x_y, a_b"),
    (r"\protect\textbf{x} \selectlanguage{english}\foreignlanguage{german}{Stra\ss e}", "x Straße"),
    (r"a\label{foo}b \phantom{zz}c \raisebox{2pt}{d} {\noopsort{1973}}e", "ab c d e"),
    (r"R\&D 100\% \#1 a\_b \{c\} \textbackslash n \textasciitilde", r"R&D 100% #1 a_b {c} \ n ~"),
    (r"x^2 and a_b_c and C:/x", "x^2 and a_b_c and C:/x"),
    (r"\mkbibquote{a \enquote{b}}, \textquote[Lin]{c}, \blockquote{d}, \enquote*{e}", "“a ‘b’”, “c”, “d”, ‘e’"),
    (r"\lq a\rq, \lq\lq b\rq\rq, \glqq c\grqq, \flqq d\frqq", "‘a’, “b”, „c“, «d»"),
    (r"\lq a\rq\ b, don\textquoteright t, \textquoteleft c\textquoteright d", "‘a’ b, don’t, ‘c’ d"),
    (r"\mkbibemph{a} \mkbibbold{b} \mkbibparens{c} \mkbibbrackets{d} x\mkbibsuperscript{2}", "a b (c) [d] x2"),
    (
        r"a\Dash b, c\emdash d, 1\dash 2, e\hyphen f, h\discretionary{-}{}{}i, \bibstring{and}",
        "a—b, c—d, 1–2, e-f, hi, and",
    ),
    (r"{\smc a} {\ssf b} {\cyr c} {\tenrm d} {\eightbf e} {\sltt f}", "a b c d e f"),
    (r'\char"42 c', "Bc"),
    (r"\char65 b, \char`\& d, \char'101 e, \symbol{94}f", "Ab, &d, Ae, ^f"),
    (r"a\raise.5ex\hbox{b}, \lower 2pt\hbox{c}, \hbox to 2pt{d}", "ab, c, d"),
    (r"\path|a_b|, \cyrchar\CYRA\cyrchar\cyrb, 0.35 \mum, {\Thorn}\'or, \texttildelow", "a_b, Аб, 0.35 µm, Þór, ~"),
    (r"o{$\not$}, S{$\not$}orensen, So$\not$rensen, l{$\not$}, {$\not$}Odense", "ø, Sørensen, Sørensen, ł, Ødense"),
    (
        r"Fluage \`a haute temp\'erature, l'\'etude `\`a la Lin' d'un",
        "Fluage à haute température, l'étude ‘à la Lin’ d'un",
    ),
    (r"the `don't' rule, `Na\"ive' and \`{A} propos d'eau", "the ‘don't’ rule, ‘Naïve’ and À propos d'eau"),
]


@pytest.mark.parametrize(("source", "seen"), TEXTS)
def test_commands_in_a_text_are_printed_as_a_reader_expects_them(source: str, seen: str) -> None:
    text, told = read(source)
    assert spaced(text) == seen
    assert told == []


def test_links_and_code_become_nodes() -> None:
    nodes, told = parse(r"\href{https://x.org/a\_b\%20c}{\emph{here}} \url{https://x.org/\~{}u--v} {\tt code}")
    assert nodes == (
        Link("https://x.org/a_b%20c", (Italic((Plain("here"),)),)),
        Plain(" "),
        Link("https://x.org/~u--v", (Plain("https://x.org/~u--v"),)),
        Plain(" "),
        Code("code"),
    )
    assert told == []


def test_a_font_switch_holds_to_the_end_of_its_group() -> None:
    nodes, _ = parse(r"a {\bf b \it c} d")
    assert nodes == (Plain("a "), Bold((Plain("b "), Italic((Plain("c"),)))), Plain(" d"))


@pytest.mark.parametrize(
    "source",
    [
        *(r"T\footnote{Some {words}}", r"T\thanks{Some {words}}", r"T\cite[p.~1]{words}", r"T\citet*{words}"),
        *(r"T\footnotemark[words]", r"T\citet[see][p. 1]{words}", r"T\citep{a,words}"),
    ],
)
def test_a_footnote_or_citation_is_left_out_and_its_words_are_reported(source: str) -> None:
    text, told = read(source)
    assert text == "T"
    assert len(told) == 1
    assert "words" in told[0]


@pytest.mark.parametrize(
    "source",
    [
        r"\textbackslash{}beta-Ga",
        r"In\_\{x\}Ga\_\{1-x\}N",
        r"on \$m\$-plane GaN",
        r"Do\textbackslash{}vgan",
        r"\$\textbackslash{}alpha\$",
    ],
)
def test_tex_that_a_tool_has_escaped_is_printed_as_written_and_reported_once(source: str) -> None:
    text, told = read(source)
    assert text == source.replace(r"\textbackslash{}", "/").replace("\\", "").replace("/", "\\")
    assert len(told) == 1
    assert "escaped" in told[0]


@pytest.mark.parametrize("source", [r"\$5 and \$10", r"a\_b \{c\}", r"C:\textbackslash x", r"50\% \& \#1"])
def test_escaped_signs_alone_are_no_mistake(source: str) -> None:
    assert read(source)[1] == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (r"\foo", r"the command \foo is not known; its name is printed"),
        (r"\foo{x}", r"the command \foo is not known; its text is printed"),
        (r"\foo{} \bar{x} \baz", r"the commands \foo, \baz are not known; their names are printed"),
        (r"\foo \baz{y}", r"the commands \foo, \baz are not known; their texts or names are printed"),
        (r"the \ifmmode x", r"the command \ifmmode is not known; its name is printed"),
        (r"(0001\=)", "an accent has no letter under it and is left out"),
        (r"\char233", "the character 233 is not known; it is left out"),
    ],
)
def test_a_report_says_what_is_printed(source: str, told: str) -> None:
    assert read(source)[1] == [told]


# --- Tables ----------------------------------------------------------------------------------------------------------


def known_symbols() -> list[str]:
    known = {*tex_commands._OTHERS, *tex_commands._known(), *tex_commands.LOGOS}
    return sorted(known - {*tex_commands.MATH_ACCENTS, *tex_commands.ACCENTS})


@pytest.mark.parametrize("form", [r"a \%s{} b", r"$\%s$"])
def test_every_symbol_prints_a_character_in_text_and_in_formulas(form: str) -> None:
    literal = {"{", "}", "_", "#", "&", "$", "|", "backslash", "textbackslash", "lbrace", "rbrace", "textbraceleft",
               "textbraceright", "textdollar", "textasciitilde"}  # fmt: skip
    silent = {*tex_commands.LENGTHS, "-", "!", "/", "@", "textcompwordmark", "nolinebreak"}
    for name in known_symbols():
        text, told = read(form % name)
        text = text.removeprefix("a ").removesuffix(" b") if " b" in form else text
        assert told == [], (name, told)
        assert name in literal or not re.search(r"[\\${}]", text), (name, text)
        assert text.strip() or name in silent or name in tex_commands.SPACES, name


def arguments(name: str) -> str:
    return "{}" if name in tex_commands.SWITCHES else "{x}"


@pytest.mark.parametrize("form", [r"{\%s%s q}", r"${\%s%s q}$"])
def test_every_command_around_words_keeps_them(form: str) -> None:
    names = [*tex_commands.CONTAINERS, *tex_commands.SWITCHES, *tex_commands.TEXT_BOXES, *tex_commands.PLAIN_BOXES,
             *tex_commands.MATH_FONTS]  # fmt: skip
    for name in names:
        text, told = read(form % (name, arguments(name)))
        assert told == [], (name, told)
        assert text.replace("x", "").strip(" \u0332") == "q", (name, text)
        assert "x" in text or name in tex_commands.SWITCHES, name


@pytest.mark.parametrize("form", [r"\%s{x}", r"$\%s{x}$", r"$\%s x$", r"$\%s\alpha$"])
def test_every_accent_is_a_combining_character(form: str) -> None:
    for name, mark in (tex_commands.MATH_ACCENTS | tex_commands.ACCENTS).items():
        text, told = read(form % name)
        assert told == []
        found = unicodedata.normalize("NFD", text)
        assert found[0] in "xα", (name, text)
        assert mark in found or name == "overline", (name, text)
        assert len(found) == 2, (name, text)


# --- Journals --------------------------------------------------------------------------------------------------------


def venue_of(folder: Path, journal: str) -> tuple[str, list[str]]:
    bib = f"@article{{k, title = {{T}}, author = {{Lin, Wei}}, year = 2024, journal = {journal}}}"
    reading = read_papers(folder, bib)
    assert reading.career is not None
    (paper,) = reading.career.publications
    return str(paper.venue), [problem.message for problem in reading.problems]


@pytest.mark.parametrize(
    ("journal", "venue"),
    [
        (r"{\apj}", "The Astrophysical Journal"),
        (r"{\apjl}", "The Astrophysical Journal Letters"),
        (r"{{\mnras}}", "Monthly Notices of the Royal Astronomical Society"),
        (r'"\aap"', "Astronomy & Astrophysics"),
        (r"{\prd\ B}", "Physical Review D B"),
        (r"{\araa{}}", "Annual Review of Astronomy and Astrophysics"),
        (r"{Proc. of \pasp}", "Proc. of Publications of the Astronomical Society of the Pacific"),
    ],
)
def test_a_journal_macro_is_the_journals_name(tmp_path: Path, journal: str, venue: str) -> None:
    assert venue_of(tmp_path, journal) == (venue, [])


def test_every_journal_macro_is_read() -> None:
    for macro, journal in JOURNALS.items():
        assert read(f"\\{macro}") == (journal, []), macro


def test_an_unknown_macro_prints_its_name_and_is_reported(tmp_path: Path) -> None:
    venue, told = venue_of(tmp_path, r"{\jxyz}")
    assert venue == "jxyz"
    assert len(told) == 1
    assert r"\jxyz" in told[0]


# --- What cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "seen", "named"),
    [
        (r"a \foo b \foo c \bar{x} \baz{d}", "a foo b foo c x̄ d", [r"\foo", r"\baz"]),
        (r"$\foo x$ and $\foo y$", "foo x and foo y", [r"\foo"]),
        (r"\begin{center}x\end{center}", "x", [r"\begin{center}"]),
        (r"\mine[opt]{x}{y}", "mine[opt]xy", [r"\mine"]),
        (r"\SI{3}{\furlong}", "3 furlong", [r"\furlong"]),
    ],
)
def test_unknown_commands_of_a_field_are_named_in_one_report(source: str, seen: str, named: list[str]) -> None:
    text, told = read(source)
    assert spaced(text) == seen
    (message,) = told
    assert all(name in message for name in named)


DEEP = {
    "scripts": "$" + "x^{" * 1500 + "y" + "}" * 1500 + "$",
    "emphasis": r"\emph{" * 5000 + "word" + "}" * 5000,
    "fractions": "$" + r"\frac{" * 1200 + "1" + "}{2}" * 1200 + "$",
    "roots": "$" + r"\sqrt" * 3000 + " x$",
    "roots in text": r"\sqrt" * 3000 + " x",
    "switches": r"\bf " * 5000 + "x",
    "accents": r"\'" * 4000 + "e",
    "carets": "$" + "^" * 4000 + "$",
    "formulas in text in formulas": "$" + r"\text{$" * 2000 + "x" + "$}" * 2000 + "$",
    "formulas that open": r"\(" * 4000,
    "links": r"\href{a}{" * 2000 + "x" + "}" * 2000,
}


@pytest.mark.parametrize("source", DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_is_reported_in_no_time(tmp_path: Path, source: str) -> None:
    started = time.monotonic()
    text, told = read(source)
    assert told == ["this LaTeX is nested too deeply"]
    assert not re.search(r"[\\${}]", text)
    bib = f"@article{{k, title = {{{source}}}, author = {{{source} and Lin, Wei}}, year = 2024}}"
    assert read_papers(tmp_path, bib).career is not None
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("source", ["{$" * 3000, "$5 {" * 3000, "$" * 9001, "$5 and " * 4000, "$x " * 4001])
def test_many_dollar_signs_take_no_time(source: str) -> None:
    started = time.monotonic()
    read(source)
    assert time.monotonic() - started < 2


def test_a_formula_of_a_profile_may_not_be_nested_too_deeply() -> None:
    with pytest.raises(UnknownMathError, match="nested too deeply"):
        parse_math(r"\sqrt{" * 100 + "x" + "}" * 100)


WORDS = ("qva", "qvb", "qvc", "qvd")
BITS = (
    *("$", "$$", "{", "}", "^", "_", "~", "-", "--", "`", "'", "``", "''", '"', " ", "  ", "x", "é", "中", ",", "."),
    *(r"\(", r"\)", r"\[", r"\]", "[", "]", "(", ")", "%", "&", "#", "<i>", "</i>", r"\ ", r"\,", "*", "|", "!", "?"),
    *(r"\foo ", r"\foo", r"\emph", r"\textbf{", r"\bf ", r"\rm ", r"\frac", r"\sqrt", r"\hat", r"\'", r"\~", r"\alpha"),
    *(r"\text{", r"\mathrm{", r"\ce{", r"\left(", r"\LaTeX", r"\apj", r"\o ", r"\i", r"\textcolor{red}", r"\url", "\\"),
)  # fmt: skip


def close_braces(source: str) -> str:
    """``source`` with its braces in pairs, as a field of BibTeX has them."""
    out, depth = "", 0
    for character in source:
        if character == "}" and depth == 0:
            continue
        depth += {"{": 1, "}": -1}.get(character, 0)
        out += character
    return out + "}" * depth


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*BITS, *WORDS]), max_size=12).map("".join).map(close_braces))
def test_no_tex_is_ever_printed_and_no_word_is_lost(source: str) -> None:
    assume(not re.search(r"\\[{}$\\]|\\\s*$", source))
    text, _ = read(source)
    assert not re.search(r"[\\${}]", text)
    words = re.findall("|".join(WORDS), re.sub(r"\\[A-Za-z]+", " ", source))
    bare = re.sub(r"[^a-zA-Z]", "", unicodedata.normalize("NFD", text))
    assert all(bare.count(word) >= words.count(word) for word in words)


def test_nodes_are_joined() -> None:
    def is_joined(nodes: tuple[Inline, ...]) -> bool:
        return not any(isinstance(a, Plain) and isinstance(b, Plain) for a, b in itertools.pairwise(nodes))

    nodes, _ = parse(r"a \foo{b} {c} \emph{d {e} \TeX} f")
    assert is_joined(nodes)
    assert all(is_joined(node.children) for node in nodes if isinstance(node, Italic))
