"""Elements that a theme's HTML templates do not close are warnings at their lines; right templates are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import run_cvgen

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
    ran = run_cvgen("render", profile, "-t", "mine", "-f", "html", "-o", tmp_path / "cv.html")
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
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
    ],
)
def test_what_is_right_or_cannot_be_known_is_no_warning(tmp_path: Path, template: str) -> None:
    assert warnings_of(tmp_path, entry=template) == []


def test_an_element_may_begin_in_one_template_and_end_in_another(tmp_path: Path) -> None:
    assert warnings_of(tmp_path, entry="<div><section>x{% include 'foot.html.j2' %}", foot="</section></div>") == []
