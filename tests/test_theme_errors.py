"""What a theme's author is told: the fields that there are, what was probably meant, and the line of a fault in CSS."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, Told, read_told, run_cvgen

from cvgen.themes.theme import list_shipped_themes, shipped_folder

PROFILE = """\
basics: {name: Wei Lin, email: a@example.org}
work: [{name: Labs, position: Dev, start: 2020}]
bibliography: {files: [p.bib]}
variants: {full: {theme: mine, sections: [work, {publications: {style: own}}]}}
"""
PAPER = "@article{a, author={Lin, Wei}, title={T}, journal={J}, year=2024}"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'
ENTRY, STYLE = "html/entry.html.j2", "html/style.css.j2"


def render(folder: Path, files: dict[str, str], *arguments: str | Path) -> list[Told]:
    """What a render with the theme of these ``files`` says."""
    for name, text in {"theme.yaml": "extends: classic\n", "styles/own.j2": "{{ authors(item) }}.", **files}.items():
        path = folder / "themes/mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "profile.yaml").write_text(PROFILE, "utf-8")
    (folder / "p.bib").write_text(PAPER, "utf-8")
    return read_told(run_cvgen("render", folder / "profile.yaml", *arguments).err)


AN_ITEM = "An Item has: heading, subheading, aside, dates, url, level,"
TEMPLATES = {
    "field of an item": (ENTRY, "{{ item.leval }}", "an Item has no 'leval'", f"did you mean 'level'? {AN_ITEM}"),
    "field of a profile": (ENTRY, "{{ item.position }}", "no 'position'", f"did you mean 'subheading'? {AN_ITEM}"),
    "section": ("html/section.html.j2", "{{ section.item }}", "a Section has no 'item'", "'items'? A Section has: "),
    "document": ("html/header.html.j2", "{{ doc.nam }}", "doc has no 'nam'", "did you mean 'name'? doc has: language,"),
    "contact": ("html/header.html.j2", "{{ doc.contacts[0].adress }}", "a Contact has no", "a Contact has: kind, "),
    "option": (ENTRY, "{{ options.acent }}", "the theme has no option 'acent'", "did you mean 'accent'?"),
    "word": (ENTRY, "{{ words.presnt }}", "`words` has no 'presnt'", "did you mean 'present'?"),
    "macro": (ENTRY, '{% import "parts.html.j2" as parts with context %}{{ parts.titel(item) }}',
              "has no macro 'titel'", "did you mean 'title'?"),
    "text": (ENTRY, "{{ item.dates.start }}", "this is text, which has no 'start'", "print it without .start"),
    "list": (ENTRY, "{{ item.bullets.text }}", "this is a list, which has no 'text'", "write {% for one in … %}"),
    "nothing": (ENTRY, "{{ doc.letter.date }}", "nothing here that could have 'date'", "test it first: {% if … %}"),
    "paper": ("styles/own.j2", "{{ item.journal }}", "has no 'journal'", "did you mean 'venue'? A paper"),
    "function": ("styles/own.j2", "{{ autors(item) }}", "'autors' is undefined", "did you mean 'authors'? These names"),
    "open block": (ENTRY, "{% for b in item.bullets %}", "'for' is not closed", "write {% endfor %} after it"),
    "open condition": (ENTRY, "{% if item.dates %}", "'if' is not closed", "write {% endif %} after it"),
    "wrong end": (ENTRY, "{% if a %}{% endfor %}", "'endfor' is not expected here", "write {% endif %} before it"),
    "lost end": (ENTRY, "{% endif %}", "'endif' closes nothing", "delete it"),
    "open tag": (ENTRY, "{{ item.heading ", "a tag begins with {{ and has no }}", "write }} where it ends"),
    "half an end": (ENTRY, "<b>{{ item.dates }</b>{{ item.heading }}", "has no }}", "write {{ item.dates }}"),
    "half the end of an if": (ENTRY, "{% if item.dates } x {% endif %}", "has no %}", "write {% if item.dates %}"),
    "no end of a condition": (ENTRY, "{% if item.dates <br>{{ item.heading }}{% endif %}", "a tag begins with {% and",
                              "write %} where it ends"),
    "no end of a remark": (ENTRY, "{# item.dates <br>{{ item.heading }}", "begins with {# and has no #}", "write #}"),
    "no bracket": (ENTRY, "{{ loop.cycle(item.dates }}", "unexpected '}', expected ')'", "write ) before it"),
    "two words": (ENTRY, "{{ item.heading item.dates }}", "'item' is not expected here", "write }} before it"),
    "one =": (ENTRY, "{% if item.dates = 1 %}{% endif %}", "'=' is not expected here", "write == to compare"),
    "sign": (ENTRY, "{{ item.heading ! }}", "unexpected char '!'", "put it between quotes"),
    "nothing after a sign": (ENTRY, "{{ item.heading | }}", "expected a name", "write what belongs there"),
    "tag": (ENTRY, "{% incldue 'a' %}", "unknown tag 'incldue'", "did you mean 'include'?"),
    "filter": (ENTRY, "{{ item.heading | uper }}", "No filter named 'uper'", "did you mean 'upper'?"),
    "include": (ENTRY, '{% include "detials.html.j2" %}', "no template 'detials", "did you mean 'details.html.j2'?"),
    "include of a theme": (ENTRY, '{% include "base:detials.html.j2" %}', "no template", "'base:details.html.j2'?"),
    "include of nothing": (ENTRY, '{% include "nosuch.html.j2" %}', "no template 'nosuch.html.j2'", "one of: "),
    "call": (ENTRY, "{{ item.heading() }}", "is not callable", "only macros and functions take brackets"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_told_what_there_is(tmp_path: Path, name: str) -> None:
    file, source, message, hint = TEMPLATES[name]
    (told,) = render(tmp_path, {file: f"{{# mine #}}\n{source}"}, "-f", "html", *INSTALLED_FONTS)
    assert told.place == f"{tmp_path / 'themes/mine' / file}:2"
    assert told.message.startswith("template: ") or "no template" in message
    assert message in told.message
    assert hint in told.hint


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        (r"\cvsection{<< section.title >}", "a tag begins with << and has no >>", "write << section.title >>"),
        (r"<% if section.title \bf x <% endif %>", "a tag begins with <% and has no %>", "write %> where it ends"),
        (r"<% if section.items > 1 \bf x <% endif %>", "a tag begins with <% and has no %>", "write %> where it ends"),
        (r"<< section.title section.items >>", "'section' is not expected here", "write >> before it"),
    ],
)
def test_a_tag_of_latex_without_its_end(tmp_path: Path, source: str, message: str, hint: str) -> None:
    files = {"latex/section.tex.j2": f"% mine\n{source}\n<< section.title >>\n"}
    (told,) = render(tmp_path, files, "-f", "tex", "-e", "xelatex", *INSTALLED_FONTS)
    assert told.place == f"{tmp_path / 'themes/mine/latex/section.tex.j2'}:2"
    assert (message in told.message, hint in told.hint) == (True, True)


@pytest.mark.parametrize(
    ("file", "source", "unknown", "meant"),
    [
        (ENTRY, "{% if false %}\n{{ item.heading | uper }}{% endif %}", "filter named 'uper'", "upper"),
        (ENTRY, "{% if false %}\n{{ item is deffined }}{% endif %}", "test named 'deffined'", "defined"),
        (ENTRY, "{{ 1 if true else\n2 | uper }}", "filter named 'uper'", "upper"),
        (ENTRY, "{% if false %}\n{% filter uper %}a{% endfilter %}{% endif %}", "filter named 'uper'", "upper"),
        (STYLE, "{% if false %}\n{{ 1 | uper }}{% endif %}", "filter named 'uper'", "upper"),
        ("latex/entry.tex.j2", "<% if false %>\n<< 1 | uper >><% endif %>", "filter named 'uper'", "upper"),
        ("styles/own.j2", "{% if false %}\n{{ 1 | uper }}{% endif %}", "filter named 'uper'", "upper"),
    ],
)
def test_a_filter_in_a_branch_that_is_not_taken(
    tmp_path: Path, file: str, source: str, unknown: str, meant: str
) -> None:
    chosen = ("-f", "tex", "-e", "xelatex") if file.startswith("latex") else ("-f", "html")
    (told,) = render(tmp_path, {file: source}, *chosen, *INSTALLED_FONTS)
    assert told.place == f"{tmp_path / 'themes/mine' / file}:2"
    assert (told.message, told.hint) == (f"template: No {unknown}", f"did you mean {meant!r}?")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("{% for b in item.bullets %}\n{% if b %}{% endif %}\n{{ b }}\n\n", 2),
        ("{% if item %}{% endif %}\n{% set a = 1 %}{% if item %}\n{% for b in [] %}\n{% endfor %}\n", 3),
        ("{% set a = 1 %}\n{% set b %}\n{% set c = 2 %}\n\n", 3),
    ],
)
def test_a_tag_that_is_not_closed_has_its_own_line(tmp_path: Path, source: str, line: int) -> None:
    (told,) = render(tmp_path, {ENTRY: f"{{# mine #}}\n{source}"}, "-f", "html", *INSTALLED_FONTS)
    assert told.place == f"{tmp_path / 'themes/mine' / ENTRY}:{line}"
    assert "is not closed" in told.message


@pytest.mark.parametrize(
    ("file", "source", "engine"),
    [(ENTRY, '{{ icon("emial") }}', "weasyprint"), ("latex/entry.tex.j2", '<< icon("emial") >>', "xelatex")],
)
def test_an_icon_that_is_not_there(tmp_path: Path, file: str, source: str, engine: str) -> None:
    form = "html" if engine == "weasyprint" else "tex"
    (told,) = render(tmp_path, {file: f"\n{source}"}, "-f", form, "-e", engine, *INSTALLED_FONTS)
    assert told.place == f"{tmp_path / 'themes/mine' / file}:2"
    assert (told.message, told.hint) == ("the theme has no icon icons/emial.svg", "did you mean 'email'?")


@pytest.mark.parametrize("name", ["missing.png", "../../a picture.png", "https://example.org/p.png"])
def test_a_picture_that_may_not_be_read(tmp_path: Path, name: str) -> None:
    (told,) = render(tmp_path, {ENTRY: f'{{# mine #}}\n<b><img src="{name}" alt="a"></b>'}, *INSTALLED_FONTS)
    assert told.place.startswith(f"{tmp_path / 'themes/mine' / ENTRY}:2:")
    assert "is not in a folder of the theme" in told.message
    assert "by its path from the profile's folder" in told.hint


def test_a_picture_of_the_theme_is_named_from_the_profile_s_folder(tmp_path: Path) -> None:
    files = {ENTRY: '<img src="themes/mine/html/dot.svg" alt="a dot">', "html/dot.svg": DOT}
    assert render(tmp_path, files, *INSTALLED_FONTS) == []


def test_a_template_that_is_imported_without_its_context(tmp_path: Path) -> None:
    source = '{% from "parts.html.j2" import title %}{{ title(item) }}'
    (told,) = render(tmp_path, {ENTRY: source}, "-f", "html", *INSTALLED_FONTS)
    assert "write 'with context'" in told.hint


@pytest.mark.parametrize(
    ("manifest", "place", "message", "hint"),
    [
        ("extends: classic\nbackends: [hmtl]\n", ":2:12", "'hmtl' is not a backend", "did you mean 'html'?"),
        ("extends: [classic, modern]\n", ":1:10", "extends should be the name of one theme", "write extends: classic"),
        ("", "", "the theme manifest is empty", "write extends: classic"),
        ("# nothing\n", "", "the theme manifest is empty", "write extends: classic"),
    ],
)
def test_a_manifest_is_told_what_to_write(tmp_path: Path, manifest: str, place: str, message: str, hint: str) -> None:
    (told,) = render(tmp_path, {"theme.yaml": manifest}, "-f", "html")
    assert told.place == f"{tmp_path / 'themes/mine/theme.yaml'}{place}"
    assert (told.message, told.hint) == (message, hint)


def test_a_theme_that_extends_nothing_is_told_how_to_have_a_backend(tmp_path: Path) -> None:
    (told,) = render(tmp_path, {"theme.yaml": "description: Mine\n"}, "-f", "html")
    assert "has no html backend" in told.message
    assert told.hint.startswith("write extends: classic in its theme.yaml")


@pytest.mark.parametrize("name", ["mine", "./themes/mine"])
def test_a_folder_without_a_manifest_is_named(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    render(tmp_path, {ENTRY: "<b>x</b>"})
    (tmp_path / "themes/mine/theme.yaml").unlink()
    (told,) = read_told(run_cvgen("render", "profile.yaml", "-t", name).err)
    assert told.message == "the theme 'mine' has no theme.yaml".replace("mine", name)
    assert told.hint == "write themes/mine/theme.yaml with: extends: classic"
    (told,) = read_told(run_cvgen("render", "profile.yaml").err)
    assert told.place == "profile.yaml:4:26"


def test_words_of_an_option_may_be_a_list(tmp_path: Path) -> None:
    manifest = "extends: classic\noptions:\n  shown: {type: list, default: [a, b c], description: Words}\n"
    files = {"theme.yaml": manifest, ENTRY: "<i>{{ options.shown | join('+') }}</i>"}
    assert render(tmp_path, files, "-f", "html", *INSTALLED_FONTS) == []
    assert "<i>a+b c</i>" in (tmp_path / "profile.html").read_text("utf-8")


CSS = """\
{% include "classic:style.css.j2" %}
h1 { colour: red; }
h2 { color: 4px; font-size: {{ 3 }}mn; }
h3:hovr { color: red; }
@meda print { h4 { color: red; } }
h5 { color: red
  font-size: 3pt; }
h6 { color: red
h1 { color: blue; } }
"""


def test_what_css_does_not_know_is_told_at_its_line(tmp_path: Path) -> None:
    told = render(tmp_path, {STYLE: CSS})
    assert {one.severity for one in told} == {"warning"}
    found = {one.place.rpartition("style.css.j2:")[2]: (one.message, one.hint) for one in told}
    assert set(found) == {"2:6", "3:6", "3:18", "4:1", "5:1", "6:6", "8:6"}
    assert found["2:6"][1] == "did you mean 'color'?"
    assert found["3:6"][0].startswith("'4px' is not a value of 'color'")
    assert found["3:18"][0].startswith("'3mn' is not a value of 'font-size'")
    assert found["4:1"][0].startswith("'h3:hovr' is not a selector")
    assert found["5:1"][0].startswith("@meda is not a rule")
    assert found["6:6"][1] == "write ; at its end"
    assert found["8:6"][0].startswith("a rule begins inside another one")


def test_a_semicolon_after_a_rule_is_told(tmp_path: Path) -> None:
    source = '{% include "classic:style.css.j2" %}\nh2 { color: red; };\nh3 { color: red; }\n'
    (warning,) = render(tmp_path, {STYLE: source})
    assert warning.place.endswith("style.css.j2:2:19")
    assert (warning.message, warning.hint) == ("this ; makes the rule after it be ignored", "delete it")


def test_a_last_rule_without_braces_has_its_line(tmp_path: Path) -> None:
    source = '{% include "classic:style.css.j2" %}\nh2 { color: red; }\n\nh3 color: red\n'
    (warning,) = render(tmp_path, {STYLE: source})
    assert warning.place.endswith("style.css.j2:4:1")
    assert warning.message == "the last rule of the styles has no { }"


NO_END = "the rule that begins here has no }"
LONE = "this } closes nothing"
NO_BEGIN, AFTER_SELECTOR = "this rule has no {", "write { after its selector"


@pytest.mark.parametrize(
    ("css", "told"),
    [
        pytest.param("h2 { color: red;\nh3 { color: blue; }\nh4 { color: red; }", (2, NO_END, "write } where it ends"),
                     id="no-end"),
        pytest.param("h2 {\n  color: {{ options.accent }};\n", (2, NO_END, "write } where it ends"), id="the-last"),
        pytest.param("h3 { color: red; }\n@media print { h2 { color: red; }", (3, NO_END, "write } where it ends"),
                     id="media"),
        pytest.param("h2 { margin: 0; vertical-align top; color: {{ options.accent }}; }",
                     (2, "'vertical-align top' has no colon", "write vertical-align: top;"), id="no-colon"),
        pytest.param("h2 {\n  color: red;\n  margin 0\n}", (4, "'margin 0' has no colon", "write margin: 0;"),
                     id="no-colon-at-the-end"),
        pytest.param("h2 { color: red; bold; }", (2, "'bold' has no colon", "write bold: and its value;"),
                     id="no-value"),
        pytest.param("h2 { color: red; }\n}\nh3 { color: red; }", (3, LONE, "delete it"), id="lone-end"),
        pytest.param("h2 { color: red; }\n}\n", (3, LONE, "delete it"), id="lone-end-at-the-end"),
        pytest.param("@media print { h2 { color: red; } } }\nh4 { color: blue; }", (2, LONE, "delete it"),
                     id="lone-end-after-media"),
        pytest.param("{% if true %}h2 { color: red; } }{% endif %}\nh3 { color: red; }", (2, LONE, "delete it"),
                     id="lone-end-in-a-branch"),
        pytest.param("h2 { color: red; }\n margin: 0; }\nh3 { color: red; }",
                     (3, "this declaration is in no rule", "delete the } before it"), id="end-too-early"),
        pytest.param("h3\n  color: red;\n  margin: 0;\n}\nh4 { color: blue; }", (2, NO_BEGIN, AFTER_SELECTOR),
                     id="no-begin"),
        pytest.param("h2 { color: red; }\nh3 color: red }\n", (3, NO_BEGIN, AFTER_SELECTOR), id="no-begin-at-the-end"),
        pytest.param("a:hover color: {{ options.accent }}; }\nh4 { color: blue; }", (2, NO_BEGIN, AFTER_SELECTOR),
                     id="no-begin-with-jinja"),
        pytest.param("@media print { h2 color: red; }\nh4 { color: blue; } }", (2, NO_BEGIN, AFTER_SELECTOR),
                     id="no-begin-in-media"),
        pytest.param("@media print\nh2 { color: red; }\n}\nh4 { color: blue; }",
                     (2, NO_BEGIN, "write { after its condition"), id="no-begin-of-media"),
        pytest.param("@page size: a4; }\nh2 { color: red; }", (2, NO_BEGIN, "write { after @page"),
                     id="no-begin-of-page"),
        pytest.param("@page { margin: 1cm; @top-left content: none; } }\nh2 { color: red; }",
                     (2, NO_BEGIN, "write { after @top-left"), id="no-begin-in-page"),
        pytest.param("h3 color: red;\nh4 { color: blue; }", (2, NO_BEGIN, f"{AFTER_SELECTOR}, and }} where it ends"),
                     id="no-braces"),
        pytest.param("h2 { color: red; }\n/* a remark\nh3 { color: red; }", (3, "this comment has no end", "write */"),
                     id="comment"),
    ],
)  # fmt: skip
def test_what_css_passes_over_has_its_line(tmp_path: Path, css: str, told: tuple[int, str, str]) -> None:
    line, message, hint = told
    (warning,) = render(tmp_path, {STYLE: f'{{% include "classic:style.css.j2" %}}\n{css}'})
    assert (warning.place.rpartition("/")[2], warning.severity) == (f"style.css.j2:{line}", "warning")
    assert warning.message.startswith(message)
    assert warning.hint.startswith(hint)


@pytest.mark.parametrize(
    "css",
    [
        "{% if doc.name %}h2 { {% else %}h3 { {% endif %} color: red; }",
        "h2 { {# a remark with { and no colon; #} color: red; /* { no colon; */ }",
        "h2::before { content: '{ no colon; '; } h3::after { content: \"}\"; }",
        "h2 { {{ 'color: red' }}; {{ 'color' }}: blue; --mine: {{ 3 }}; ; }\n@page { @top-left { content: none } }",
        "h2 { background: url(data:image/png;base64,iVBORw0KGgo=); h3 { color: red } }",
        "{% for n in [1, 2] %}h{{ n }} { margin: {{ n }}pt }{% endfor %}",
        "@charset 'utf-8'; @import url(data:text/css;base64,aDIge30=) print; @namespace x 'y';",
        "@layer a, b;\n@layer a { h2 { color: red; margin: 0 } }",
        "@media print and (min-width: 3cm), not screen { h2 { color: red; margin: 0 } @page { margin: 0; } }",
        "@media {{ 'print' }} { {{ 'h2' }} { color: red } }\n@supports (color: red) { h2 { color: red; } }",
        "{% if doc.name %}@media print { {% endif %}h2 { color: red; }{% if doc.name %} } {% endif %}",
        "h2 { {% if doc.name %}color: red; } {% else %}color: blue; } {% endif %}",
        "{% macro look() %}color: red; margin: 0;{% endmacro %}h2 { {{ look() }} }\nh3 { --a: { b: c; }; --d: {} }",
        "{% macro of(name) %}{{ name }} { {{ caller() }} }{% endmacro %}"
        "{% call of('h2') %}color: red; margin: 0;{% endcall %}\nh3 { color: red; }",
        "@custom-media --small (max-width: 3cm);\n@custom-selector :--big h2, h3;\n@use 'a';\nh3 { color: red; }",
        "{{ 'h2 {' }} color: red; margin: 0; }\n@keyframes k { from { top: 0; } to { top: 1pt; } }",
        "h2::before { content: '}'; } /* } */ {# } #} h3[title='}; a'] { color: red; }\n@font-face { font-family: M; }",
    ],
)
def test_a_style_that_is_right_is_told_nothing(tmp_path: Path, css: str) -> None:
    told = render(tmp_path, {STYLE: f'{{% include "classic:style.css.j2" %}}\n{css}'}, "-f", "html", *INSTALLED_FONTS)
    assert told == []


def test_a_part_of_a_rule_in_a_file_of_its_own_is_right(tmp_path: Path) -> None:
    part = "color: red; margin: 0; &:hover { color: blue; }"
    files = {STYLE: "h2 { {% include 'part.css.j2' %} }", "html/part.css.j2": part}
    assert render(tmp_path, files, "-f", "html", *INSTALLED_FONTS) == []


@pytest.mark.parametrize("name", ["base", *list_shipped_themes()])
def test_no_shipped_style_is_warned_of(tmp_path: Path, name: str) -> None:
    styles = [path.read_text("utf-8") for path in (shipped_folder() / name / "html").glob("*.css.j2")]
    files = {f"html/checked{number}.css.j2": text for number, text in enumerate(styles)}
    assert render(tmp_path, files, "-f", "html", *INSTALLED_FONTS) == []


def test_a_line_comment_is_told(tmp_path: Path) -> None:
    source = '{% include "classic:style.css.j2" %}\nh2 { color: red; } // no\n'
    (told,) = render(tmp_path, {STYLE: source})
    assert told.place.endswith("style.css.j2:2:1")
    assert told.hint == "write /* … */"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("entyr.html.j2", "entry.html.j2"), ("entry.html", "entry.html.j2"), ("sections.html.j2", "section.html.j2"),
     ("entry.htm.j2", "entry.html.j2"), ("style.css", "style.css.j2")],
)  # fmt: skip
def test_a_template_that_nothing_includes_is_named(tmp_path: Path, name: str, meant: str) -> None:
    (said,) = render(tmp_path, {f"html/{name}": "x"}, "-f", "html")
    assert said.place.endswith(f"themes/mine/html/{name}")
    assert said.message == f"nothing includes the template {name!r}"
    assert said.hint == f"did you mean {meant!r}?"


def test_a_template_that_another_one_includes_is_right(tmp_path: Path) -> None:
    files = {
        "html/entyr.html.j2": "x",
        "html/entry.html.j2": '{% include "entyr.html.j2" %}',
        "html/wall.html.j2": "nothing that cvgen has has a name like this",
    }
    assert render(tmp_path, files, "-f", "html") == []
