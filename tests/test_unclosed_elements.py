"""Elements that a theme's HTML templates do not close are warnings at their lines; right templates are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen

from cvgen.themes.theme import list_shipped_themes, shipped_folder

PROFILE = "basics: {name: Rosa Lindqvist}\nwork: [{name: Halyard, position: Engineer}]\n"


def warnings_of(tmp_path: Path, **templates: str) -> list[str]:
    """The warnings about a theme with these templates, as ``entry.html.j2:2: what is wrong``."""
    folder = tmp_path / "themes" / "mine" / "html"
    folder.mkdir(parents=True)
    (folder.parent / "theme.yaml").write_text("description: Mine\nextends: classic\n", "utf-8")
    for name, text in templates.items():
        (folder / f"{name}.html.j2").write_text(text, "utf-8")
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    ran = run_cvgen("render", profile, "-t", "mine", "-f", "html", "-o", tmp_path / "cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    lines = [line.replace("warning: ", "") for line in ran.err.splitlines() if "warning: " in line]
    return [line.rpartition("/")[2] if "</" not in line else line.split("/html/")[-1] for line in lines]


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<div>\n<table>\n<tr><td>{{ item.dates }}\n</div>", ["entry.html.j2:2: <table> is not closed"]),
        ("<div>\n{{ item.dates }}", ["entry.html.j2:1: <div> is not closed"]),
        ("<div>x</div>\n{# a remark\n #}</section>", ["entry.html.j2:3: </section> closes nothing"]),
        ("{% for one in item.bullets %}\n<em>{% if one %}x{% else %}y{% endif %}\n</em>{% endfor %}<b>\n",
         ["entry.html.j2:3: <b> is not closed"]),
        ("<b>\n{% if item.dates %}\n<i>{{ item.dates }}{% endif %}",
         ["entry.html.j2:1: <b> is not closed", "entry.html.j2:3: <i> is not closed"]),
        ("<u>{% for one in [1] %}<b><i>{{ one }}{% endfor %}",
         [f"entry.html.j2:1: <{name}> is not closed" for name in "ubi"]),
        ("{% if item.dates %}<i>x</i>{% elif item %}\n<i>{% else %}<i>x</i>{% endif %}",
         ["entry.html.j2:2: <i> is not closed"]),
        ("{% if item.dates %}x{% else %}\n<i>{% endif %}", ["entry.html.j2:2: <i> is not closed"]),
        ("{% for one in item.bullets %}\n<div>{{ one }}<br>\n{% endfor %}", ["entry.html.j2:2: <div> is not closed"]),
        ("{% macro m(x) %}\n<b>{{ x }}\n{% endmacro %}{{ m(1) }}", ["entry.html.j2:2: <b> is not closed"]),
        ("<div>{% if item.dates %}<div>{% endif %}</div>", ["entry.html.j2:1: <div> is not closed"]),
        ("<ul>{% if item.dates %}<li>x{% endif %}</ul>\n<b>", ["entry.html.j2:2: <b> is not closed"]),
        ("<a href='#'>{% if item.dates %}<i>x</i>{% endif %}</a>\n{% if item %}<u>{% if item.dates %}x{% endif %}"
         "{% endif %}", ["entry.html.j2:2: <u> is not closed"]),
    ],
)  # fmt: skip
def test_what_is_not_closed_has_its_line(tmp_path: Path, template: str, found: list[str]) -> None:
    assert warnings_of(tmp_path, entry=template) == found


@pytest.mark.parametrize(
    "template",
    [
        "<ul><li>{{ item.dates }}<li>two</ul><br><p>text<img src='data:,' alt=''>",
        "{% if item.dates %}<div class=a>{% else %}<div class=b>{% endif %}x</div>",
        "{% if item.dates %}<a href='#'>{% endif %}x{% if item.dates %}</a>{% endif %}",
        "<div{% if item.dates %} class='<b>'{% endif %} id=\"{{ item }}\">{% set x %}<i>y</i>{% endset %}</div>",
        "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{% raw %}<q>{% endraw %}{{ m(1) }}</q>",
        "{% if item.dates %}<div class=a><b>{% else %}<div>{% endif %}x{% if item.dates %}</b>{% endif %}</div>",
        "{% if item.dates %}<div class=a>{% endif %}{% if not item.dates %}<div>{% endif %}x</div>",
        "<div>{% if item.dates %}</div>{% else %}x</div>{% endif %}<div>{% if item %}</div><div>{% endif %}x</div>",
        "<div>{% if item.dates %}</div>{% endif %}{% if not item.dates %}</div>{% endif %}",
        "{% for one in [1, 2] %}{% if not loop.first %}</div>{% endif %}<div>{{ one }}{% endfor %}</div>",
        "{% macro begin() %}<section>{% endmacro %}{% macro end() %}</section>{% endmacro %}{{ begin() }}{{ end() }}",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
    ],
)
def test_what_is_right_or_cannot_be_known_is_no_warning(tmp_path: Path, template: str) -> None:
    assert warnings_of(tmp_path, entry=template) == []


def test_an_element_may_begin_in_one_template_and_end_in_another(tmp_path: Path) -> None:
    assert warnings_of(tmp_path, entry="<div><section>x{% include 'foot.html.j2' %}", foot="</section></div>") == []


def test_an_element_may_begin_in_a_branch_of_one_template_and_end_in_another(tmp_path: Path) -> None:
    head = "{% if item.dates %}<section>{% endif %}x{% include 'foot.html.j2' %}"
    assert warnings_of(tmp_path, entry=head, foot="{% if item.dates %}</section>{% endif %}") == []


@pytest.mark.parametrize("name", ["base", *list_shipped_themes()])
def test_no_shipped_template_leaves_anything_open(tmp_path: Path, name: str) -> None:
    templates = {path: path.read_text("utf-8") for path in (shipped_folder() / name / "html").glob("*.html.j2")}
    for path, text in templates.items():
        assert warnings_of(tmp_path / path.stem, checked=text) == []


OPEN = """\
{% import "parts.html.j2" as parts with context %}
<section{{ at(section) }}>
<h2>{{ section.title }}</h2>
{% for item in section.items %}
<div{{ at(item) }}>{{ parts.linked(item) }}
{% include "details.html.j2" %}
{% endfor %}
"""


def test_pages_with_elements_left_open_are_filled_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "themes" / "mine" / "html"
    folder.mkdir(parents=True)
    (folder.parent / "theme.yaml").write_text("extends: classic\n", "utf-8")
    (folder / "section.html.j2").write_text(OPEN, "utf-8")
    (folder / "style.css.j2").write_text('{% include "classic:style.css.j2" %}\ndiv { width: 70%; }', "utf-8")
    bullets = [f"Built the bridge {number}, which had been closed for years" for number in range(5)]
    jobs = [{"name": f"Yard {n}", "position": "Engineer", "start": 2000 + n, "highlights": bullets} for n in range(10)]
    profile = tmp_path / "profile.yaml"
    entries: dict[str, object] = {"basics": {"name": "Rosa Lindqvist"}, "work": jobs, "awards": [{"title": "Cup"}]}
    entries |= {"variants": {"short": {"theme": "mine", "pages": 1}}}
    profile.write_text(json.dumps(entries), "utf-8")
    told = run_cvgen("render", profile, "-v", "short", *INSTALLED_FONTS)
    assert (told.code, "1 page" in told.out + told.err) == (0, True)
    places = {(one.place.rpartition("/")[2], one.message) for one in read_told(told.err)}
    assert places >= {("section.html.j2:2", "<section> is not closed"), ("section.html.j2:5", "<div> is not closed")}
    assert "section.html.j2:2: warning: <section> is not closed" in run_cvgen("check", profile).out
