"""Citation styles in CSL from strangers: XML that reads or multiplies, and texts that become markup."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from hostile.case import Case, Sandbox, to_page, to_tex
from hostile.classes.fields import PAYLOADS, fill_in
from hostile.classes.yaml import mutate

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"{more}>{before}'
BODY = "<bibliography{options}><layout{layout}>{inside}</layout></bibliography></style>"
PLAIN = '<names variable="author"/><text variable="title" prefix=" "/>'
PEOPLE = " and ".join(f"Lin{number}, Wei" for number in range(400))


def style(inside: str = PLAIN, before: str = "", more: str = "", options: str = "", layout: str = "") -> str:
    """A style whose entries are ``inside``."""
    return HEAD.format(more=more, before=before) + BODY.format(options=options, layout=layout, inside=inside)


def _doubling(levels: int, element: str = "group") -> str:
    macros = ['<macro name="m0"><text variable="title"/></macro>']
    for number in range(1, levels):
        calls = f'<text macro="m{number - 1}"/>' * 2
        macros.append(f'<macro name="m{number}"><{element}>{calls}</{element}></macro>')
    return style(f'<text macro="m{levels - 1}"/>', "".join(macros))


def _entities(text: str) -> str:
    return f"<!DOCTYPE style [{text}]>" + style('<text value="&x;"/>')


STYLES: dict[str, str] = {
    "doubling": _doubling(40),
    "doubling in groups": _doubling(25),
    "chain": style(
        '<text macro="m0"/>',
        "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(3000))
        + '<macro name="m3000"><text variable="title"/></macro>',
    ),
    "circle": style('<text macro="a"/>', '<macro name="a"><text macro="a"/></macro>'),
    "circle through names": style(
        '<text macro="a"/>',
        '<macro name="a"><names variable="editor"><substitute><text macro="a"/></substitute></names></macro>',
    ),
    "entities": _entities('<!ENTITY y "aaaaaaaaaa"><!ENTITY x "' + "&y;" * 10 + '">'),
    "laughs": _entities(
        '<!ENTITY l0 "ha">'
        + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        + '<!ENTITY x "&l11;">'
    ),
    "file": _entities('<!ENTITY x SYSTEM "file://SECRET.txt">'),
    "network": _entities('<!ENTITY x SYSTEM "URL/csl">'),
    "DTD on the network": '<!DOCTYPE style SYSTEM "URL/csl.dtd">' + style(),
    "include": style('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="SECRET.txt" parse="text"/>'),
    "stylesheet": '<?xml-stylesheet href="URL/x.xsl" type="text/xsl"?>' + style(),
    "locale above": style(more=' default-locale="../../../../../../etc/passwd"'),
    "locale that is long": style(more=f' default-locale="{"x" * 5000}"'),
    "locale with words": style(
        before='<locale xml:lang="en"><terms><term name="et-al">&lt;script&gt;</term></terms></locale>',
        options=' et-al-min="1" et-al-use-first="1"',
    ),
    "deep": style("<group>" * 5000 + "</group>" * 5000),
    "deep and cut": style("<group>" * 100_000),
    "long value": style(f'<text value="{"x" * 5_000_000}"/>'),
    "many elements": style('<text variable="title"/>' * 100_000),
    "many macros": style(before="".join(f'<macro name="m{n}"><text value="x"/></macro>' for n in range(50_000))),
    "long delimiter": style('<names variable="author"><name delimiter="' + "x" * 50_000 + '"/></names>'),
    "numbers": style(options=' et-al-min="99999999999999999999" et-al-use-first="99999999999999999999"'),
    "numbers below zero": style(options=' et-al-min="-1" et-al-use-first="0"'),
    "no variable": style("<text/><number/><date/><names/><label/><choose><if/></choose>"),
    "unknown elements": style("<script>x</script><pwn/><text variable='title' onclick='x' style='x'/>"),
    "unknown values": style('<text variable="__class__"/><date variable="__dict__" form="x"/><text term="__init__"/>'),
    "names of Python": style('<text variable="__init__.__globals__"/><choose><if type="__import__"/></choose>'),
    "no layout": '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><bibliography/></style>',
    "not CSL": "<html><body/></html>",
    "empty": "",
    "control characters": style('<text value="&#27;[31m\x85"/>'),
    "parent": '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><link rel="independent-parent" '
    'href="http://www.zotero.org/styles/../../../../../../etc/passwd"/></info></style>',
    "parent that is no name": '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>'
    '<link rel="independent-parent" href="\u202e\x85"/></info></style>',
}
NAMES = (
    "../secret/secret.csl",
    "/etc/passwd.csl",
    "/dev/zero/x.csl",
    "pipe.csl",
    "a\\0b.csl",
    f"{'x' * 300}.csl",
    ".csl",
)


def _use(
    text: str, form: Callable[..., Sequence[str | Path]], name: str = "own.csl"
) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        filled = fill_in(text, box)
        box.write("own.csl", filled)
        (box.secret / "secret.csl").write_text(style(f'<text value="{box.token}"/>'))
        box.write(
            "papers.bib", f"@article{{a, author={{Lin, Wei and {PEOPLE}}}, title={{T}}, journal={{J}}, year=2020}}\n"
        )
        box.profile(
            "bibliography: {files: [papers.bib]}\n"
            f'variants: {{v: {{sections: [{{publications: {{style: "{name}"}}}}]}}}}\n'
        )
        return [*form(box), *(["--untrusted"] if name != "own.csl" else [])]

    return build


def _to(form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    return lambda box: ["render", box.work / "profile.yaml", "-f", form, "-o", box.out / f"cv.{form}"]


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each style, texts in the places of a style, names of files, and a good style after changes at random."""
    for name, text in STYLES.items():
        yield Case("csl_styles", name, _use(text, to_page), typed=True, fast=name == "file")
    for name in ("doubling", "long delimiter", "no variable", "unknown values", "circle"):
        for form in ("md", "docx", "pdf"):
            yield Case("csl_styles", f"{name}, {form}", _use(STYLES[name], _to(form)), typed=True)
    for number, (name, payload) in enumerate(PAYLOADS.items()):
        quoted = quoteattr(payload.replace("\x00", ""))
        text = style(f'<text value={quoted}/><text variable="title" prefix={quoted} suffix={quoted}/>')
        yield Case("csl_styles", name, _use(text, (to_page, to_tex)[number % 2]), typed=True)
    for number, name in enumerate(NAMES):
        yield Case("csl_styles", f"file {number}", _use(style(), to_page, name), frozenset({2}))
    for number in range(10):
        yield Case(
            "csl_styles",
            f"changed {number}",
            _use(mutate(style(), draw, "<>\"'/&= ").decode("latin-1"), to_page),
            typed=True,
        )
