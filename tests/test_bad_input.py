"""Every class of bad input: told at its exact place, with a cure, and nothing is written.

In the texts below ``¦`` marks where the problem is to be found; it is taken out before the file is written.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers import Ran, Told, read_told, run_cvgen

MARK = "¦"
OLD_PDF = b"%PDF-1.7 an earlier render"
BASICS = "basics: {name: Wei Lin}\n"
ONE_VARIANT = BASICS + "variants: {full: {sections: ["
WITH_BIB = "basics: {name: Wei Lin}\nbibliography: {files: [papers.bib]}\n"
ENTRY = "@misc{one, title = {One}, author = {Lin, Wei and Long, Ada}, year = {2024}}\n"


@dataclass(frozen=True, slots=True)
class Bad:
    """A profile (or, where the mark is there, a BibTeX file) with one mistake, and what is to be said of it."""

    profile: str
    says: str
    """A part of the message: it names what is wrong."""
    cure: str
    """A part of the hint, which says what to write instead."""
    bib: str = ENTRY
    args: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """``profile.yaml:3:5`` for a mark in the profile, ``papers.bib:2`` for one in the BibTeX file."""
        if MARK in self.bib:
            return f"papers.bib:{self.bib[: self.bib.index(MARK)].count(chr(10)) + 1}"
        before = self.profile[: self.profile.index(MARK)]
        return f"profile.yaml:{before.count(chr(10)) + 1}:{len(before) - (before.rfind(chr(10)) + 1) + 1}"


def write_files(folder: Path, profile: str, bib: str = ENTRY) -> None:
    (folder / "profile.yaml").write_bytes(profile.replace(MARK, "").encode())
    (folder / "papers.bib").write_bytes(bib.replace(MARK, "").encode())
    (folder / "cv.pdf").write_bytes(OLD_PDF)


def render_bad(folder: Path, *args: str) -> Ran:
    """Render; asserts what holds for all bad input: code 2, no traceback, the old PDF as it was, nothing new."""
    before = sorted(folder.iterdir())
    output = folder / ("cv" if "-f" in args else "cv.pdf")
    ran = run_cvgen("render", folder / "profile.yaml", "-o", output, *args)
    assert ran.code == 2, ran.err
    assert "Traceback" not in ran.out + ran.err
    assert "nothing was written" in ran.err
    assert (folder / "cv.pdf").read_bytes() == OLD_PDF
    assert sorted(folder.iterdir()) == before
    return ran


def errors_in(ran: Ran, folder: Path) -> list[Told]:
    """The errors that were printed, with places relative to ``folder``."""
    return [
        Told(told.place.replace(f"{folder}/", ""), told.severity, told.message, told.hint)
        for told in read_told(ran.err)
        if told.severity == "error"
    ]


def assert_told(errors: list[Told], place: str, says: str, cure: str) -> None:
    """BibTeX places are exact to the line, and may have a column as well."""
    at = [e for e in errors if e.place == place or (".bib:" in place and e.place.startswith(place + ":"))]
    assert any(says in e.message and cure in e.hint for e in at), f"wanted {place}: …{says}… → …{cure}…, got {errors}"


TYPES = [
    pytest.param(Bad(BASICS + "work: ¦Labs\n", "work should be a list", "- "), id="string-for-list-of-entries"),
    pytest.param(
        Bad(
            BASICS + "work:\n  - name: Labs\n    highlights: ¦Cut costs\n",
            "highlights of entry 1 of work should be a list",
            "- ",
        ),
        id="string-for-list-of-bullets",
    ),
    pytest.param(
        Bad(
            "basics: {name: Wei Lin}\nbibliography: {files: ¦papers.bib}\n", "bibliography.files should be a list", "- "
        ),
        id="string-for-list-of-files",
    ),
    pytest.param(Bad("basics:\n  name: ¦[Wei, Lin]\n", "basics.name should be text", ""), id="list-for-text"),
    pytest.param(
        Bad("basics: {name: Wei Lin}\nlanguage: ¦[en]\n", "language should be text", "one line of text"),
        id="list-for-word",
    ),
    pytest.param(Bad("basics: ¦Wei Lin\n", "basics should be a mapping", "key: value"), id="string-for-basics"),
    pytest.param(
        Bad(BASICS + "work:\n  - name: A\n  - ¦Labs\n", "entry 2 of work should be a mapping", "key: value"),
        id="string-for-entry",
    ),
    pytest.param(
        Bad(BASICS + "bibliography: ¦[papers.bib]\n", "bibliography should be a mapping", "key: value"),
        id="list-for-mapping",
    ),
    pytest.param(
        Bad(BASICS + "variants: ¦[full]\n", "variants should be a mapping", "key: value"), id="list-for-variants"
    ),
    pytest.param(
        Bad(
            BASICS + "work:\n  - {name: A, pin: ¦maybe}\n",
            "pin of entry 1 of work should be true or false, not 'maybe'",
            "",
        ),
        id="word-for-switch",
    ),
    pytest.param(
        Bad(BASICS + "variants:\n  full: {pages: ¦two}\n", "should be a whole number, not 'two'", ""),
        id="word-for-number",
    ),
    pytest.param(Bad(BASICS + "variants: {full: {pages: ¦0}}\n", "should be 1 or more", ""), id="no-pages-allowed"),
    pytest.param(
        Bad(BASICS + "education:\n  - institution: ¦{en: [A]}\n", "should be text, or a mapping by language", ""),
        id="mapping-by-language-of-lists",
    ),
    pytest.param(
        Bad(BASICS + 'bibliography: {marks: {"*": ¦equall}}\n', "'equall' is not a mark", "did you mean 'equal'?"),
        id="unknown-mark",
    ),
]

KEYS = [
    pytest.param(
        Bad(
            "basics: {name: W, profiles: [{¦github: ada}]}\n",
            "unknown key 'github'",
            "write network: github, and username: ada on the line below",
        ),
        id="network-as-key",
    ),
    pytest.param(
        Bad(
            "basics: {name: W, profiles: [{¦LinkedIn: example.org/in/w}]}\n",
            "unknown key 'LinkedIn'",
            "write network: LinkedIn, and url: example.org/in/w on the line below",
        ),
        id="network-as-key-with-address",
    ),
    pytest.param(
        Bad(
            BASICS + "languages: [{¦English: C1}]\n",
            "unknown key 'English'",
            "write language: English, and fluency: C1 on the line below",
        ),
        id="language-as-key",
    ),
    pytest.param(
        Bad(
            BASICS + "languages: [{¦English: C1/C2}]\n",
            "unknown key 'English'",
            "write language: English, and fluency: C1/C2 on the line below",
        ),
        id="language-as-key-with-a-slash",
    ),
    pytest.param(
        Bad(
            BASICS + "skills: [{¦Cloud: AWS}]\n",
            "unknown key 'Cloud'",
            "write name: Cloud, and keywords: AWS on the line below",
        ),
        id="name-as-key",
    ),
    pytest.param(
        Bad(BASICS + "skills: [{¦Cloud: [AWS]}]\n", "unknown key 'Cloud'", "write name: Cloud, and its other settings"),
        id="name-as-key-of-a-list",
    ),
    pytest.param(
        Bad(BASICS + "work: [{¦Firma: Acme}]\n", "unknown key 'Firma'", "did you mean 'name'?"),
        id="another-word-for-the-name",
    ),
    pytest.param(Bad(BASICS + "¦wrok: []\n", "unknown key 'wrok'", "did you mean 'work'?"), id="misspelt-top-level"),
    pytest.param(
        Bad("basics:\n  name: Wei Lin\n  ¦emial: a@b.org\n", "unknown key 'emial'", "did you mean 'email'?"),
        id="misspelt-in-basics",
    ),
    pytest.param(
        Bad("basics: {name: W, location: {¦ctiy: HK}}\n", "unknown key 'ctiy'", "did you mean 'city'?"),
        id="misspelt-in-location",
    ),
    pytest.param(
        Bad(BASICS + "work:\n  - name: A\n    ¦positon: B\n", "unknown key 'positon'", "did you mean 'position'?"),
        id="misspelt-in-entry",
    ),
    pytest.param(
        Bad(
            BASICS + "work:\n- name: A\n  highlights:\n  - one\n  - {text: two, ¦prioritty: 1}\n",
            "unknown key 'prioritty'",
            "did you mean 'priority'?",
        ),
        id="misspelt-in-bullet",
    ),
    pytest.param(
        Bad(
            BASICS + "work:\n- {name: A, highlights: [{text: a, highlights: [{text: b, ¦shrot: c}]}]}\n",
            "unknown key 'shrot'",
            "did you mean 'short'?",
        ),
        id="misspelt-in-bullet-of-bullet",
    ),
    pytest.param(
        Bad(BASICS + "variants:\n  full:\n    ¦them: classic\n", "unknown key 'them'", "did you mean 'theme'?"),
        id="misspelt-in-variant",
    ),
    pytest.param(
        Bad(
            BASICS + "variants:\n  full:\n    sections:\n      - summary\n      - publications: {¦wehre: first}\n",
            "unknown key 'wehre'",
            "did you mean 'where'?",
        ),
        id="misspelt-in-variant-section",
    ),
    pytest.param(
        Bad(
            BASICS + "sections:\n  tools:\n    title: Tools\n    ¦entires: []\n",
            "unknown key 'entires'",
            "did you mean 'entries'?",
        ),
        id="misspelt-in-custom-section",
    ),
    pytest.param(
        Bad(
            BASICS + "sections:\n  tools:\n    title: Tools\n    entries:\n      - {title: A, ¦subtitel: B}\n",
            "unknown key 'subtitel'",
            "did you mean 'subtitle'?",
        ),
        id="misspelt-in-custom-entry",
    ),
    pytest.param(
        Bad(
            BASICS + "sections: {jobs: {title: Jobs, like: work, entries: [{name: A, ¦company: B}]}}\n",
            "unknown key 'company'",
            "did you mean 'name'?",
        ),
        id="word-of-other-tool-in-custom-entry-of-shape",
    ),
    pytest.param(
        Bad(
            BASICS + "sections: {jobs: {title: Jobs, entries: [{title: A, highlights: [{text: B, ¦tgas: [c]}]}]}}\n",
            "unknown key 'tgas'",
            "did you mean 'tags'?",
        ),
        id="misspelt-in-bullet-of-custom-entry",
    ),
    pytest.param(
        Bad(
            "basics: {name: Wei Lin}\nbibliography:\n  files: [papers.bib]\n  entries: {one: {¦topics: x}}\n",
            "unknown key 'topics'",
            "did you mean 'topic'?",
        ),
        id="misspelt-in-overlay",
    ),
]

OTHER_TOOLS = [
    pytest.param("work:\n  - ¦company: Labs\n", "name", id="company"),
    pytest.param("work:\n  - {name: A, ¦job_title: B}\n", "position", id="job_title"),
    pytest.param("work:\n  - {name: A, ¦startDate: 2024}\n", "start", id="startDate"),
    pytest.param("work:\n  - {name: A, ¦end_date: 2024}\n", "end", id="end_date"),
    pytest.param("work:\n  - {name: A, ¦bullets: [B]}\n", "highlights", id="bullets"),
    pytest.param("education:\n  - {institution: A, ¦description: B}\n", "summary", id="description"),
    pytest.param("education:\n  - ¦school: A\n", "institution", id="school"),
    pytest.param("education:\n  - {institution: A, ¦degree: PhD}\n", "study_type", id="degree"),
    pytest.param("education:\n  - {institution: A, ¦studyType: PhD}\n", "study_type", id="studyType"),
    pytest.param("education:\n  - {institution: A, ¦gpa: 4.0}\n", "score", id="gpa"),
    pytest.param("projects:\n  - {name: A, ¦link: https://a.org}\n", "url", id="link"),
    pytest.param("awards:\n  - {title: A, ¦issuer: B}\n", "awarder", id="issuer"),
    pytest.param("¦experience: []\n", "work", id="experience"),
    pytest.param("¦honors: []\n", "awards", id="honors"),
    pytest.param("¦publications: [papers.bib]\n", "bibliography", id="publications"),
    pytest.param("variants: {a: {sections: [publications: {¦filter: first}]}}\n", "where", id="filter"),
]

MISSING = [
    pytest.param(Bad("¦language: en\n", "'basics' is missing", "add basics: "), id="no-basics"),
    pytest.param(Bad("basics:\n  ¦label: PhD\n", "'name' is missing in basics", "add name: "), id="no-name"),
    pytest.param(
        Bad(BASICS + "work:\n  - name: A\n  - ¦position: B\n", "'name' is missing in entry 2 of work", "add name: "),
        id="entry-without-name",
    ),
    pytest.param(
        Bad(BASICS + "sections:\n  tools:\n    ¦text: A\n", "'title' is missing in sections.tools", "add title: "),
        id="custom-section-without-title",
    ),
    pytest.param(
        Bad(
            BASICS + "sections:\n  tools:\n    title: A\n    entries:\n      - ¦subtitle: B\n",
            "'title' is missing in entry 1 of sections.tools.entries",
            "add title: ",
        ),
        id="custom-entry-without-title",
    ),
    pytest.param(
        Bad(BASICS + "work:\n- {name: A, highlights: [¦{tags: [b]}]}\n", "'text' is missing", "add text: "),
        id="bullet-without-text",
    ),
    pytest.param(
        Bad(
            "basics: {name: A, profiles: [¦{network: github}]}\n",
            "has neither 'username' nor 'url'",
            "write one of the two",
        ),
        id="account-without-user",
    ),
]

YAML = [
    pytest.param(Bad("¦- basics\n", "not a mapping", "start with 'basics:'"), id="list-at-top"),
    pytest.param(Bad("¦Wei Lin\n", "not a mapping", "start with 'basics:'"), id="text-at-top"),
    pytest.param(Bad("basics:\n¦\tname: Wei Lin\n", "not YAML", "spaces, never with tabs"), id="tab"),
    pytest.param(
        Bad('basics:\n  name: ¦"Wei Lin\n  label: PhD\n', "the quote that opens here is not closed", 'write " at'),
        id="unclosed-double-quote",
    ),
    pytest.param(
        Bad("basics:\n  name: ¦'Wei Lin\n  label: PhD\n", "the quote that opens here is not closed", "write ' at"),
        id="unclosed-single-quote",
    ),
    pytest.param(
        Bad(BASICS + "awards:\n  - title: Best paper¦: a survey\n", "not YAML", "must be in quotes"),
        id="colon-in-plain-text",
    ),
    pytest.param(Bad(BASICS + "work: []\n¦work: []\n", "'work' is used twice", "keep one"), id="duplicate-key"),
    pytest.param(
        Bad(BASICS + "work:\n  - {name: A, ¦name: B}\n", "'name' is used twice (first on line 3)", "keep one"),
        id="duplicate-key-in-entry",
    ),
    pytest.param(Bad("basics: {name: ¦!secret Wei}\n", "the tag '!secret'", "delete it"), id="custom-tag"),
    pytest.param(
        Bad("basics: {name: ¦!!python/name:os.system ''}\n", "tag", "delete it"),
        id="python-tag",
    ),
    pytest.param(
        Bad("basics: {name: ¦@Wei}\n", "a value cannot start with @", "put the value in quotes"), id="starts-with-at"
    ),
    pytest.param(
        Bad("basics: {name: ¦*Wei}\n", "a value cannot start with *", "put the value in quotes"), id="starts-with-star"
    ),
    pytest.param(
        Bad("basics: ¦{name: A\n", "the bracket that opens here is not closed", "write } at its end"),
        id="unclosed-bracket",
    ),
    pytest.param(Bad(BASICS + "? ¦[a, b]\n: c\n", "a key must be a word", "key: value"), id="list-as-key"),
    pytest.param(Bad(BASICS + f"awards: {'[' * 49}¦{'[' * 13}{']' * 62}\n", "too deep", " "), id="too-deep"),
    pytest.param(Bad("basics: {name: ¦Wei \u202eniL}\n", "U+202E", "delete it"), id="bidi-override"),
    pytest.param(Bad("basics: {name: ¦Wei\u2066 Lin}\n", "U+2066", "delete it"), id="bidi-isolate"),
    pytest.param(Bad("basics: {name: ¦We\u200bi Lin}\n", "U+200B", "delete it"), id="zero-width-space"),
    pytest.param(Bad("basics: {name: ¦Wei\U000e0041 Lin}\n", "U+E0041", "delete it"), id="tag-character"),
    pytest.param(
        Bad(BASICS + "work:\n  - name: 林¦: 薇: x\n", "not YAML", "must be in quotes"), id="column-after-cjk-characters"
    ),
    pytest.param(
        Bad(BASICS + "work:\r\n  - name: A\r\n    ¦positon: B\r\n", "'positon'", "'position'"), id="windows-newlines"
    ),
    pytest.param(Bad(BASICS + "news:\n  -¦ #hash is lost\n", "comment", "quotes"), id="text-lost-in-comment"),
    pytest.param(
        Bad(BASICS + "awards:\n  - title:¦ #1 of 200\n", "so the value of 'title' is empty", "quotes"),
        id="value-lost-in-comment",
    ),
]

VALUES = [
    pytest.param(
        Bad(BASICS + "work: [{name: A, start: ¦2024-13}]\n", "'2024-13'", "write 2024, 2024-05"), id="month-13"
    ),
    pytest.param(
        Bad(
            BASICS + "work: [{name: A, start: ¦2023-02-29}]\n",
            "'2023-02-29' is not a date: February 2023 has no day 29",
            "write 2024",
        ),
        id="day-not-in-calendar",
    ),
    pytest.param(
        Bad(BASICS + "awards: [{title: A, date: ¦last year}]\n", "'last year' is not a date", "write 2024"),
        id="words-for-date",
    ),
    pytest.param(
        Bad(BASICS + "awards: [{title: A, date: ¦{a: 2024}}]\n", "should be a date", "write 2024"),
        id="mapping-for-date",
    ),
    pytest.param(
        Bad(BASICS + "awards: [{title: A, date: ¦[2024, soon]}]\n", "'soon' is not a date", "write 2024"),
        id="word-in-list-of-dates",
    ),
    pytest.param(
        Bad(BASICS + "work: [{name: A, start: ¦'2023, 2024'}]\n", "is a list of dates", "write it as date:"),
        id="list-for-start",
    ),
    pytest.param(
        Bad(BASICS + "work: [{name: A, end: ¦since 2015}]\n", "'since 2015' does not fit", "write it as date:"),
        id="since-for-end",
    ),
    pytest.param(
        Bad(BASICS + "work: [{name: A, date: ¦'2015, 2021 to 2019'}]\n", "ends before it starts", "exchange"),
        id="end-before-start-in-a-list",
    ),
    pytest.param(
        Bad(BASICS + "work:\n  - {name: A, start: 2024, end: ¦2022}\n", "ends before it starts", "exchange"),
        id="end-before-start",
    ),
    pytest.param(
        Bad(BASICS + "work:\n  - {name: A, start: 2024-09, end: ¦2024-05}\n", "ends before it starts", "exchange"),
        id="end-before-start-in-one-year",
    ),
    pytest.param(
        Bad(BASICS + "work:\n  - {name: A, start: present, end: ¦2024}\n", "ends before it starts", "exchange"),
        id="present-before-end",
    ),
    pytest.param(
        Bad(BASICS + "work:\n  - {name: A, date: ¦2024, start: 2023}\n", "has both 'date' and 'start'", "keep one"),
        id="date-and-start",
    ),
    pytest.param(
        Bad("basics: {name: A, url: ¦example.org}\n", "'example.org' is not a link", "https://"), id="bare-url"
    ),
    pytest.param(
        Bad("basics:\n  name: A\n  url: ¦https://a.org/my page\n", "has a space in it", "%20"), id="space-in-url"
    ),
    pytest.param(
        Bad("basics: {name: A, url: ¦'javascript:alert(1)'}\n", "is not a link", "https://"), id="javascript-url"
    ),
    pytest.param(
        Bad("basics:\n  name: A\n  summary: ¦See [me](javascript:alert(1)).\n", "'javascript:'", "https://"),
        id="javascript-link-in-text",
    ),
    pytest.param(
        Bad(BASICS + "work: [{name: A, highlights: [¦'[x](file:///etc/passwd)']}]\n", "'file:'", "https://"),
        id="file-link-in-bullet",
    ),
    pytest.param(
        Bad("basics: {name: A, email: ¦wei.lin}\n", "'wei.lin' is not an e-mail address", "name@example.org"),
        id="bad-email",
    ),
]

OPTIONS = [
    pytest.param(
        Bad(BASICS + "variants: {full: {options: {¦acent: red}}}\n", "no option 'acent'", "did you mean 'accent'?"),
        id="unknown-option",
    ),
    pytest.param(
        Bad(BASICS + "variants: {full: {options: {size: ¦42pt}}}\n", "'42pt' is out of range", "9 to 12"),
        id="option-out-of-range",
    ),
    pytest.param(
        Bad(
            BASICS + "variants: {full: {options: {size: ¦large}}}\n", "option 'size': 'large' is not a number", "write"
        ),
        id="option-not-a-number",
    ),
    pytest.param(
        Bad(BASICS + "variants: {full: {options: {accent: ¦blueish}}}\n", "'blueish' is not a colour", "#1f3a5f"),
        id="wrong-colour",
    ),
    pytest.param(
        Bad(BASICS + "variants: {full: {options: {paper: ¦leter}}}\n", "'leter' is not one of its choices", "'letter'"),
        id="option-choice-not-offered",
    ),
    pytest.param(
        Bad(
            BASICS + "variants: {full: {options: {page_numbers: ¦maybe}}}\n",
            "'maybe' is neither true nor false",
            "true or false",
        ),
        id="option-switch",
    ),
    pytest.param(
        Bad(BASICS + "variants:\n  a: {options: {size: ¦99}}\n  b: {extends: a}\n", "out of range", "9 to 12",
            args=("-v", "b")),
        id="inherited-option-at-its-own-line",
    ),
]  # fmt: skip

VARIANTS = [
    pytest.param(
        Bad(BASICS + "variants: {full: {theme: ¦clasic}}\n", "no theme 'clasic'", "did you mean 'classic'?"),
        id="unknown-theme",
    ),
    pytest.param(
        Bad(BASICS + "¦variants: {full: {}}\n", "no variant 'ful'", "did you mean 'full'?", args=("-v", "ful")),
        id="unknown-variant",
    ),
    pytest.param(
        Bad(ONE_VARIANT + "summary, ¦eduction]}}\n", "no section 'eduction'", "did you mean 'education'?"),
        id="unknown-section",
    ),
    pytest.param(
        Bad(ONE_VARIANT + "work: {with: [¦volunter]}]}}\n", "no section 'volunter'", "did you mean 'volunteer'?"),
        id="unknown-section-to-join",
    ),
    pytest.param(
        Bad(
            WITH_BIB + "variants: {full: {sections: [publications: {sort: ¦newst}]}}\n",
            "'newst'",
            "did you mean 'newest'?",
        ),
        id="unknown-sort-of-publications",
    ),
    pytest.param(
        Bad(ONE_VARIANT + "work: {sort: ¦oldset}]}}\nwork: [{name: A}]\n", "'oldset'", "did you mean 'oldest'?"),
        id="unknown-sort-of-entries",
    ),
    pytest.param(
        Bad(
            WITH_BIB + "variants: {full: {sections: [publications: {group_by: ¦yaer}]}}\n",
            "'yaer'",
            "did you mean 'year'?",
        ),
        id="unknown-group-by",
    ),
    pytest.param(
        Bad(BASICS + "sections: {a: {title: A, like: ¦awrads}}\n", "'awrads'", "did you mean 'awards'?"),
        id="unknown-shape",
    ),
    pytest.param(
        Bad(BASICS + "variants:\n  full: {}\n  short: {extends: ¦ful}\n", "no variant 'ful' to extend", "'full'",
            args=("-v", "short")),
        id="extends-unknown",
    ),
    pytest.param(
        Bad(BASICS + "variants:\n  a: {extends: b}\n  b: {extends: ¦a}\n",
            "the variants extend each other in a circle: a → b → a", "delete one 'extends'",
            args=("-v", "a")),
        id="extends-in-a-circle",
    ),
    pytest.param(
        Bad(BASICS + "variants: {a: {extends: ¦a}}\n", "'a' extends itself", "delete one 'extends'"),
        id="extends-itself",
    ),
]  # fmt: skip


def _query(where: str, section: str = "publications") -> str:
    return f"{WITH_BIB}work: [{{name: A}}]\nvariants:\n  full:\n    sections:\n      - {section}: {{where: ¦{where}}}\n"


QUERIES = [
    pytest.param(Bad(_query("first or"), "'first or' ends too early", "write a value after it"), id="does-not-compile"),
    pytest.param(
        Bad(_query("(first"), "'(first' has a bracket that is not closed", "write the closing bracket"),
        id="unclosed-bracket",
    ),
    pytest.param(
        Bad(_query('"title | frist"'), "'frist' after '|' is not known", "did you mean 'first'?"), id="unknown-filter"
    ),
    pytest.param(Bad(_query("frist"), "unknown name 'frist'", "did you mean 'first'?"), id="unknown-name"),
    pytest.param(
        Bad(_query("statsu == 'preprint'"), "unknown name 'statsu'", "did you mean 'status'?"),
        id="unknown-name-in-comparison",
    ),
    pytest.param(
        Bad(_query("yeer", section="work"), "unknown name 'yeer'", "did you mean 'year'?"),
        id="unknown-name-over-entries",
    ),
    pytest.param(
        Bad(
            _query("year >= 2023"),
            "cannot be evaluated",
            "year and year >= 2023",
            bib="@misc{a, title={A}, author={Lin, Wei}, pubstate={inpreparation}}\n",
        ),
        id="cannot-be-answered",
    ),
    pytest.param(
        Bad(_query("title.__class__.__mro__"), ".__mro__ is not known", "startswith(…)"), id="escape-from-sandbox"
    ),
    pytest.param(Bad(_query("position.foo.bar"), ".bar is not known", "after a dot"), id="unknown-attribute"),
]

BIBLIOGRAPHY = [
    pytest.param(
        Bad("basics: {name: A}\nbibliography:\n  files: [¦paper.bib]\n", "no BibTeX file", "papers.bib"),
        id="missing-file",
    ),
    pytest.param(
        Bad("basics: {name: A}\nbibliography: {files: [papers.bib, ¦other/more.bib]}\n", "no BibTeX file", "no folder"),
        id="missing-second-file-and-folder",
    ),
    pytest.param(
        Bad(WITH_BIB, "two authors could be you", "author+an",
            bib="\n¦@misc{a, title={A}, author={Lin, Wei and Ng, J and Wei Lin}, year=2024}\n"),
        id="two-authors-could-be-the-owner",
    ),
    pytest.param(
        Bad(WITH_BIB, "one: '3=equal' marks author 3, but the entry has 2 authors",
            "write a number from 1 to 2, or add the missing author",
            bib=ENTRY.replace("year", "\n\n¦author+an = {1=self; 3=equal}, year")),
        id="index-beyond-the-list",
    ),
    pytest.param(
        Bad(WITH_BIB, "'0=equal' marks author 0, but the first author is number 1", "write a number from 1 to 2",
            bib=ENTRY.replace("year", "\n¦author+an = {0=equal}, year")),
        id="index-zero",
    ),
    pytest.param(
        Bad(WITH_BIB, "'first=equal' cannot be read", "{1=equal; 2=self,equal,lead}",
            bib=ENTRY.replace("year", "\n¦author+an = {first=equal}, year")),
        id="annotation-does-not-parse",
    ),
    pytest.param(
        Bad(WITH_BIB, "U+202E", "delete it",
            bib="@misc{a,\n¦  title = {A\u202eB},\n author = {Lin, Wei}, year = 2024}\n"),
        id="bidi-override-in-title",
    ),
    pytest.param(
        Bad(
            "basics: {name: Wei Lin}\nbibliography:\n  files: [papers.bib]\n  entries:\n    ¦onne: {topic: x}\n",
            "no publication has the key 'onne'",
            "did you mean 'one'?",
        ),
        id="unknown-overlay-key",
    ),
    pytest.param(
        Bad(
            "basics: {name: A}\nbibliography: {files: [papers.bib], entries: {one: {links: {code: ¦a.org}}}}\n",
            "'a.org' is not a link",
            "https://",
        ),
        id="overlay-with-bad-link",
    ),
    pytest.param(
        Bad(
            "basics: {name: A}\nbibliography: {files: [papers.bib], entries: {one: {roles: [¦leed]}}}\n",
            "'leed' is not a mark",
            "did you mean 'lead'?",
        ),
        id="overlay-with-unknown-role",
    ),
]  # fmt: skip
DOUBTS = [
    pytest.param(
        Bad(WITH_BIB, "'two' cannot be read and is left out", "brace",
            bib=ENTRY + "@misc{two,\n¦  title = {Two\n}\n\n" + ENTRY.replace("one", "x")),
        id="unclosed-brace",
    ),
    pytest.param(
        Bad(WITH_BIB, "before 'author'", "comma",
            bib="@misc{a,\n¦  title = {A}\n  author = {Lin, Wei},\n  year = 2024\n}\n"),
        id="missing-comma",
    ),
    pytest.param(
        Bad(WITH_BIB, "'one' is used twice (first on line 1)", "rename", bib=ENTRY + "¦" + ENTRY), id="key-used-twice"
    ),
]  # fmt: skip

ALL = [*TYPES, *KEYS, *MISSING, *YAML, *VALUES, *OPTIONS, *VARIANTS, *QUERIES, *BIBLIOGRAPHY]


@pytest.mark.parametrize("bad", ALL)
def test_mistake_is_told_at_its_place_with_a_cure(tmp_path: Path, bad: Bad) -> None:
    write_files(tmp_path, bad.profile, bad.bib)
    ran = render_bad(tmp_path, *bad.args)
    assert_told(errors_in(ran, tmp_path), bad.place, bad.says, bad.cure)


@pytest.mark.parametrize("bad", DOUBTS)
def test_doubt_in_bibtex_is_a_warning_and_with_strict_an_error(tmp_path: Path, bad: Bad) -> None:
    write_files(tmp_path, bad.profile, bad.bib)
    lax = run_cvgen("publications", tmp_path / "profile.yaml")
    assert lax.code == 0
    assert {told.severity for told in read_told(lax.err)} == {"warning"}
    strict = run_cvgen("publications", tmp_path / "profile.yaml", "--strict")
    assert strict.code == 2
    assert_told(errors_in(strict, tmp_path), bad.place, bad.says, bad.cure)


@pytest.mark.parametrize(("text", "ours"), OTHER_TOOLS)
def test_word_of_another_tool_leads_to_ours(tmp_path: Path, text: str, ours: str) -> None:
    bad = Bad(BASICS + text, "unknown key", f"did you mean {ours!r}?")
    write_files(tmp_path, bad.profile)
    assert_told(errors_in(render_bad(tmp_path), tmp_path), bad.place, bad.says, bad.cure)


@pytest.mark.parametrize(
    ("data", "place", "says", "cure"),
    [
        pytest.param(b"", "profile.yaml", "the profile is empty", "cvgen new", id="empty"),
        pytest.param(b"# nothing yet\n\n", "profile.yaml", "the profile is empty", "cvgen new", id="comments-only"),
        pytest.param(b"basics:\n  name: Jos\xe9\n", "profile.yaml:2:12", "0xe9 is not UTF-8", "UTF-8", id="latin-1"),
        pytest.param(
            "basics: {name: Zoë}\nlanguage: \n".encode() + b"x: \xff\n",
            "profile.yaml:3:4",
            "0xff is not UTF-8",
            "save the file as UTF-8",
            id="bad-byte-below-good-ones",
        ),
        pytest.param(
            "language: é ".encode() + b"\xff\n", "profile.yaml:1:13", "0xff", "UTF-8", id="column-counts-characters"
        ),
        pytest.param("basics: {name: A}\n".encode("utf-16"), "profile.yaml:1:1", "not UTF-8", "UTF-8", id="utf-16"),
        pytest.param(b"a: b\n" * 210_000, "profile.yaml", "too large", "1024 KiB", id="larger-than-a-mebibyte"),
    ],
)
def test_file_that_is_no_profile(tmp_path: Path, data: bytes, place: str, says: str, cure: str) -> None:
    write_files(tmp_path, "")
    (tmp_path / "profile.yaml").write_bytes(data)
    assert_told(errors_in(render_bad(tmp_path), tmp_path), place, says, cure)


def test_control_character_is_told_at_its_line(tmp_path: Path) -> None:
    write_files(tmp_path, "basics:\n  name: Wei\x07Lin\n")
    (error,) = errors_in(render_bad(tmp_path), tmp_path)
    assert error.place.startswith("profile.yaml:2")
    assert "control character" in error.message + error.hint


def test_byte_order_mark_shifts_nothing(tmp_path: Path) -> None:
    bad = Bad("¦bascis: {name: A}\n", "unknown key 'bascis'", "did you mean 'basics'?")
    write_files(tmp_path, bad.profile)
    (tmp_path / "profile.yaml").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "profile.yaml").read_bytes())
    assert_told(errors_in(render_bad(tmp_path), tmp_path), bad.place, bad.says, bad.cure)


def test_missing_profile_names_the_ones_there(tmp_path: Path) -> None:
    write_files(tmp_path, BASICS)
    ran = run_cvgen("render", tmp_path / "profil.yaml")
    assert ran.code == 2
    assert_told(errors_in(ran, tmp_path), "profil.yaml", "there is no profile", "profile.yaml")


def test_folder_for_a_profile(tmp_path: Path) -> None:
    ran = run_cvgen("render", tmp_path)
    assert ran.code == 2
    assert "is a folder, not a profile" in ran.err


ALIAS_BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(ALIAS_BOMB, r"\d+", id="alias-bomb"),
        pytest.param(BASICS + "work: &me [*me]\n", "2", id="list-in-itself"),
        pytest.param(BASICS + "x: &me {a: *me}\n", "2", id="mapping-in-itself"),
    ],
)
def test_bomb_is_refused(tmp_path: Path, text: str, line: str) -> None:
    write_files(tmp_path, text)
    (error,) = errors_in(render_bad(tmp_path), tmp_path)
    assert re.fullmatch(rf"profile\.yaml:{line}:\d+", error.place)
    assert "nested too deeply or refers to itself too often" in error.message
    assert error.hint


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "[" * 100_000, id="flow"),
        pytest.param("- " * 100_000, id="block"),
        pytest.param("a: " + "{a: " * 100_000, id="mappings"),
    ],
)
def test_abyss_does_not_kill_the_process(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, text)
    command = [sys.executable, "-m", "cvgen", "publications", str(tmp_path / "profile.yaml")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert finished.returncode == 2, finished.stderr[-2000:]
    assert "Traceback" not in finished.stderr
    assert "profile.yaml" in finished.stderr


@pytest.mark.parametrize(
    ("args", "says", "cure"),
    [
        pytest.param(("-t", "modrn"), "no theme 'modrn'", "did you mean 'modern'?", id="theme"),
        pytest.param(("-t", "./nowhere"), "no theme './nowhere'", "classic", id="theme-folder"),
        pytest.param(("--role", "co-frist"), "no role 'co-frist'", "co-first", id="role"),
        pytest.param(("--set", "acent=#123456"), "no option 'acent'", "did you mean 'accent'?", id="option"),
        pytest.param(("--set", "size=99"), "'99' is out of range", "9 to 12", id="option-out-of-range"),
        pytest.param(("--set", "accent=blu"), "'blu' is not a colour", "#1f3a5f", id="option-wrong-colour"),
    ],
)
def test_mistake_on_the_command_line(tmp_path: Path, args: tuple[str, ...], says: str, cure: str) -> None:
    write_files(tmp_path, BASICS)
    assert_told(errors_in(render_bad(tmp_path, *args), tmp_path), "", says, cure)


def test_variant_asked_for_where_there_is_none(tmp_path: Path) -> None:
    write_files(tmp_path, BASICS)
    (error,) = errors_in(render_bad(tmp_path, "-v", "full"), tmp_path)
    assert "no variant 'full'" in error.message
    assert "variants:" in error.hint


@pytest.mark.parametrize(
    "args",
    [
        pytest.param((), id="weasyprint"),
        pytest.param(("-f", "html"), id="html"),
        pytest.param(("-f", "tex"), id="tex"),
    ],
)
@pytest.mark.parametrize(
    ("image", "data", "says"),
    [
        pytest.param("me.png", None, "me.png", id="missing"),
        pytest.param("me.gif", b"GIF89a", "me.gif", id="kind-not-known"),
        pytest.param("me.png", b"no picture", "me.png", id="no-picture"),
        pytest.param("pictures", "folder", "pictures", id="folder"),
    ],
)
def test_photo_that_cannot_be_shown(
    tmp_path: Path, image: str, data: bytes | str | None, says: str, args: tuple[str, ...]
) -> None:
    bad = Bad(f"basics:\n  name: Wei Lin\n  image: ¦{image}\n", says, "")
    write_files(tmp_path, bad.profile)
    if data == "folder":
        (tmp_path / image).mkdir()
    elif isinstance(data, bytes):
        (tmp_path / image).write_bytes(data)
    (error,) = errors_in(render_bad(tmp_path, *args), tmp_path)
    assert error.place == bad.place
    assert says in error.message
    assert error.hint


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("  - title: Winner of¦ #1\n", id="number"),
        pytest.param("  - {title: Winner of¦ #1\n    }\n", id="in-braces"),
        pytest.param("  - title: Expert in C¦ #sharp\n", id="hash-word"),
    ],
)
def test_end_of_a_text_taken_for_a_comment_is_told(tmp_path: Path, line: str) -> None:
    bad = Bad(BASICS + "awards:\n" + line, "", "")
    write_files(tmp_path, bad.profile)
    told = read_told(run_cvgen("publications", tmp_path / "profile.yaml").err)
    assert [f"{tmp_path}/{bad.place}"] == [one.place for one in told]
    assert "comment" in told[0].message
    assert "quotes" in told[0].hint


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("  - title: 'Winner of #1'\n", id="quoted"),
        pytest.param("  - title: Winner of#1 in C# \n", id="no-space-before"),
        pytest.param("  - title: Winner # of the year\n", id="comment-with-space"),
        pytest.param("  # - title: Winner\n  - title: A  # ###\n", id="comment-lines"),
    ],
)
def test_true_comment_is_let_be(tmp_path: Path, line: str) -> None:
    write_files(tmp_path, BASICS + "awards:\n" + line)
    ran = run_cvgen("publications", tmp_path / "profile.yaml")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    "field",
    [
        pytest.param(r"title = {\href{javascript:alert(1)}{Click}}", id="href-in-title"),
        pytest.param("title = {T}, url = {javascript:alert(1)}", id="url"),
        pytest.param("title = {T}, pdf = {file:///etc/passwd}", id="file"),
        pytest.param(r"title = {T}, note = {\url{javascript:alert(1)}}", id="url-in-note"),
    ],
)
def test_link_in_bibtex_that_may_not_stand_in_a_cv_is_told_and_is_no_link(tmp_path: Path, field: str) -> None:
    write_files(tmp_path, WITH_BIB, f"@misc{{a,\n  author = {{Lin, Wei}}, year = 2024,\n  {field}}}\n")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex")
    assert ran.code == 0
    (told,) = read_told(ran.err)
    assert told.place.startswith(f"{tmp_path}/papers.bib:3:")
    assert "is not a link" in told.message
    assert "https://" in told.hint
    source = (tmp_path / "profile.tex").read_text("utf-8")
    assert [found for found in re.findall(r"\\href\{([^}]*)\}", source) if not found.startswith("https:")] == []


def test_unreadable_bibtex_is_told_once_and_by_cvgen_alone(tmp_path: Path) -> None:
    """The library behind it logs in its own words; a person must not see them."""
    write_files(tmp_path, WITH_BIB, "@misc{a,\n  title = {T\n}\n")
    command = [sys.executable, "-m", "cvgen", "publications", str(tmp_path / "profile.yaml")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert finished.returncode == 0
    assert finished.stderr.splitlines()[0].startswith(f"{tmp_path}/papers.bib:2:11: warning: ")


MANY = """\
basics:
  name: Wei Lin
  url: ¦example.org
  emial: a@b.org
bibliography:
  files: [papers.bib, ¦missing.bib]
  entries:
    nobody: {topic: x}  # may stand in the file that is missing
work:
  - name: Labs
    start: ¦2024-13
    highlights: ¦one
  - ¦position: Intern
    ¦position: Boss
news:
  - ¦#1 in the world
variants:
  full:
    options: {size: ¦99}
    sections:
      - ¦sumary
      - publications: {where: ¦frist}
      - publications: {sort: ¦newst}
"""
MANY_BIB = """\
@misc{one, title = {One}, author = {Lin, Wei}, year = {2024},
¦  author+an = {one=equal},
}
@misc{two, title = {Two}, author = {Lin, Wei}, year = {2024},
¦  author+an = {2=equal},
}
"""


def _marked_lines(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if MARK in line]


def test_all_mistakes_of_all_kinds_in_one_run(tmp_path: Path) -> None:
    write_files(tmp_path, MANY, MANY_BIB)
    lines = {told.place.rsplit(":", 1)[0] if told.place.count(":") == 2 else told.place
             for told in errors_in(render_bad(tmp_path, "--all-problems"), tmp_path)}  # fmt: skip
    wanted = {f"profile.yaml:{line}" for line in _marked_lines(MANY)} | {"profile.yaml:4"}
    wanted |= {f"papers.bib:{line}" for line in _marked_lines(MANY_BIB)}
    assert wanted <= lines, f"not told: {sorted(wanted - lines)}"


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param(
            BASICS + "variants: {full: {theme: ¦clasic, sections: [¦sumary]}}\n", id="theme-and-section"
        ),
        pytest.param(
            BASICS + "variants: {full: {options: {size: ¦99}, sections: [¦sumary]}}\n", id="option-and-section"
        ),
        pytest.param(
            BASICS + "variants: {full: {sections: [¦sumary, publications: {where: ¦frist}, work: {sort: ¦x}]}}\n",
            id="section-query-and-sort",
        ),
        pytest.param(
            BASICS + "variants: {full: {sections: [publications: {where: ¦frist, sort: ¦x, group_by: ¦y}]}}\n",
            id="query-sort-and-group-of-one-section",
        ),
        pytest.param(BASICS + "variants: {full: {options: {size: ¦99, accent: ¦red-ish}}}\n", id="two-options"),
        pytest.param(
            BASICS + "sections: {a: {title: A, like: ¦x}, b: {title: B, entries: [{title: C, date: ¦y}]}}\n",
            id="custom-sections",
        ),
    ],
)  # fmt: skip
def test_mistakes_found_by_different_steps_are_told_together(tmp_path: Path, profile: str) -> None:
    write_files(tmp_path, profile)
    marks = [index for index, character in enumerate(profile.splitlines()[1]) if character == MARK]
    columns = [index + 1 - order for order, index in enumerate(marks)]
    told = {error.place for error in errors_in(render_bad(tmp_path), tmp_path)}
    assert {f"profile.yaml:2:{column}" for column in columns} <= told


def test_printed_problem_shows_the_line_and_a_caret(tmp_path: Path) -> None:
    write_files(tmp_path, "basics:\n  name: Wei Lin\n  emial: a@b.org\n")
    lines = render_bad(tmp_path).err.splitlines()
    assert lines == [
        f"{tmp_path}/profile.yaml:3:3: error: unknown key 'emial'",
        "    3 |   emial: a@b.org",
        "          ^",
        "    → did you mean 'email'?",
        "1 error; nothing was written",
    ]
