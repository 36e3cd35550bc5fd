"""A person's own themes: a few lines that change a shipped one, and every fault of them told at its place."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from helpers import INSTALLED_FONTS, Ran, read_told, run_cvgen

from cvgen.backends.bounded import Limits
from cvgen.backends.cache import Cache
from cvgen.backends.html.writer import HtmlWriter
from cvgen.backends.templates import ThemeEnvironment, render_document
from cvgen.diagnostics import InputError
from cvgen.themes import contract
from cvgen.themes.contract import CONTRACT
from cvgen.themes.theme import find_theme, list_themes, shipped_folder

PROFILE = "basics: {name: Wei Lin, label: Potter}\nnews: [{date: 2024, text: Ready.}]\n"
"""With no font files to embed, a page is written in no time."""
THEME = "mine"


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with a profile and themes beside it."""

    folder: Path

    def write(self, name: str, text: str, theme: str = THEME) -> Path:
        """A file of a theme."""
        path = self.folder / "themes" / theme / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def render(self, *args: str, theme: str | None = THEME) -> Ran:
        wanted = ["-t", theme] if theme else []
        return run_cvgen("render", self.folder / "profile.yaml", *wanted, *args)

    def html(self, theme: str | None = THEME, *args: str) -> str:
        """The page; asserts that it was made."""
        ran = self.render("-f", "html", *INSTALLED_FONTS, *args, theme=theme)
        assert ran.code == 0, ran.err
        return (self.folder / "profile.html").read_text("utf-8")

    def tex(self, theme: str | None = THEME, *args: str) -> str:
        """The class, the style and the LaTeX source; asserts that they were made."""
        ran = self.render("-f", "tex", *args, theme=theme)
        assert ran.code == 0, ran.err
        names = ("cvgen.cls", f"cvgen-{theme}.sty", "profile.tex")
        return "".join((self.folder / name).read_text("utf-8") for name in names)

    def refuse(self, *args: str, theme: str | None = THEME) -> list[tuple[str, str, str]]:
        """Render what cannot be; gives place, message and hint of each error; asserts that nothing was written."""
        ran = self.render(*args, theme=theme)
        assert ran.code == 2, ran.err
        assert "Traceback" not in ran.err
        assert {path.name for path in self.folder.iterdir()} <= {"profile.yaml", "themes", "secret.txt", "secret.png"}
        told = read_told(ran.err)
        assert told
        return [(one.place, one.message, one.hint) for one in told if one.severity == "error"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "profile.yaml").write_text(PROFILE, "utf-8")
    return Desk(tmp_path)


# --- what a person may change


def test_theme_of_one_line_looks_like_the_one_it_extends(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    # the name of its style is all that differs
    assert desk.tex().replace("cvgen-mine", "cvgen-classic") == desk.tex("classic")


def test_theme_with_its_own_style(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    desk.write("html/style.css.j2", "h1 { letter-spacing: 1px; color: {{ options.accent }}; }\n")
    page = desk.html()
    assert "h1 { letter-spacing: 1px; color: #1f3a5f; }" in page
    assert "header { text-align: center; }" not in page
    assert "Potter" in page


def test_style_that_adds_to_the_one_below(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    desk.write("html/style.css.j2", '{% include "classic:style.css.j2" %}\nh1 { color: hotpink; }\n')
    desk.write("latex/style.tex.j2", '<% include "classic:style.tex.j2" %>\n\\definecolor{accent}{HTML}{ff69b4}\n')
    page, source = desk.html(), desk.tex()
    assert page.index("header { text-align: center; }") < page.index("h1 { color: hotpink; }")
    assert source.index("\\newcommand\\cvheader") < source.index("{ff69b4}")


def test_template_that_changes_one_block(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    header = '{% extends "base:document.html.j2" %}\n{% block header %}<h1>CV of {{ doc.name }}</h1>{% endblock %}\n'
    desk.write("html/document.html.j2", header)
    page = desk.html()
    assert "<h1>CV of Wei Lin</h1>" in page
    assert "Potter" not in page.partition("<body")[2]
    assert "Ready." in page


def test_one_file_of_a_shipped_theme(desk: Desk) -> None:
    desk.write("html/style.css.j2", "h1 { color: hotpink; }\n", theme="classic")
    page = desk.html("classic")
    assert "h1 { color: hotpink; }" in page
    assert "header { text-align: center; }" not in page
    assert "@page" in page
    assert "hotpink" not in desk.html("modern")


def test_changed_file_of_a_shipped_theme_that_includes_itself_does_not_crash(desk: Desk) -> None:
    """``classic:`` may lead to the shipped file or be refused; it must not go round in circles."""
    desk.write("html/style.css.j2", '{% include "classic:style.css.j2" %}\nh1 { color: hotpink; }\n', theme="classic")
    ran = desk.render("-f", "html", *INSTALLED_FONTS, theme="classic")
    assert (ran.code, bool(read_told(ran.err))) in [(0, False), (2, True)]


def test_one_file_of_the_shared_base_changes_every_theme(desk: Desk) -> None:
    desk.write("html/page.css.j2", "/* my page */\n", theme="base")
    assert "/* my page */" in desk.html("classic")
    assert "/* my page */" in desk.html("modern")


def test_theme_that_extends_a_persons_theme(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\noptions: {accent: '#111111', size: '11'}\n")
    desk.write("html/style.css.j2", "h1 { color: {{ options.accent }}; font-size: {{ options.size }}pt; }\n")
    desk.write("theme.yaml", f"extends: {THEME}\noptions: {{accent: '#222222'}}\n", theme="child")
    assert "h1 { color: #222222; font-size: 11pt; }" in desk.html("child")


def test_theme_named_in_the_profile(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    desk.write("html/style.css.j2", "/* mine */\n")
    (desk.folder / "profile.yaml").write_text(f"{PROFILE}variants: {{full: {{theme: {THEME}}}}}\n", "utf-8")
    assert "/* mine */" in desk.html(None)


def test_theme_by_its_folder(desk: Desk) -> None:
    path = desk.write("theme.yaml", "extends: classic\n", theme="../elsewhere").parent
    desk.write("html/style.css.j2", "/* elsewhere */\n", theme="../elsewhere")
    assert "/* elsewhere */" in desk.html(str(path))


def test_manifest_changes_defaults_and_all_else_stays(desk: Desk) -> None:
    desk.write("theme.yaml", 'extends: classic\noptions: {accent: "#c0ffee", size: 11}\n')
    source = desk.tex()
    assert "accent=c0ffee" in source
    assert "size=11pt" in source
    assert " margin=18mm" in source


def test_manifest_may_narrow_a_range(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\noptions: {size: {max: 10.5}}\n")
    ((_, message, hint),) = desk.refuse("-f", "tex", "--set", "size=11")
    assert "'11' is out of range" in message
    assert "9 to 10.5" in hint


MOTTO = "extends: classic\noptions: {motto: {type: choice, choices: [calm, bold], default: calm, description: Mood}}\n"


def test_manifest_adds_an_option(desk: Desk) -> None:
    desk.write("theme.yaml", MOTTO)
    desk.write("html/style.css.j2", "/* {{ options.motto }} */\n")
    assert "/* calm */" in desk.html()
    assert "/* bold */" in desk.html(THEME, "--set", "motto=bold")
    (desk.folder / "profile.html").unlink()
    ((_, message, hint),) = desk.refuse("-f", "html", "--set", "motto=blod")
    assert "'blod' is not one of its choices" in message
    assert "'bold'" in hint


def test_options_set_for_another_theme_do_not_stop_this_one(desk: Desk) -> None:
    desk.write("theme.yaml", MOTTO)
    profile = f"{PROFILE}variants: {{full: {{theme: {THEME}, options: {{motto: bold, size: 11}}}}}}\n"
    (desk.folder / "profile.yaml").write_text(profile, "utf-8")
    assert "size=11pt" in desk.tex("classic")


@pytest.mark.parametrize(
    ("option", "line", "message", "cure"),
    [
        pytest.param("  margin: {type: list, default: a, description: x}", "4:18",
                     "the option 'margin' must be a number, not a list", "write type: number", id="list"),
        pytest.param("  sidebar:\n    type: choice\n    default: left\n    choices: [left, right]\n    description: x",
                     "5:11", "the option 'sidebar' must be a list, not a choice", "write type: list", id="choice"),
        pytest.param("  wide: {type: switch, default: no, description: x}", "4:16",
                     "the option 'wide' must be a list, not a switch", "write type: list", id="switch"),
        pytest.param("  date_width: {unit: pt}", "4:22",
                     "the option 'date_width' is read in mm, not in pt", "write unit: mm", id="unit"),
    ],
)  # fmt: skip
def test_option_of_the_contract_has_the_type_of_the_contract(
    desk: Desk, option: str, line: str, message: str, cure: str
) -> None:
    path = desk.write("theme.yaml", f"description: x\nextends: classic\noptions:\n{option}\n")
    ((place, said, hint),) = desk.refuse("-f", "html")
    assert (place, said) == (f"{path}:{line}", message)
    assert hint.startswith(cure)


@pytest.mark.parametrize("theme", sorted(list_themes()))
def test_shipped_theme_has_what_the_contract_names(theme: str) -> None:
    options = find_theme(theme, [], None).options
    types = {option.name: option.type for option in CONTRACT}
    assert {name: options[name].type for name in types if name in options} == {
        name: types[name] for name in types if name in options
    }
    assert set(types) - set(options) <= {
        "sidebar",
        "sidebar_short",
        "wide",
        "sidebar_width",
        "tint",
        "head_text",
        "private_contacts",
        "bibtex",
        "structured_data",
    }  # of themes with two columns or a band of colour, and of web pages


def test_python_reads_no_option_that_is_not_in_the_contract() -> None:
    """Options are read by the names of the contract, not by words of their own."""
    constants = {name for name, value in vars(contract).items() if name.isupper() and isinstance(value, str)}
    assert {getattr(contract, name) for name in constants} == {option.name for option in CONTRACT}
    package = Path(contract.__file__).parents[1]
    reads = re.compile(r"options(?:\.get\(|\[)\s*(\w+|[\"']\w+[\"'])\s*[,\])]|\.margin\((\w+|[\"']\w+[\"'])\)")
    found = {a or b for path in package.rglob("*.py") for a, b in reads.findall(path.read_text("utf-8"))}
    assert {"PAPER", "SIDEBAR", "MARGIN"} <= found, "the pattern finds no reads"
    assert [name for name in found if name.startswith(("'", '"')) or (name.isupper() and name not in constants)] == []


def test_theme_for_one_backend_says_so(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\nbackends: [html]\n")
    assert desk.html()
    (desk.folder / "profile.html").unlink()
    ((_, message, hint),) = desk.refuse("-f", "tex")
    assert message == f"the theme {THEME!r} has no latex backend"
    assert "html" in hint


# --- faults of a manifest


@pytest.mark.parametrize(
    ("manifest", "place", "says", "cure"),
    [
        pytest.param("extends: classic\nfonts: x\n", ":2:1", "'fonts'", "extends", id="unknown-key"),
        pytest.param("extend: classic\n", ":1:1", "'extend'", "did you mean 'extends'?", id="misspelt-key"),
        pytest.param(
            "extends: [classic]\n", ":1:10", "extends should be the name of one theme", "", id="list-for-word"
        ),
        pytest.param(
            "extends: classic\nbackends: html\n", ":2:11", "backends should be a list", "[html]", id="word-for-list"
        ),
        pytest.param(
            "extends: classic\noptions: [a]\n", ":2:10", "options should be a mapping", "", id="list-of-options"
        ),
        pytest.param("extends: clasic\n", "", "no theme 'clasic'", "did you mean 'classic'?", id="extends-unknown"),
        pytest.param(f"extends: {THEME}\n", "", "extends itself", "extends", id="extends-itself"),
        pytest.param("- a\n", ":1:1", "not a mapping", "", id="not-a-mapping"),
        pytest.param("a: b: c\n", ":1:5", "not YAML", "quotes", id="not-yaml"),
        pytest.param("extends: classic\nextends: modern\n", ":2:1", "'extends' is used twice", "keep one", id="twice"),
        pytest.param("extends: classic\noptions: {size: 99}\n", ":2", "'size'", "9 to 12", id="default-out-of-range"),
        pytest.param(
            "extends: classic\noptions: {accent: blue-ish}\n", ":2", "'accent'", "#1f3a5f", id="wrong-default"
        ),
        pytest.param(
            "extends: classic\noptions: {x: {type: colour, default: a, description: b}}\n",
            ":2:21",
            "'colour' is not a type of option",
            "did you mean 'color'?",
            id="unknown-type",
        ),
        pytest.param(
            "extends: classic\noptions: {acent: '#111111'}\n",
            ":2:11",
            "option 'acent' is new and has no type",
            "did you mean 'accent'?",
            id="default-of-no-option",
        ),
    ],
)
def test_fault_of_a_manifest_is_told_at_its_place(desk: Desk, manifest: str, place: str, says: str, cure: str) -> None:
    path = desk.write("theme.yaml", manifest)
    errors = desk.refuse("-f", "tex")
    assert any(at.startswith(f"{path}{place}") and says in m and cure in h for at, m, h in errors), errors


def test_themes_that_extend_each_other(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: other\n")
    desk.write("theme.yaml", f"extends: {THEME}\n", theme="other")
    ((_, message, _hint),) = desk.refuse("-f", "tex")
    assert message == f"the themes extend each other in a circle: {THEME} → other → {THEME}"


def test_unknown_theme_suggests_a_persons_own(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n", theme="elegant")
    ((_, message, hint),) = desk.refuse("-f", "tex", theme="elegnat")
    assert "'elegnat'" in message
    assert hint == "did you mean 'elegant'?"


# --- faults of a template


HTML_FAULTS = [
    pytest.param("{{ colour }}", "'colour' is undefined", "options", id="undefined-name"),
    pytest.param("{{ options.acent }}", "the theme has no option 'acent'", "'accent'", id="unknown-option"),
    pytest.param("{{ doc.nmae }}", "doc has no 'nmae'", "did you mean 'name'? doc has: ", id="unknown-attribute"),
    pytest.param("{{ words.nothing }}", "`words` has no 'nothing'", "", id="unknown-word"),
    pytest.param("{{ options.size / 0 }}", "division by zero", "correct", id="division-by-zero"),
    pytest.param("{{ options.accent + 1 }}", "unsupported operand", "correct", id="wrong-types"),
    pytest.param("{{ doc.name() }}", "not callable", "correct", id="call-of-text"),
    pytest.param("{{ options.size }", "has no }}", "write {{ options.size }}", id="syntax"),
    pytest.param("{% if %}{% endif %}", "Expected an expression", "correct", id="empty-condition"),
    pytest.param("{% fi %}", "unknown tag 'fi'", "correct the tag", id="unknown-tag"),
    pytest.param("{{ doc.name | uper }}", "No filter named 'uper'", "did you mean 'upper'?", id="unknown-filter"),
    pytest.param('{% include "syle.css.j2" %}', "no template 'syle.css.j2'", "'style.css.j2'", id="missing-template"),
    pytest.param('{% include "mine:no.j2" %}', "no template 'mine:no.j2'", "", id="missing-in-a-theme"),
    pytest.param('{% include "../theme.yaml" %}', "no template '../theme.yaml'", "", id="outside-of-the-folder"),
    pytest.param('{% include "base:../theme.yaml" %}', "no template", "", id="outside-of-the-base"),
    pytest.param('{% include "/etc/passwd" %}', "no template '/etc/passwd'", "", id="absolute-path"),
    pytest.param('{% include "style.css.j2" %}', "", "", id="includes-itself"),
    pytest.param("{{ range(10 ** 9) | list }}", "", "correct", id="too-long-a-range"),
]
SANDBOX = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ '' | attr('__class__') }}",
    "{{ doc.__init__.__globals__ }}",
    "{{ doc.__class__ }}",
    "{{ options.accent.__class__.__init__ }}",
    "{{ '{0.__class__}'.format(doc) }}",
    "{{ '{x.__class__}'.format_map({'x': doc}) }}",
    "{{ range.__class__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ self._TemplateReference__context }}",
    "{{ [].append(1) }}",
    "{% set _ = options.update({'a': 1}) %}",
]
UNSAFE = [pytest.param(source, "", "", id=f"sandbox-{number}") for number, source in enumerate(SANDBOX)]


@pytest.mark.parametrize(("source", "says", "cure"), [*HTML_FAULTS, *UNSAFE])
def test_fault_of_a_template_is_told_at_its_line(desk: Desk, source: str, says: str, cure: str) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    path = desk.write("html/style.css.j2", f"h1 {{ color: red; }}\n\n{source}\n")
    ((place, message, hint),) = desk.refuse("-f", "html", *INSTALLED_FONTS)
    assert place == f"{path}:3"
    assert says in message
    assert cure in hint


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param("<< options.acent >>", "'acent'", id="undefined"),
        pytest.param("<% if %>", "Expected an expression", id="syntax"),
        pytest.param('<% include "no.tex.j2" %>', "no template 'no.tex.j2'", id="missing-template"),
        pytest.param("<< ''.__class__.__mro__ >>", "__class__", id="sandbox"),
    ],
)
def test_fault_of_a_latex_template_is_told_at_its_line(desk: Desk, source: str, says: str) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    path = desk.write("latex/style.tex.j2", f'<% include "classic:style.tex.j2" %>\n{source}\n')
    ((place, message, _),) = desk.refuse("-f", "tex")
    assert place == f"{path}:2"
    assert says in message


def test_theme_that_extends_nothing_and_has_no_template(desk: Desk) -> None:
    desk.write("theme.yaml", "description: Empty\nbackends: [html, latex]\n")
    errors = desk.refuse("-f", "html")
    assert "no template 'document.html.j2'" in errors[0][1]


# --- what a theme may read


def _page(desk: Desk, body: str) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    desk.write(
        "html/document.html.j2", '{% extends "base:document.html.j2" %}{% block body %}' + body + "{% endblock %}"
    )
    (desk.folder / "secret.txt").write_text("secret", "utf-8")
    (desk.folder / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<img src="file:///etc/passwd">', id="img-of-the-machine"),
        pytest.param('<img src="secret.png">', id="img-beside-the-profile"),
        pytest.param('<img src="themes/mine/../../secret.png">', id="img-by-a-detour"),
        pytest.param('<p style="background: url(/etc/passwd)">x</p>', id="background"),
        pytest.param('<style>@import "file:///etc/passwd";</style>', id="import"),
        pytest.param('<link rel="stylesheet" href="file:///etc/passwd">', id="stylesheet"),
        pytest.param('<link rel="attachment" href="secret.txt">', id="attachment"),
        pytest.param('<object data="secret.txt"></object>', id="object"),
    ],
)
def test_page_that_reads_a_file_outside_is_refused(desk: Desk, body: str) -> None:
    _page(desk, body)
    ((_, message, hint),) = desk.refuse()
    assert "passwd" in message or "secret" in message
    assert hint


def test_page_that_asks_the_network_is_refused_and_nothing_is_asked(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/pixel.png"
        _page(desk, f'<img src="{address}">')
        ((_, message, _hint),) = desk.refuse()
        assert address in message
        with pytest.raises(BlockingIOError):
            server.accept()


def test_picture_of_the_theme_itself_is_read(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    path = desk.write("html/mark.svg", picture)
    _page(desk, f'<p>Here</p><img src="{path.as_uri()}" alt="">')
    assert desk.render().code == 0


@pytest.mark.tex
@pytest.mark.parametrize(
    "source",
    [
        pytest.param(r"\AtBeginDocument{\input{@}}", id="input"),
        pytest.param(r"\newread\r\openin\r=@ \ifeof\r\else\read\r to\x\AtBeginDocument{\x}\fi", id="openin"),
    ],
)
def test_latex_theme_does_not_print_a_file_outside(desk: Desk, source: str) -> None:
    secret = desk.folder / "secret.txt"
    secret.write_text("Rosebud", "utf-8")
    desk.write("theme.yaml", "extends: classic\n")
    style = '<% include "classic:style.tex.j2" %>\n' + source.replace("@", str(secret)) + "\n"
    desk.write("latex/style.tex.j2", style)
    ran = desk.render("-e", "xelatex")
    pdf = desk.folder / "profile.pdf"
    if ran.code == 0:
        with pypdfium2.PdfDocument(pdf) as document:
            assert "Rosebud" not in "".join(page.get_textpage().get_text_bounded() for page in document)
    else:
        assert not pdf.exists()


@pytest.mark.tex
def test_latex_theme_starts_no_program(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    mark = desk.folder / "started"
    style = '<% include "classic:style.tex.j2" %>\n' + rf"\immediate\write18{{touch {mark}}}" + "\n"
    desk.write("latex/style.tex.j2", style)
    desk.write("latex/latexmkrc", f"system('touch {mark}');\n")
    (desk.folder / "latexmkrc").write_text(f"system('touch {mark}');\n", "utf-8")
    ran = desk.render("-e", "xelatex")
    assert ran.code == 0, ran.err
    assert (desk.folder / "profile.pdf").exists()
    assert not mark.exists()


@pytest.mark.tex
def test_latex_style_may_end_in_a_comment(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    desk.write("latex/style.tex.j2", '<% include "classic:style.tex.j2" %>\n% my last remark')
    assert desk.render("-e", "xelatex").code == 0


@pytest.mark.tex
def test_latex_theme_with_an_unknown_command_is_told(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    desk.write("latex/style.tex.j2", '<% include "classic:style.tex.j2" %>\n\\nosuchcommand\n')
    ran = desk.render("-e", "xelatex")
    assert ran.code == 1
    assert "nosuchcommand" in ran.err
    assert not (desk.folder / "profile.pdf").exists()


# --- what a template may use up


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("{{ 9 ** 9 ** 9 }}", id="power"),
        pytest.param(
            "{% set n = namespace(t='x' * 999) %}{% for i in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
            id="doubling",
        ),
        pytest.param("{{ 'x' * 10 ** 12 }}", id="long-text"),
    ],
)
def test_template_that_needs_too_much_is_ended_at_its_line(desk: Desk, source: str) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    path = desk.write("html/style.css.j2", f"h1 {{ color: red; }}\n{source}\n")
    command = [sys.executable, "-m", "cvgen", "render", str(desk.folder / "profile.yaml"), "-t", THEME, "-f", "html"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert f"{path}:2" in ran.stderr


def test_template_that_never_ends_is_ended_at_its_line(desk: Desk) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    path = desk.write("html/style.css.j2", f"h1 {{ color: red; }}\n{loops}\n")
    theme = find_theme(THEME, [desk.folder / "themes"], None)
    environment = ThemeEnvironment(theme, "html", HtmlWriter(), Cache(desk.folder / "cache"), autoescape=True)
    with pytest.raises(InputError) as caught:
        render_document(environment, "style.css.j2", {}, Limits(seconds=0.5))
    (problem,) = caught.value.problems
    assert str(problem.location) == f"{path}:2"
    assert "more time than 0.5 s" in problem.message


def test_a_font_that_is_not_installed_is_told_where_it_is_named(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE + "variants: {v: {options: {body_font: Helvetika Neu}}}\n", "utf-8")
    for engine in ("weasyprint", "xelatex"):
        (told,) = read_told(run_cvgen("render", profile, "-v", "v", "-e", engine).err)
        assert told.place == f"{profile}:3:37"
        assert "'Helvetika Neu' is not installed" in told.message
    ran = run_cvgen("render", profile, "--set", "body_font=DejaVu Sans")
    assert (ran.code, ran.err) == (0, "")
    (told,) = read_told(run_cvgen("render", profile, "-v", "v", "--set", "body_font=Helvetika").err)
    assert (told.place, "'Helvetika' is not installed" in told.message) == ("", True)


@pytest.mark.parametrize(
    ("manifest", "place"),
    [
        ("extends: classic\noptions:\n  body_font: Gaelic Unciall\n", "3:14"),
        ("extends: classic\noptions:\n  body_font: {default: Gaelic Unciall}\n", "3:24"),
        (
            "extends: classic\noptions:\n  mine:\n    type: font\n    default: Gaelic Unciall\n    description: a\n",
            "5:14",
        ),
    ],
)
def test_a_font_of_a_theme_that_is_not_installed_is_told_where_it_is_named(
    desk: Desk, manifest: str, place: str
) -> None:
    path = desk.write("theme.yaml", manifest)
    (told,) = read_told(desk.render("-f", "html").err)
    assert told.place == f"{path}:{place}"
    assert "'Gaelic Unciall' is not installed" in told.message


# --- fonts that are files

SANS = shipped_folder() / "fonts/source-sans"
ENGINES = ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)]


def _fonts_of(pdf: Path) -> str:
    return subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("engine", ENGINES)
def test_a_theme_brings_its_own_fonts(desk: Desk, engine: str) -> None:
    desk.write("theme.yaml", "extends: classic\noptions: {body_font: House Sans, heading_font: House Sans}\n")
    path = desk.write("fonts/fonts.yaml", "House Sans: {generic: sans-serif, files: {regular: a.otf, bold: b.otf}}\n")
    shutil.copy(SANS / "SourceSans3-Regular.otf", path.with_name("a.otf"))
    shutil.copy(SANS / "SourceSans3-Semibold.otf", path.with_name("b.otf"))
    ran = desk.render("-e", engine)
    assert (ran.code, ran.err) == (0, "")
    assert "Sans" in _fonts_of(desk.folder / "profile.pdf")
    assert "Serif" not in _fonts_of(desk.folder / "profile.pdf")


@pytest.mark.parametrize(
    ("listing", "says"),
    [
        pytest.param(
            "House: {generic: serif, files: {regular: no.otf}}", "'regular' is not in this folder", id="missing"
        ),
        pytest.param("House: {generic: serif, files: {regular: ../theme.yaml}}", "not in this folder", id="outside"),
        pytest.param("House: {generic: serif, files: {}}", "a file for 'regular' is missing", id="no-regular"),
        pytest.param("House: serif", "this is not a list of fonts", id="no-mapping"),
    ],
)
def test_fault_of_a_list_of_fonts_is_told(desk: Desk, listing: str, says: str) -> None:
    desk.write("theme.yaml", "extends: classic\n")
    path = desk.write("fonts/fonts.yaml", f"{listing}\n")
    ((place, message, hint),) = desk.refuse("-f", "html")
    assert place == str(path)
    assert says in message
    assert "regular: a.otf" in hint


@pytest.mark.parametrize("engine", ENGINES)
def test_a_font_package_from_pypi_is_found_by_name(
    desk: Desk, engine: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (site / "font_house/files").mkdir(parents=True)
    (site / "font_house/__init__.py").write_text("raise SystemExit('a font package is not to be run')\n", "utf-8")
    shutil.copy(SANS / "SourceSans3-Regular.otf", site / "font_house/files/House-Sans-Regular.otf")
    info = site / "font_house-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: font-house\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[fonts_otf]\nhouse-sans = font_house:font_files\n", "utf-8")
    (info / "RECORD").write_text("font_house/files/House-Sans-Regular.otf,,\nfont_house/__init__.py,,\n", "utf-8")
    monkeypatch.syspath_prepend(site)
    fonts = ("--set", "body_font=House Sans", "--set", "heading_font=House Sans")
    ran = desk.render("-e", engine, *fonts, theme="classic")
    assert (ran.code, ran.err) == (0, "")
    assert "Sans" in _fonts_of(desk.folder / "profile.pdf")
    assert "Serif" not in _fonts_of(desk.folder / "profile.pdf")
