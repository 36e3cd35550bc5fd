"""What ``cvgen check`` finds on pages from right to left, and what it does not mistake for a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import run_cvgen

THEMES = Path(__file__).parents[1] / "themes"
CAREER = """\
language: fa
basics: {name: لیلا کریمی, email: nora.kemp@example.org, phone: "+00 50 000 0000", url: https://example.org,
  location: {city: شیراز}, profiles: [{network: github, username: nora-kemp}]}
work:
  - name: دانشگاه کنار رود
    position: مهندس
    start: 2018
    highlights: [سرپرست گروهی از مهندسان در شیراز هستم, سرویس‌های پایدار می‌نویسم]
"""


def check(folder: Path, theme: str, *edits: tuple[str, str, str]) -> set[str]:
    """The names of the checks that find something in ``CAREER``; ``edits`` change files of the theme ``base``."""
    (folder / "profile.yaml").write_text(CAREER, "utf-8")
    for file, before, after in edits:
        text = (THEMES / "base/html" / file).read_text("utf-8")
        assert before in text
        (folder / f"themes/{theme}/html").mkdir(parents=True, exist_ok=True)
        (folder / f"themes/{theme}/html/{file}").write_text(text.replace(before, after), "utf-8")
    ran = run_cvgen("check", folder / "profile.yaml", "-t", theme, "--format", "json")
    (cell,) = json.loads(ran.out)["cells"]
    return {finding["check"] for finding in cell["findings"]}


def test_a_page_from_right_to_left_is_right(tmp_path: Path) -> None:
    assert check(tmp_path, "timeline") == set()


CONTACT = "{{ contact_text(contact, options.icons) }}"
BULLET = "<li{{ at(bullet) }}>"
APART = CONTACT.replace(" }}", ' | replace("@", " @ ") }}')
WHOLE = ".math, .whole {"
FAULTS = {
    "an e-mail with spaces": ("contacts", ("parts.html.j2", CONTACT, APART)),
    "a lost bullet": ("text", ("parts.html.j2", BULLET, "<li hidden{{ at(bullet) }}>")),
    "lines that overlap": ("overlap", ("page.css.j2", WHOLE, f"li + li {{ margin-top: -1.2em !important; }} {WHOLE}")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_from_right_to_left_is_found(tmp_path: Path, fault: str) -> None:
    name, edit = FAULTS[fault]
    assert name in check(tmp_path, "classic", edit)
