"""Commands that need code of their own: fractions, roots, links, quotations, chemistry, quantities."""

from __future__ import annotations

import re
from collections.abc import Callable

from cvgen.model.inline import Code, Inline, Link, Math, Plain, Sub, Sup, plain_text
from cvgen.sources.inline import tex_commands as commands
from cvgen.sources.inline.chemistry import read_chemistry
from cvgen.sources.inline.siunitx import read_number, read_unit
from cvgen.sources.inline.tex_core import CoreReader, UnreadTex, strip_tex
from cvgen.sources.inline.tex_nodes import bracketed, join_math, join_text, trim_math

_BETWEEN_SIGNS = re.compile(r"([|!+\"/@=])(.*?)\1", re.DOTALL)
_CODE = re.compile(r"\"([0-9A-F]{1,4})|'([0-7]{1,5})|(\d{1,5})|`\\?(.)")
_BOX_WIDTH = re.compile(r"\s*(?:to|spread)\s*-?[\d.]+\s*[a-z]{2}\s*")
_SHIFT = re.compile(r"\s*-?\s*[\d.]+\s*(?:[a-z]{2})\s*")
_URL_ESCAPE = re.compile(r"\\([%#&_~{}$^])(?:\{\})?|\{?\\textasciitilde\b(?:\{\}|\s*)?\}?")


def _read_fraction(reader: CoreReader) -> list[Inline]:
    return [*bracketed(reader.argument()), Plain("/"), *bracketed(reader.argument())]


def _read_root(reader: CoreReader) -> list[Inline]:
    degree = reader.tokens.raw_option()
    power: list[Inline] = [Sup(join_math(reader.inner(degree, math=True)))] if degree else []
    return [*power, Plain("√"), *bracketed(reader.argument())]


def _read_binomial(reader: CoreReader) -> list[Inline]:
    return [Plain("C("), *reader.argument(), Plain(", "), *reader.argument(), Plain(")")]


def _read_ket(reader: CoreReader) -> list[Inline]:
    return [Plain("|"), *reader.argument(), Plain("⟩")]


def _read_bra(reader: CoreReader) -> list[Inline]:
    return [Plain("⟨"), *reader.argument(), Plain("|")]


def _read_bracket(reader: CoreReader) -> list[Inline]:
    first = reader.argument()
    return [Plain("⟨"), *first, *([Plain("|"), *reader.argument()] if reader.tokens.peek("{") else []), Plain("⟩")]


def _read_norm(reader: CoreReader) -> list[Inline]:
    return [Plain("‖"), *reader.argument(), Plain("‖")]


def _read_absolute(reader: CoreReader) -> list[Inline]:
    return [Plain("|"), *reader.argument(), Plain("|")]


def _read_modulo(reader: CoreReader) -> list[Inline]:
    return [Plain(" (mod "), *reader.argument(), Plain(")")]


def _read_over(reader: CoreReader) -> list[Inline]:
    over = join_math(reader.argument())
    return [*reader.argument(), *([Sup(over)] if over else [])]


def _read_under(reader: CoreReader) -> list[Inline]:
    under = join_math(reader.argument())
    return [*reader.argument(), *([Sub(under)] if under else [])]


def _read_arrow(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_option()
    return [Plain(" →"), *reader.wrap(Sup, reader.argument()), Plain(" ")]


def _read_double_struck(reader: CoreReader) -> list[Inline]:
    with reader.mode(math=True, upright=True):
        letters = plain_text(tuple(reader.argument()))
    return [Plain("".join(commands.DOUBLE_STRUCK.get(letter, letter) for letter in letters))]


def _read_formula(reader: CoreReader) -> list[Inline]:
    return [reader.formula("\\)")]


def _read_display(reader: CoreReader) -> list[Inline]:
    return [reader.formula("\\]")]


def _read_ensured(reader: CoreReader) -> list[Inline]:
    if reader.math:
        return reader.argument()
    start = reader.tokens.at
    with reader.mode(math=True):
        nodes = reader.argument()
    source = reader.tokens.source[start : reader.tokens.at].strip()
    source = source[1:-1] if source[:1] == "{" else source
    return [Math(source, trim_math(join_math(nodes)), reader.take_lost())]


def _read_environment(reader: CoreReader) -> list[Inline]:
    name = reader.tokens.raw_group() or ""
    reader.unread_tex.commands[f"\\begin{{{name}}}"] = True
    return []


def _read_environment_end(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_group()
    return []


def _read_code(reader: CoreReader) -> list[Inline]:
    text = plain_text(join_text(reader.text_argument()))
    return [Plain(text) if reader.math else Code(text)] if text else []


def _read_verbatim(reader: CoreReader) -> list[Inline]:
    found = reader.tokens.match(_BETWEEN_SIGNS)
    return [Code(found[2])] if found and found[2] else []


def _raw_address(reader: CoreReader) -> str:
    """The argument of ``\\url`` or ``\\path``: in braces, or between two like signs."""
    found = reader.tokens.match(_BETWEEN_SIGNS)
    return clean_url(found[2] if found else reader.raw())


def _read_path(reader: CoreReader) -> list[Inline]:
    return [Code(_raw_address(reader))]


def _read_url(reader: CoreReader) -> list[Inline]:
    url = _raw_address(reader)
    return _link(reader, url, [Plain(url)])


def _read_link(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_option()
    url = clean_url(reader.raw())
    return _link(reader, url, reader.argument())


def _link(reader: CoreReader, url: str, children: list[Inline]) -> list[Inline]:
    if re.match(r"(https?://|mailto:)", url, re.IGNORECASE):
        return [Link(url, join_text(children) or (Plain(url),))]
    kind = "an address is not a link to a web or mail address; its text is kept"
    reader.unread_tex.note(f"{url!r} is not a link to a web or mail address; its text is kept", "write https://…", kind)
    return children


def _read_quotation(reader: CoreReader) -> list[Inline]:
    level = 1 + reader.tokens.take("*")  # with a star, it is the quotation inside another
    while reader.tokens.raw_option():
        pass  # where the words are from
    reader.quotes += level
    opening, closing = "“”" if reader.quotes % 2 else "‘’"
    inner = reader.text_argument()
    reader.quotes -= level
    return [Plain(opening), *inner, Plain(closing)]


def _read_parenthesis(reader: CoreReader) -> list[Inline]:
    return [Plain("("), *reader.text_argument(), Plain(")")]


def _read_square_brackets(reader: CoreReader) -> list[Inline]:
    return [Plain("["), *reader.text_argument(), Plain("]")]


def _read_character(reader: CoreReader) -> list[Inline]:
    """``\\char"41``, ``\\char65``, ``\\symbol{65}``: a character by its number, which is its ASCII code."""
    group = reader.tokens.raw_group()
    found = reader.tokens.match(_CODE) if group is None else _CODE.fullmatch(group.strip())
    if group is None:
        reader.tokens.skip_space()
    if found is None:
        reader.unread_tex.commands["\\char"] = False
        return [Plain(strip_tex(group or ""))]
    number = next((int(d, base) for d, base in zip(found.groups()[:3], (16, 8, 10), strict=True) if d), None)
    character = found[4] if number is None else chr(number) if 32 <= number < 127 else ""
    if not character:
        reader.unread_tex.note(f"the character {found[0]} is not known; it is left out", "write the character itself")
    return [Plain(character)] if character else []


def _read_shifted(reader: CoreReader) -> list[Inline]:
    """``\\raise.5ex\\hbox{x}``: the box follows and is read on its own."""
    reader.tokens.match(_SHIFT)
    return []


def _read_box(reader: CoreReader) -> list[Inline]:
    """``\\hbox to 2pt{x}``."""
    reader.tokens.match(_BOX_WIDTH)
    return reader.text_argument()


def _read_break(reader: CoreReader) -> list[Inline]:
    """``\\discretionary{before}{after}{whole}``: what is printed where the line does not end."""
    reader.raw(), reader.raw()
    return reader.text_argument()


def _read_alternative(reader: CoreReader) -> list[Inline]:
    """``\\texorpdfstring{TeX}{text}``: the text where the TeX cannot be read."""
    first, second = reader.raw(), reader.raw()
    unread_tex = UnreadTex()
    reader.enter()
    nodes = type(reader)(first, unread_tex, math=reader.math, depth=reader.depth).read()
    reader.depth -= 1
    return reader.inner(second, math=reader.math) if unread_tex else nodes


def _read_chemistry(reader: CoreReader) -> list[Inline]:
    return read_chemistry(reader.raw(), lambda inner: reader.inner(inner, math=True))


def _read_quantity(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_option()
    number = read_number(reader.raw())
    unit = read_unit(reader.raw(), reader.unread_tex.commands)
    is_angle = plain_text(tuple(unit)) in ("°", "′", "″")
    return [*number, Plain("" if is_angle else "\u00a0"), *unit]


def _read_range(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_option()
    first, last = read_number(reader.raw()), read_number(reader.raw())
    return [*first, Plain("–"), *last, Plain("\u00a0"), *read_unit(reader.raw(), reader.unread_tex.commands)]


def _read_number(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_option()
    return read_number(reader.raw())


def _read_unit(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_option()
    return read_unit(reader.raw(), reader.unread_tex.commands)


def _read_angle(reader: CoreReader) -> list[Inline]:
    reader.tokens.raw_option()
    parts = [part.strip() for part in strip_tex(reader.raw()).split(";")]
    return [Plain("".join(p + sign for p, sign in zip(parts, "°′″", strict=False) if p))]


def clean_url(source: str) -> str:
    """The address that ``source`` writes in TeX."""
    url = _URL_ESCAPE.sub(lambda match: match[1] or "~", source.strip())
    return strip_tex(url) if re.search(r"[\\{}]", url) else url


FORMS: dict[str, Callable[[CoreReader], list[Inline]]] = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "cfrac", "sfrac", "nicefrac", "textfrac"), _read_fraction),
    "sqrt": _read_root,
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _read_binomial),
    "norm": _read_norm,
    "abs": _read_absolute,
    "ket": _read_ket,
    "bra": _read_bra,
    "braket": _read_bracket,
    **dict.fromkeys(("pmod", "pod"), _read_modulo),
    **dict.fromkeys(("stackrel", "overset"), _read_over),
    "underset": _read_under,
    "xrightarrow": _read_arrow,
    **dict.fromkeys(("mathbb", "mathds", "Bbb"), _read_double_struck),
    "(": _read_formula,
    "[": _read_display,
    "ensuremath": _read_ensured,
    "begin": _read_environment,
    "end": _read_environment_end,
    **dict.fromkeys(("texttt", "code", "lstinline"), _read_code),
    "verb": _read_verbatim,
    "path": _read_path,
    **dict.fromkeys(("url", "nolinkurl"), _read_url),
    "href": _read_link,
    **dict.fromkeys(("enquote", "mkbibquote", "textquote", "blockquote"), _read_quotation),
    "mkbibparens": _read_parenthesis,
    "mkbibbrackets": _read_square_brackets,
    **dict.fromkeys(("char", "symbol"), _read_character),
    **dict.fromkeys(("raise", "lower"), _read_shifted),
    **dict.fromkeys(("hbox", "vbox"), _read_box),
    "discretionary": _read_break,
    "texorpdfstring": _read_alternative,
    **dict.fromkeys(("ce", "cf", "chem"), _read_chemistry),
    **dict.fromkeys(("SI", "qty"), _read_quantity),
    **dict.fromkeys(("SIrange", "qtyrange"), _read_range),
    "num": _read_number,
    **dict.fromkeys(("si", "unit"), _read_unit),
    "ang": _read_angle,
}
"""The function that reads each command; it is called after the command's name has been read."""
