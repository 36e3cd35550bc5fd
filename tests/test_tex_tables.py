"""Every TeX command that is known, in text and in a formula: what it prints is kept in fixtures/tex-commands.tsv.

To add a command, or to change what one prints, run ``python tests/test_tex_tables.py`` and read what git says has
changed. ``<b> <i> <sup> <sub> <code>`` enclose what is printed so; ``!`` at the end says that something is reported.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from cvgen.model.inline import Bold, Break, Code, Inline, Italic, Link, Math, Plain, Sub, Sup
from cvgen.sources.inline import accents, chemistry, journals, siunitx, tex_commands, tex_forms
from cvgen.sources.inline.tex_text import parse_latex

KEPT = Path(__file__).parent / "fixtures" / "tex-commands.tsv"
TAGS = {Bold: "b", Italic: "i", Sup: "sup", Sub: "sub", Math: "math", Link: "a"}
FIRST_ARGUMENTS = {"href": "{https://x.org}", "url": "{https://x.org}", "nolinkurl": "{https://x.org}", "begin": "{e}"}


def show(nodes: tuple[Inline, ...]) -> str:
    """What is printed, in one line."""
    return "".join(map(_show_one, nodes)).replace("\u00a0", "~").replace("\u2009", "·thin·")


def _show_one(node: Inline) -> str:
    match node:
        case Plain(text):
            return text
        case Code(text):
            return f"<code>{text}</code>"
        case Break():
            return "<br>"
        case _:
            tag = TAGS[type(node)]
            return f"<{tag}>{show(node.children)}</{tag}>"


def printed(source: str) -> str:
    told: list[str] = []
    nodes = parse_latex(source, lambda message, hint, kind="": told.append(message))
    return show(nodes) + ("!" if told else "")


def known_commands() -> list[str]:
    """The name of every command in a table of the reader."""
    names: set[str] = set()
    for constant, table in (*vars(tex_commands).items(), *vars(tex_forms).items()):
        if isinstance(table, dict | frozenset) and not constant.startswith("__"):
            names |= {name for name in table if isinstance(name, str) and re.fullmatch(r"[A-Za-z]+|[^\w\s\\_]", name)}
    return sorted(names - set(tex_commands.RELATIONS))


def sources() -> list[str]:
    """A text for every entry of every table, beside a ``~`` so that the quick way for simple text is not taken."""
    lines = []
    for name in known_commands():
        command = f"\\{name}"
        rest = FIRST_ARGUMENTS.get(name, "{3x}") + "{y}{z}"
        lines += [
            f"a {command} b",
            f"a{command}{rest}",
            f"$a{command} b$",
            f"$a {command}{rest}$",
            f"{command}*{{c}} d",
        ]
    lines += [f"\\{name} b" for name in journals.JOURNALS]
    lines += [f"\\{accent}{{{letter}}}" for accent in accents._COMBINING for letter in ("a", "s", r"\i")]
    lines += [f"\\{name} x" for name in accents._LETTERS]
    lines += [f"\\SI{{3}}{{\\{name}}}" for name in siunitx._UNITS]
    lines += [f"\\si{{\\{name}\\metre\\{power}}}" for name in siunitx._PREFIXES for power in siunitx._POWERS]
    lines += [f"\\ce{{A {arrow} B}}" for arrow in chemistry._ARROWS]
    lines += [f"$a {sign} b$" for sign in sorted(tex_commands.RELATIONS)]
    lines += [f"{base}^{{{sign}}}" for base in ("$90", "$f") for sign in ("\\circ", "∘", "°", "\\prime", "*")]
    return [line + "$" if line.count("$") % 2 else line for line in lines]


def read_kept() -> dict[str, str]:
    return dict(line.split("\t") for line in KEPT.read_text("utf-8").splitlines())


def test_every_command_prints_what_it_printed() -> None:
    different = {source: (kept, now) for source, kept in read_kept().items() if (now := printed(source)) != kept}
    assert different == {}


def test_every_command_of_the_tables_is_kept() -> None:
    kept = read_kept()
    assert [source for source in sources() if source not in kept] == []


@pytest.mark.parametrize("source", [r"\alpha{} and \ss", r"\'e\"o", r"\textbf{a}", "a -- b"])
def test_a_tie_beside_a_command_is_a_space_that_does_not_break(source: str) -> None:
    assert printed(f"A~{source}") == f"A~{printed(source)}"
    assert printed(rf"A~\emph{{b}}~{source}") == f"A~<i>b</i>~{printed(source)}"


if __name__ == "__main__":
    KEPT.write_text("".join(f"{source}\t{printed(source)}\n" for source in dict.fromkeys(sources())), "utf-8")
