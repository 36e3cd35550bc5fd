"""A newcomer edits the profile that ``cvgen new`` wrote: each usual mistake is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import read_told, run_cvgen

from cvgen.pipeline.starter import write_starter


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_starter("Wei Lin", tmp_path_factory.mktemp("a"), "engineer", with_schema=False)[0]


EDITS = {
    "a quote is not closed": ('name: "Wei Lin"', 'name: "Wei Lin', "the quote that opens here", 'write "'),
    "quotes of a word processor": ('name: "Wei Lin"', "name: “Wei Lin”", "the quotes around the name are printed",
                                   'write Wei Lin, or the quotes of a keyboard: "Wei Lin"'),
    "a colon in a text": ("label: Senior", "label: Go: senior", "the value has ': ' in it", "must be in quotes"),
    "a tab": ("  label: Senior", "\tlabel: Senior", "indented with a tab", "indent with spaces"),
    "no space": ("label: Senior", "label:Senior", "no space after the colon", "'label: Senior software engineer'"),
    "no dash": ("  - name: Halyard", "    name: Halyard", "this entry of the list has no dash, unlike that of line",
                "write '- name: Halyard Payments'"),
    "an address": ("email: wei.lin@", "email: wei.lin at ", "is not an e-mail address", "write name@example.org"),
    "a date": ("start: 2022-03", "start: March 22", "'March 22' is not a date", "write the year with four digits"),
    "the present": ("end: present", "end: presnt", "'presnt' is not a date", "did you mean 'present'?"),
    "a day": ("date: 2023-05", "date: 05/03/2023", "is not a date", "write 2023-03-05 or 2023-05-03"),
    "a section": ("[summary, work,", "[summary, experience,", "no section 'experience'", "did you mean 'work'?"),
    "a field": ("    highlights:\n      - Rewrote", "    bullets:\n      - Rewrote", "unknown key", "'highlights'"),
    "a theme": ("theme: modern", "theme: moderm", "there is no theme 'moderm'", "did you mean 'modern'?"),
    "a number": ("pages: 1 ", "pages: one ", "should be a whole number", "write digits alone, such as 2"),
    "a network": ("{network: github", "{network: guthub", "is not a known network", "did you mean 'github'?"),
    "a photo": ("  label:", "  image: me.jpg\n  label:", "there is no picture", "names in a profile start"),
    "a star": ("- Led six", "- *Led* six", "a value cannot start with *", "put the value in quotes"),
    "stars": ("stars: 700", "stars: many", "'many' is not a count of stars", "700 (GitHub, 2026-02)"),
    "a country": ("country_code: US", "country_code: USA", "'USA' is not the code of a country", "CH, GB or US"),
    "a link": ("url: https://github", "url: github", "is not a link", "write it in full, with https://"),
    "a tag": ("tags: [backend]", "tags: backend", "should be a list", "[backend]"),
    "twice": ("work:\n", "work: []\nwork:\n", "the key 'work' is used twice", "keep one, or join the two"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_usual_mistake_is_told_at_its_place(starter: Path, tmp_path: Path, name: str) -> None:
    before, after, message, hint = EDITS[name]
    text = starter.read_text("utf-8")
    assert before in text
    path = tmp_path / "profile.yaml"
    path.write_text(text.replace(before, after, 1), "utf-8")
    told = [one for one in read_told(run_cvgen("render", path, "-f", "txt").err) if one.severity != "notice"]
    (only,) = told
    assert message in only.message
    assert hint in only.hint
    line = text.count("\n", 0, text.index(before)) + 1
    assert only.place.split(":")[1] in (str(line), str(line + (name == "twice")))
