"""TeX as it stands in texts and formulas, to inline nodes, with one set of commands for both.

People use commands of text in formulas and the reverse, so both modes share their tables. pylatexenc's own parser is
not used: it has no bound for nesting, and drops what it cannot parse. Nothing is dropped here: a command that is not
known is noted, and its name or its argument is printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cvgen.model.inline import Bold, Code, Inline, Italic, Link, Math, Plain, Sub, Sup, plain_text
from cvgen.sources import tex_commands as commands
from cvgen.sources.chemistry import read_chemistry
from cvgen.sources.journals import JOURNALS
from cvgen.sources.tex_nodes import bracketed, join_math, join_text, put_accent, trim_math
from cvgen.sources.tex_tokens import Tokens
from cvgen.sources.units import read_number, read_unit

MAX_DEPTH = 40
"""How deep groups and arguments may be nested; people stay below ten."""
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
_CLOSERS = frozenset(("}", "\\)", "\\]", "$"))
_LENGTH = re.compile(r"=?\s*(-?\s*[\d.]*)\s*(?:\\[A-Za-z]+|[a-z]{2})?(?:\s*(?:plus|minus)\s*[\d.]+\s*[a-z]{2,4})*")
_URL_ESCAPE = re.compile(r"\\([%#&_~{}$^])(?:\{\})?|\{?\\textasciitilde\b(?:\{\}|\s*)?\}?")


class TooDeepError(ValueError):
    """Groups or arguments are nested deeper than MAX_DEPTH."""


@dataclass(slots=True)
class Trouble:
    """What could not be read, each once and in order: commands, and other things as message and hint."""

    commands: dict[str, None] = field(default_factory=dict)
    notes: dict[tuple[str, str], None] = field(default_factory=dict)

    def note(self, message: str, hint: str) -> None:
        """Note something that is not a command."""
        self.notes[message, hint] = None

    def __bool__(self) -> bool:
        return bool(self.commands or self.notes)


class TexReader:
    """Reads one source; ``trouble`` collects what it could not read. Raises TooDeepError."""

    def __init__(self, source: str, trouble: Trouble, *, math: bool = False, depth: int = 0) -> None:
        self.tokens, self.trouble, self.depth = Tokens(source), trouble, depth
        self.math, self.upright, self.quotes = math, False, 0

    def read(self) -> list[Inline]:
        """The nodes of the whole source."""
        return self._until(None)

    def read_formula(self) -> Math:
        """The whole source as one formula."""
        return Math(self.tokens.source, trim_math(join_math(self.read())))

    def _until(self, closing: str | None) -> list[Inline]:
        nodes: list[Inline] = []
        while True:
            if not self.math and (run := self.tokens.next_run()):
                nodes.append(Plain(_LIGATURES.get(run, run)))
                continue
            token = self.tokens.next()
            if token == closing:
                return nodes
            if token is None:
                self._broken(f"a {closing.lstrip(chr(92)) if closing else ''} that is not closed", closing)
                return nodes
            if token[1:] in commands.SWITCHES:
                return [*nodes, *self._switch(token[1:], closing)]
            if token in _CLOSERS and not (token == "$" and not self.math):
                self._broken(f"a {token.lstrip(chr(92))} too many", token)
                continue
            nodes += self._atom(token)

    def _broken(self, what: str, sign: str | None) -> None:
        if sign == "}" and "not closed" in what:
            what = "a { that is not closed"
        self.trouble.note(f"the {'formula' if self.math else 'text'} has {what}", "write each bracket and brace in pairs")

    def _deeper(self, closing: str | None) -> list[Inline]:
        self._enter()
        nodes = self._until(closing)
        self.depth -= 1
        return nodes

    def _enter(self) -> None:
        if self.depth >= MAX_DEPTH:
            raise TooDeepError("this TeX is nested too deeply")
        self.depth += 1

    @contextmanager
    def _mode(self, *, math: bool | None = None, upright: bool = False) -> Iterator[None]:
        saved = self.math, self.upright
        self.math, self.upright = (self.math if math is None else math), upright
        yield
        self.math, self.upright = saved

    def _group(self) -> list[Inline]:
        with self._mode(upright=self.upright):
            return self._deeper("}")

    def _argument(self) -> list[Inline]:
        start = self.tokens.at
        token = self.tokens.next_solid()
        if token is None or token in _CLOSERS:
            self.tokens.at = start
            what = "formula" if self.math else "text"
            self.trouble.note(f"the {what} ends where an argument should stand", "write the argument in braces")
            return []
        self._enter()
        nodes = self._atom(token)
        self.depth -= 1
        return nodes

    def _text_argument(self) -> list[Inline]:
        with self._mode(math=False):
            return self._argument()

    # Atoms

    def _atom(self, token: str) -> list[Inline]:
        if token == "{":
            return self._group()
        if token[0] == "\\" and len(token) > 1:
            return self._command(token[1:])
        if token in "^_" and (self.math or self.tokens.peek("{") or self.tokens.peek("\\")):
            return self._script(token)
        if token == "~":
            return [Plain("\u00a0")]
        if token == "$":
            return [self._formula("$")]
        if not self.math:
            return [Plain(token)]
        return self._math_space(token) if token.isspace() else self._math_character(token)

    def _math_character(self, token: str) -> list[Inline]:
        if token.isalpha() and token.isascii():
            return [Plain(token) if self.upright else Italic((Plain(token),))]
        if token in "=<>":
            return [Plain(f" {token} ")]
        if token == "-" and self.upright:
            return [Plain(token)]
        return [Plain({"-": "−", "*": "∗", "'": "′", "&": " ", "\\": ""}.get(token, token))]

    def _math_space(self, token: str) -> list[Inline]:
        """TeX prints no space between letters; words that somebody wrote into a formula keep theirs."""
        source, end = self.tokens.source, self.tokens.at
        before, after = source[max(0, end - len(token) - 2) : end - len(token)], source[end : end + 2]
        words = re.fullmatch(r"[A-Za-z]{2}|.?\d|[A-Za-z]", before[-2:] if before[-2:].isalpha() else before[-1:])
        between = words is not None and re.match(r"[A-Za-z]{2}|\d", after) is not None
        after_word = before.isalpha() and len(before) == 2 and after[:1].isalnum()
        is_word = re.match(r"[A-Za-z]{2}", after) is not None and before[-1:].isalnum()
        return [Plain(" ")] if after_word or (between and is_word) else []

    def _script(self, token: str) -> list[Inline]:
        inner = join_math(self._argument()) if self.math else join_text(self._argument())
        text = plain_text(inner).strip()
        if token == "^" and text in ("∘", "°", "◦"):
            return [Plain("°")]
        if token == "^" and text and not text.strip("′"):
            return [Plain(text)]
        return [Sup(inner) if token == "^" else Sub(inner)] if inner else []

    def _formula(self, closing: str) -> Math:
        start = self.tokens.at
        with self._mode(math=True):
            nodes = self._deeper(closing)
        end = self.tokens.at - len(closing)
        return Math(self.tokens.source[start:end].strip(), trim_math(join_math(nodes)))

    def _wrap(self, container: type[Bold] | type[Italic] | type[Sup] | type[Sub], nodes: list[Inline]) -> list[Inline]:
        inner = join_math(nodes) if self.math else join_text(nodes)
        return [container(inner)] if inner else []

    def _switch(self, name: str, closing: str | None) -> list[Inline]:
        """The rest of the group in the font that ``name`` switches to."""
        self.tokens.skip_space()
        container = commands.SWITCHES[name]
        with self._mode(upright=self.upright or name in commands.UPRIGHT_SWITCHES):
            rest = self._deeper(closing)
        if container is Code:
            return rest if self.math or not rest else [Code(plain_text(join_text(rest)))]
        if container is None or (self.math and container is Italic):
            return rest
        return self._wrap(container, rest)

    # Commands

    def _command(self, name: str) -> list[Inline]:
        before = self.tokens.source[: self.tokens.at - len(name) - 1][-1:]
        space = self.tokens.skip_space() if name[0].isalpha() else ""
        if name in commands.STARRED:
            self.tokens.take("*")
        if name in _HANDLERS:
            return _HANDLERS[name](self)
        for read in (self._accent, self._box, self._nothing, self._space):
            if (nodes := read(name)) is not None:
                return nodes
        if self.math and name in commands.FUNCTIONS:
            return [Plain(f" {name} ")]
        return self._symbol(name, space, spaced=before.isspace())

    def _accent(self, name: str) -> list[Inline] | None:
        if name == "a" and self.tokens.source[self.tokens.at : self.tokens.at + 1] in ("'", "`", "="):
            name = self.tokens.next() or ""  # \a'e is \'e inside a tabbing
        if name in commands.MATH_ACCENTS:
            base = self._argument()
            is_bar = name == "overline" and len(plain_text(tuple(base))) == 1
            return put_accent(base, commands.MATH_ACCENTS["bar" if is_bar else name], on_each=True)
        if name not in commands.ACCENTS:
            return None
        if self.tokens.at >= len(self.tokens.source) or self.tokens.peek("}"):
            return [Plain("" if name.isalpha() else name)]
        base = self._argument()
        text = plain_text(tuple(base))
        if not text[:1].isalpha():
            return [Plain("" if name.isalpha() else name), *base]
        return put_accent(base, commands.ACCENTS[name], on_each=False)

    def _box(self, name: str) -> list[Inline] | None:
        """Commands around an argument."""
        if name in commands.CONTAINERS:
            return self._wrap(commands.CONTAINERS[name], self._text_argument())
        if name in commands.TEXT_BOXES:
            self.tokens.raw_option()
            return self._text_argument()
        if name == "underline" and self.math:
            inner = self._argument()
            return put_accent(inner, "\u0332", on_each=True) if len(plain_text(tuple(inner))) == 1 else inner
        if name in commands.PLAIN_BOXES:
            return self._argument()
        if name in commands.MATH_FONTS:
            upright, container = commands.MATH_FONTS[name]
            with self._mode(math=True, upright=upright):
                inner = self._argument()
            if name == "operatorname" and self.math:
                inner = [Plain(" "), *inner, Plain(" ")] if not self.tokens.peek("(") else [Plain(" "), *inner]
            return self._wrap(container, inner) if container else inner
        if name in commands.SECOND_OF_TWO:
            self.tokens.raw_option()
            self._raw()
            return self._text_argument()
        return None

    def _nothing(self, name: str) -> list[Inline] | None:
        """Commands that print nothing."""
        if name in commands.DROPPED:
            for _ in range(commands.DROPPED[name]):
                self.tokens.raw_option()
                self._raw()
            if name in ("left", "right", "middle"):
                self.tokens.take(".")
            return []
        if name in commands.LENGTHS:
            length = _LENGTH.fullmatch((self.tokens.raw_group() or "").strip()) or self.tokens.match(_LENGTH)
            return [Plain(" ")] if length and re.search(r"[1-9]", length[1]) and "-" not in length[1] else []
        if name in commands.LEFT_OUT:
            words = self.tokens.raw_option() + (self.tokens.raw_group() or "")
            self.trouble.note(f"\\{name} with {strip_tex(words)!r} is left out", "write what matters into the text")
            return []
        return None

    def _space(self, name: str) -> list[Inline] | None:
        if name == "\\":
            self.tokens.raw_option()
        return [Plain(commands.SPACES[name])] if name in commands.SPACES else None

    def _raw(self) -> str:
        """The source of the next argument."""
        inner = self.tokens.raw_group()
        return inner if inner is not None else self.tokens.next_solid() or ""

    # Symbols

    def _symbol(self, name: str, space: str, *, spaced: bool) -> list[Inline]:
        if not name[0].isalpha():
            return [Plain({"|": "‖"}.get(name, name) if self.math else name)]
        text = commands.symbol(name)
        if text is None:
            return self._unknown(name, space)
        if self.math:
            return self._math_symbol(text)
        if name in commands.LOGOS or name.endswith("TeX"):
            return [Plain(text + space)]
        return [Plain(text + _space_after(text, space, spaced=spaced))]

    def _math_symbol(self, text: str) -> list[Inline]:
        if text == "μ" and self.upright:
            return [Plain("µ")]  # the prefix of a unit
        if ("α" <= text <= "ω" or text in "ϵϕϑϖϱ" or text == "ℓ") and not self.upright:
            return [Italic((Plain(text),))]
        return [Plain(f" {text} " if text in commands.RELATIONS else text)]

    def _unknown(self, name: str, space: str) -> list[Inline]:
        if name in JOURNALS and not self.math:
            return [Plain(JOURNALS[name] + space)]
        self.trouble.commands["\\" + name] = None
        if self.tokens.peek("{"):
            return self._argument()
        return [Plain(f" {name} " if self.math else name + space)]

    # Commands with a meaning of their own

    def _read_fraction(self) -> list[Inline]:
        return [*bracketed(self._argument()), Plain("/"), *bracketed(self._argument())]

    def _read_root(self) -> list[Inline]:
        degree = self.tokens.raw_option()
        power: list[Inline] = [Sup(join_math(self._inner(degree, math=True)))] if degree else []
        return [*power, Plain("√"), *bracketed(self._argument())]

    def _read_binomial(self) -> list[Inline]:
        return [Plain("C("), *self._argument(), Plain(", "), *self._argument(), Plain(")")]

    def _read_modulo(self) -> list[Inline]:
        return [Plain(" (mod "), *self._argument(), Plain(")")]

    def _read_over(self) -> list[Inline]:
        over = join_math(self._argument())
        return [*self._argument(), *([Sup(over)] if over else [])]

    def _read_under(self) -> list[Inline]:
        under = join_math(self._argument())
        return [*self._argument(), *([Sub(under)] if under else [])]

    def _read_arrow(self) -> list[Inline]:
        self.tokens.raw_option()
        return [Plain(" →"), *self._wrap(Sup, self._argument()), Plain(" ")]

    def _read_double_struck(self) -> list[Inline]:
        with self._mode(math=True, upright=True):
            letters = plain_text(tuple(self._argument()))
        return [Plain("".join(commands.DOUBLE_STRUCK.get(letter, letter) for letter in letters))]

    def _read_formula(self) -> list[Inline]:
        return [self._formula("\\)")]

    def _read_display(self) -> list[Inline]:
        return [self._formula("\\]")]

    def _read_ensured(self) -> list[Inline]:
        if self.math:
            return self._argument()
        start = self.tokens.at
        with self._mode(math=True):
            nodes = self._argument()
        return [Math(self.tokens.source[start : self.tokens.at].strip(" {}"), trim_math(join_math(nodes)))]

    def _read_environment(self) -> list[Inline]:
        name = self.tokens.raw_group() or ""
        self.trouble.commands[f"\\begin{{{name}}}"] = None
        return []

    def _read_environment_end(self) -> list[Inline]:
        self.tokens.raw_group()
        return []

    def _read_code(self) -> list[Inline]:
        text = plain_text(join_text(self._text_argument()))
        return [Plain(text) if self.math else Code(text)] if text else []

    def _read_verbatim(self) -> list[Inline]:
        delimiter = self.tokens.next() or ""
        found = self.tokens.match(re.compile(f"(.*?){re.escape(delimiter)}", re.DOTALL))
        return [Code(found[1])] if found and found[1] else []

    def _read_path(self) -> list[Inline]:
        return [Code(clean_url(self._raw()))]

    def _read_url(self) -> list[Inline]:
        url = clean_url(self._raw())
        return self._link(url, [Plain(url)])

    def _read_link(self) -> list[Inline]:
        self.tokens.raw_option()
        url = clean_url(self._raw())
        return self._link(url, self._argument())

    def _link(self, url: str, children: list[Inline]) -> list[Inline]:
        if re.match(r"(https?://|mailto:)", url, re.IGNORECASE):
            return [Link(url, join_text(children) or (Plain(url),))]
        self.trouble.note(f"{url!r} is not a link that can stand in a CV; its text is kept", "write https://")
        return children

    def _read_quotation(self) -> list[Inline]:
        self.tokens.take("*")
        self.quotes += 1
        opening, closing = "“”" if self.quotes % 2 else "‘’"
        inner = self._text_argument()
        self.quotes -= 1
        return [Plain(opening), *inner, Plain(closing)]

    def _read_alternative(self) -> list[Inline]:
        """``\\texorpdfstring{TeX}{text}``: the text where the TeX cannot be read."""
        first, second = self._raw(), self._raw()
        trouble = Trouble()
        reader = TexReader(first, trouble, math=self.math, depth=self.depth)
        nodes = reader.read()
        return self._inner(second, math=self.math) if trouble else nodes

    def _inner(self, source: str, *, math: bool) -> list[Inline]:
        self._enter()
        nodes = TexReader(source, self.trouble, math=math, depth=self.depth).read()
        self.depth -= 1
        return nodes

    def _read_chemistry(self) -> list[Inline]:
        return read_chemistry(self._raw(), lambda inner: self._inner(inner, math=True))

    def _read_quantity(self) -> list[Inline]:
        self.tokens.raw_option()
        number = read_number(self._raw())
        unit = read_unit(self._raw(), self.trouble.commands)
        return [*number, Plain("" if plain_text(tuple(unit))[:1] in "°′″" and unit else "\u00a0"), *unit]

    def _read_range(self) -> list[Inline]:
        self.tokens.raw_option()
        first, last = read_number(self._raw()), read_number(self._raw())
        return [*first, Plain("–"), *last, Plain("\u00a0"), *read_unit(self._raw(), self.trouble.commands)]

    def _read_number(self) -> list[Inline]:
        self.tokens.raw_option()
        return read_number(self._raw())

    def _read_unit(self) -> list[Inline]:
        self.tokens.raw_option()
        return read_unit(self._raw(), self.trouble.commands)

    def _read_angle(self) -> list[Inline]:
        self.tokens.raw_option()
        parts = [part.strip() for part in self._raw().split(";")]
        return [Plain("".join(p + sign for p, sign in zip(parts, "°′″", strict=False) if p))]


_HANDLERS: dict[str, Callable[[TexReader], list[Inline]]] = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "cfrac", "sfrac", "nicefrac", "textfrac"), TexReader._read_fraction),
    "sqrt": TexReader._read_root,
    **dict.fromkeys(("binom", "dbinom", "tbinom"), TexReader._read_binomial),
    **dict.fromkeys(("pmod", "pod"), TexReader._read_modulo),
    **dict.fromkeys(("stackrel", "overset"), TexReader._read_over),
    "underset": TexReader._read_under,
    "xrightarrow": TexReader._read_arrow,
    **dict.fromkeys(("mathbb", "mathds", "Bbb"), TexReader._read_double_struck),
    "(": TexReader._read_formula,
    "[": TexReader._read_display,
    "ensuremath": TexReader._read_ensured,
    "begin": TexReader._read_environment,
    "end": TexReader._read_environment_end,
    **dict.fromkeys(("texttt", "code", "lstinline"), TexReader._read_code),
    "verb": TexReader._read_verbatim,
    "path": TexReader._read_path,
    **dict.fromkeys(("url", "nolinkurl"), TexReader._read_url),
    "href": TexReader._read_link,
    "enquote": TexReader._read_quotation,
    "texorpdfstring": TexReader._read_alternative,
    **dict.fromkeys(("ce", "cf", "chem"), TexReader._read_chemistry),
    **dict.fromkeys(("SI", "qty"), TexReader._read_quantity),
    **dict.fromkeys(("SIrange", "qtyrange"), TexReader._read_range),
    "num": TexReader._read_number,
    **dict.fromkeys(("si", "unit"), TexReader._read_unit),
    "ang": TexReader._read_angle,
}


def _space_after(text: str, space: str, *, spaced: bool) -> str:
    """TeX eats the space after a command word; after some printed symbols people mean it."""
    kind = unicodedata.category(text[-1])
    if kind[0] == "L" or kind in ("Sc", "Ps", "Pi", "Zs") or text[-1] in "°§¶":
        return ""
    return space if kind != "Sm" or spaced else ""


def clean_url(source: str) -> str:
    """An address in TeX as the address itself."""
    url = _URL_ESCAPE.sub(lambda match: match[1] or "~", source.strip())
    return strip_tex(url) if re.search(r"[\\{}]", url) else url


def strip_tex(source: str) -> str:
    """``source`` without backslashes, dollars and braces, for what cannot be read."""
    text = re.sub(r"\\([A-Za-z]+)", r" \1 ", source)
    text = re.sub(r"(\b[A-Za-z]+)(?: *[ {}^_] *\1\b)+", r"\1", re.sub(r"[\\$]", "", text))
    return re.sub(r"\s+", " ", re.sub(r"[{}]", "", text)).strip()
