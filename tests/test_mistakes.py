"""Mistakes that people make, each in a good profile and bibliography: told at its place, with a hint that mends it.

A row edits the good files below: ``good`` stands there once, ``bad`` takes its place, and ``¦`` in it marks where the
mistake is to be told. ``mended`` is what the hint says to write (where that is not ``good``): with it nothing at all
is told. No row may tell of more than its mistake: what follows from one is no mistake of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from helpers import Ran, Told, read_told, run_cvgen

MARK = "¦"
FIXTURES = Path(__file__).parent / "fixtures"

PROFILE = """\
# yaml-language-server: $schema=./cvgen.schema.json
basics:
  name: Wei Lin
  native_name: 林薇
  label: PhD candidate, multimodal learning
  image: me.png
  email: wei.lin@example.org
  phone: +852 5555 0100
  url: https://weilin.example.org
  location: {city: Hong Kong, country_code: HK}
  profiles:
    - {network: github, username: weilin}
    - {network: orcid, username: 0000-0002-1825-0097}
  summary: I work on **efficient** models with [Ada Long](https://ada.example.org).

bibliography:
  files: [papers.bib, library.json]
  aliases: ["W. Lin", 林薇]
  orcid: 0000-0002-1825-0097
  marks: {"*": equal}
  entries:
    lin2024:
      topic: Agents
      citations: 412 (Google Scholar, 2026-02)
      roles: [lead]

education:
  - institution: University of Exampleton
    study_type: PhD
    area: Computer Science
    start: 2021-09
    end: present
    score: "Rank 1/56"

work:
  - name: Example Labs
    position: Research intern
    location: Zurich
    start: 2024-06
    end: 2024-09
    mentor: {name: Ada Long, url: https://lab.example.org}
    tags: [industry]
    highlights:
      - Cut the cost of training by 40 %.
      - text: Wrote the data loader that three other teams now use.
        short: Wrote the data loader.
        priority: 2
  - name: Sample Inc.
    position: Engineer
    start: 2019-07
    end: 2021-08
    highlights:
      - Kept the search service up.

awards:
  - title: Best Student Paper
    awarder: Example Society
    date: 2024-05

skills:
  - name: Programming
    keywords: [Python, C++, Rust]

sections:
  exhibitions:
    title: Exhibitions
    like: awards
    entries:
      - {title: Machines that draw, date: 2023}

variants:
  full:
    theme: classic
    language: en
    options: {accent: "#7a1f3d", size: 10pt}
    sections:
      - summary
      - education
      - work: {title: Experience, sort: newest}
      - publications:
          title: Selected papers
          where: first or co_first
          group_by: year
          sort: oldest
          style: full
          max_authors: 8
      - publications: {title: More papers, where: not (first or co_first), pin: [lin2024]}
      - awards
      - skills
      - exhibitions
  industry:
    extends: full
    exclude_tags: [industry]
    short: true
    pages: 1
    priorities: {Python: 5}
"""

BIB = """\
@string{iclr = {International Conference on Learning Representations}}

@inproceedings{zeng2026,
  author    = {Zeng, Yu and Lin, Wei and Fang, Zhen and Ouyang, Wanli},
  author+an = {1=equal; 2=self,equal,lead; 4=advisor},
  title     = {Rethinking Visual Search for {LLM}s},
  booktitle = iclr,
  abbr      = {ICLR},
  year      = {2026},
  eprint    = {2602.02185},
  code      = {https://example.org/visual-search},
}

@article{lin2024,
  author    = {Lin, Wei and Long, Ada},
  title     = "Deep Water",
  journal   = {Journal of Examples},
  volume    = {12},
  pages     = {45--67},
  month     = may,
  year      = {2024},
  doi       = {10.1000/jex.2024.3},
}

@misc{long2022,
  author    = {Long, Ada and Lin, Wei and Kemp, Tom},
  title     = {Shallow Water},
  pubstate  = {submitted},
  year      = {2022},
  url       = {https://example.org/shallow},
}
"""

CSL = """\
[
  {
    "id": "linRapids2021",
    "type": "paper-conference",
    "title": "Rapids",
    "container-title": "Proceedings of Examples",
    "author": [{"family": "Lin", "given": "Wei"}],
    "issued": {"date-parts": [[2021, 7]]}
  },
  {
    "id": "linThesis2021",
    "type": "thesis",
    "title": "On Water",
    "author": [{"literal": "Wei Lin"}],
    "issued": {"date-parts": [[2021]]}
  }
]
"""

GOOD = {"profile.yaml": PROFILE, "papers.bib": BIB, "library.json": CSL}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One edit of the good files, and what is to be said of it."""

    good: str
    bad: str
    says: str
    hint: str
    mended: str | None = None
    severity: str = "error"
    args: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The only file that ``good`` stands in, and it stands there once."""
        (name,) = [name for name, text in GOOD.items() for _ in range(text.count(self.good))]
        return name

    @property
    def place(self) -> str:
        """``file:line:column`` of the mark."""
        return place_of_mark(self.file, self.spoil())

    def spoil(self, text: str | None = None) -> str:
        """The file with the mistake in it, still with its mark."""
        return (text or GOOD[self.file]).replace(self.good, self.bad)

    def mend(self) -> str:
        """The file as the hint wants it."""
        return GOOD[self.file].replace(self.good, self.good if self.mended is None else self.mended)


def place_of_mark(file: str, text: str) -> str:
    before = text[: text.index(MARK)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def row(name: str, *fields: Any, **more: Any) -> Any:
    return pytest.param(Mistake(*fields, **more), id=name)


def warned(name: str, *fields: str, **more: Any) -> Any:
    """A mistake beside which the text is printed as it was typed, or without what cannot be read."""
    return row(name, *fields, severity="warning", **more)


YAML = [
    row("comma-in-braces", "{title: Machines that draw, date: 2023}", "{title: Machines, ¦part two, date: 2023}",
        "'part two' has no key", "put the text and its comma in quotes",
        "{title: 'Machines, part two', date: 2023}"),
    warned("comma-in-brackets", "keywords: [Python, C++, Rust]", "keywords: [Python (NumPy, ¦pandas), Rust]",
           "'Python (NumPy' and 'pandas)' are two items", "put a text that has a comma in quotes",
           "keywords: ['Python (NumPy, pandas)', Rust]"),
    row("a-tab", "    position: Research intern", "¦\tposition: Research intern", "this line is indented with a tab",
        "indent with spaces"),
    row("no-space-after-colon", "    position: Research intern", "    ¦position:Research intern",
        "there is no space after the colon",
        "write a space after the colon: 'position: Research intern'"),
    row("no-space-after-colon-of-the-first-key", "  - name: Sample Inc.", "  - ¦name:Sample Inc.",
        "there is no space after the colon",
        "write a space after the colon: 'name: Sample Inc.'"),
    row("wide-colon", "    position: Engineer", "    position¦：Engineer", "this is the wide colon, U+FF1A",
        "write an ordinary colon and a space: 'position: …'"),
    row("colon-in-text", "label: PhD candidate, multimodal learning", "label: PhD candidate¦: multimodal learning",
        "the value has ': ' in it",
        "a value with ': ' in it must be in quotes", "label: 'PhD candidate: multimodal learning'"),
    row("colon-in-bullet", "- Kept the search service up.", "- ¦Result: the search service stayed up.",
        "unknown key 'Result'", "put text that has ': ' in it in quotes",
        "- 'Result: the search service stayed up.'"),
    row("hash-at-the-start", "- Kept the search service up.", "-¦ #1 in uptime of all services.",
        "YAML reads '#1 in uptime of all services.' as a comment", "put it in quotes",
        "- '#1 in uptime of all services.'"),
    warned("hash-in-text", "- Kept the search service up.", "- Kept the search service up,¦ #1 of all.",
           "as a comment; it will not be printed", "put the whole value in quotes",
           "- 'Kept the search service up, #1 of all.'"),
    row("colour-without-quotes", '{accent: "#7a1f3d", size: 10pt}', "{accent: ¦#7a1f3d, size: 10pt}",
        "this # starts a comment",
        "put the value in quotes"),
    row("list-item-without-dash", "      - Kept the search service up.", "      ¦Kept the search service up.",
        "highlights of entry 2 of work should be a list", "put each item on a line of its own, with '- ' before it"),
    row("no-space-after-dash", "      - Kept the search service up.", "      ¦-Kept the search service up.",
        "highlights of entry 2 of work should be a list",
        "write a space after the dash: '- Kept the search service up.'"),
    row("entry-without-dash", "  - title: Best Student Paper", "    ¦title: Best Student Paper",
        "awards should be a list", "put '- ' before the first key of each entry"),
    row("one-space-too-few", "    location: Zurich", "   ¦location: Zurich",
        "this line starts in column 4, but line 37 in column 5",
        "start it in the same column as line 37"),
    row("one-space-too-many", "    location: Zurich", "     ¦location: Zurich",
        "this line starts in column 6, but line 37 in column 5",
        "start it in the same column as line 37"),
    row("key-not-indented", "  email: wei.lin@example.org\n  phone", "email: wei.lin@example.org\n  ¦phone",
        "this line starts in column 3, but line 7 in column 1",
        "start it in the same column as line 7"),
    row("no-break-space", "    position: Engineer", "  ¦\u00a0 position: Engineer",
        "this line is indented with the character U+00A0",
        "indent with plain spaces"),
    row("quote-not-closed", 'score: "Rank 1/56"', 'score: ¦"Rank 1/56', "the quote that opens here is not closed",
        'write " at the end'),
    row("quote-not-closed-to-the-end", "date: 2024-05", "date: ¦'2024-05", "the quote that opens here is not closed",
        "write ' at the end"),
    row("text-after-quote", "- Kept the search service up.", '- ¦"Kept" the search service up.',
        "the text goes on after its closing quote",
        "put all of it in single quotes", "- '\"Kept\" the search service up.'"),
    row("apostrophe-in-single-quotes", "- Kept the search service up.", "- ¦'Kept the team's service up.'",
        "the text goes on after its closing quote",
        "put all of it in double quotes, or write '' inside", "- \"Kept the team's service up.\""),
    row("backslash-in-double-quotes", 'score: "Rank 1/56"', 'score: "Rank ¦\\o 1/56"',
        "\\ starts an escape, and YAML does not know this one",
        "use single quotes", "score: 'Rank \\o 1/56'"),
    row("bold-at-the-start", "- Kept the search service up.", "- ¦**Kept** the search service up.",
        "a value cannot start with *",
        "put the value in quotes", "- '**Kept** the search service up.'"),
    row("link-at-the-start", "- Kept the search service up.", "- ¦[Kept](https://up.example.org) the search up.",
        "the text goes on after its closing bracket", "text that starts with [ must be in quotes",
        "- '[Kept](https://up.example.org) the search up'"),
    row("at-at-the-start", "username: weilin}", "username: ¦@weilin}", "a value cannot start with @",
        "put the value in quotes", "username: 'weilin'}"),
    row("percent-at-the-start", "- Kept the search service up.", "- ¦%30 less downtime.", "a value cannot start with %",
        "put the value in quotes", "- '%30 less downtime.'"),
    row("dash-for-no-end", "end: present", "end: ¦-", "a value cannot start with '-' here", "put the value in quotes",
        "end: present"),
    row("bracket-not-closed", "- {network: github, username: weilin}", "- ¦{network: github, username: weilin",
        "the bracket that opens here is not closed", "write } at its end"),
    row("comma-missing-in-brackets", "{network: github, username: weilin}", "{network: github username¦: weilin}",
        "a comma or a closing bracket is missing before this", "write a comma before this, or put the value in quotes"),
    row("key-twice", "  label: PhD", "  ¦name: Lin Wei\n  label: PhD", "'name' is used twice (first on line 3)",
        "keep one"),
    row("section-twice", "skills:\n  - name: Programming\n    keywords: [Python, C++, Rust]",
        "¦work:\n  - name: Programming", "'work' is used twice", "keep one, or join the two"),
    row("invisible-character", "  name: Wei Lin\n", "  name: ¦Wei\u200b Lin\n", "U+200B", "delete it"),
]  # fmt: skip

KEYS = [
    row("misspelt-key", "position: Research intern", "¦positon: Research intern", "unknown key 'positon'",
        "did you mean 'position'?"),
    row("capital-key", "  name: Wei Lin\n", "  ¦Name: Wei Lin\n", "unknown key 'Name'", "did you mean 'name'?"),
    row("capital-section", "education:\n", "¦Education:\n", "unknown key 'Education'", "did you mean 'education'?"),
    row("section-in-the-singular", "awards:\n  - title", "¦award:\n  - title", "unknown key 'award'",
        "did you mean 'awards'?"),
    row("json-resume-start", "    start: 2019-07", "    ¦startDate: 2019-07", "'startDate'", "did you mean 'start'?"),
    row("json-resume-degree", "study_type: PhD", "¦studyType: PhD", "'studyType'", "did you mean 'study_type'?"),
    row("json-resume-country", "country_code: HK", "¦countryCode: HK", "'countryCode'", "did you mean 'country_code'?"),
    row("rendercv-start", "    start: 2019-07", "    ¦start_date: 2019-07", "'start_date'", "did you mean 'start'?"),
    row("rendercv-top", "basics:\n", "¦cv:\n", "unknown key 'cv'", "did you mean 'basics'?"),
    row("company-for-name", "- name: Sample Inc.", "- ¦company: Sample Inc.", "unknown key 'company'",
        "did you mean 'name'?"),
    row("publications-for-bibliography", "bibliography:\n", "¦publications:\n", "unknown key 'publications'",
        "did you mean 'bibliography'?"),
    row("needed-key-left-out", "  - name: Sample Inc.\n    position: Engineer", "  - ¦position: Engineer",
        "'name' is missing in entry 2 of work", "add name: …", "  - position: Engineer\n    name: Sample Inc."),
    row("name-for-the-title-of-a-section", "    title: Exhibitions", "    ¦name: Exhibitions", "unknown key 'name'",
        "did you mean 'title'?"),
    row("skill-as-a-key", "  - name: Programming\n    keywords: [Python, C++, Rust]",
        "  - ¦Programming: [Python, C++, Rust]", "unknown key 'Programming'", "write name: Programming"),
    row("skills-as-a-mapping", "  - name: Programming\n    keywords: [Python, C++, Rust]",
        "  ¦Programming: [Python, C++, Rust]", "skills should be a list",
        "write a list of entries, each beginning with '- name: …'"),
    row("skill-as-a-word", "  - name: Programming\n    keywords: [Python, C++, Rust]", "  - ¦Python",
        "entry 1 of skills should be a mapping", "such as name: Python", "  - name: Python"),
    row("accounts-as-a-mapping", "    - {network: github, username: weilin}\n"
        "    - {network: orcid, username: 0000-0002-1825-0097}", "    ¦github: weilin",
        "basics.profiles should be a list", "each beginning with '- network: …'",
        "    - network: github\n      username: weilin"),
    row("mentor-without-name", "{name: Ada Long, url", "¦{url", "'name' is missing in mentor of entry 1 of work",
        "add name: …"),
]  # fmt: skip

VALUES = [
    row("name-of-a-month-misspelt", "start: 2019-07", "start: ¦Jluy 2019", "'Jluy 2019' is not a date",
        "did you mean 'july 2019'?", "start: july 2019"),
    row("day-or-month-first", "start: 2019-07", "start: ¦01/07/2019", "is not a date", "write 2019-07-01 or 2019-01-07",
        "start: 2019-07-01"),
    row("year-of-two-digits", "start: 2019-07", "start: ¦Jul '19", "\"Jul '19\" is not a date",
        "write the year with four digits", "start: Jul 2019"),
    row("month-without-year", "start: 2019-07", "start: ¦July", "'July' is not a date",
        "add the year, such as july 2024", "start: July 2019"),
    row("month-13", "date: 2024-05", "date: ¦2024-13", "'2024-13' is not a date: there is no month 13",
        "write 2024, 2024-05"),
    row("the-31st-of-june", "date: 2024-05", "date: ¦2024-06-31", "June 2024 has no day 31", "write 2024, 2024-05",
        "date: 2024-06-30"),
    row("end-before-start", "end: 2024-09", "end: ¦2023-09", "entry 1 of work ends before it starts", "exchange"),
    row("present-misspelt", "end: present", "end: ¦presnet", "'presnet' is not a date", "did you mean 'present'?"),
    row("none-for-no-date", "end: present", "end: ¦n/a", "'n/a' is not a date", "delete the key if there is no date",
        "tags: []"),
    row("null-for-a-name", "name: Example Labs", "¦name: null", "'name' is empty in entry 1 of work", "write its value",
        "name: Example Labs"),
    row("both-dates-in-start", "start: 2019-07\n    end: 2021-08", "start: ¦2019-07 - 2021-08", "is two dates",
        "write them as start: and end:, or both as date:", "date: 2019-07 - 2021-08"),
    row("date-beside-start", "    start: 2019-07\n", "    start: 2019-07\n    date: ¦2019\n",
        "has both 'date' and 'start'", "keep one of the two"),
    row("mail-without-at", "email: wei.lin@example.org", "email: ¦wei.lin(at)example.org", "is not an e-mail address",
        "write name@example.org"),
    row("second-mail-without-at", "email: wei.lin@example.org", "email: [wei.lin@example.org, ¦wl(at)example.org]",
        "'wl(at)example.org' is not an e-mail address", "write name@example.org"),
    row("mails-as-a-mapping", "email: wei.lin@example.org", "email: ¦{work: wei.lin@example.org}",
        "basics.email should be one text, or a list of them", "write [first, second]"),
    row("address-without-scheme", "url: https://weilin.example.org", "url: ¦weilin.example.org", "is not a link",
        "with https://"),
    row("scheme-misspelt", "url: https://weilin.example.org", "url: ¦htps://weilin.example.org", "is not a link",
        "with https://"),
    warned("link-without-scheme", "summary: I work on **efficient** models with [Ada Long](https://ada.example.org).",
           "summary: ¦I work on **efficient** models with [Ada Long](ada.example.org).",
           "'ada.example.org' is not a link", "write it in full, with https://"),
    row("photo-not-there", "image: me.png", "image: ¦photo.png", "there is no picture", "files in this folder: me.png"),
    row("photo-of-a-wrong-kind", "image: me.png", "image: ¦papers.bib", "is not a PNG, JPEG, WebP or GIF picture",
        "save it as .png or .jpg"),
    row("place-as-a-list", "{city: Hong Kong, country_code: HK}", "¦[Hong Kong, HK]",
        "basics.location should be a mapping", "write 'key: value' lines"),
    row("account-without-user", "{network: github, username: weilin}", "¦{network: github}",
        "has neither 'username' nor 'url'", "write one of the two"),
    row("account-by-address", "username: weilin}", "username: ¦https://github.com/weilin}", "is an address",
        "write url: in place of username:", "url: https://github.com/weilin}"),
    warned("account-with-a-space", "username: weilin}", "username: ¦wei lin}", "'wei lin' is not a handle of GitHub",
           "write it as in the address of your page"),
    warned("account-without-server", "{network: github, username: weilin}", "{network: mastodon, username: ¦weilin}",
           "'weilin' is not a handle of Mastodon", "write it like @user@example.social"),
    row("network-misspelt", "{network: github, username: weilin}", "{network: ¦gihub, username: weilin}",
        "'gihub' is not a known network", "did you mean 'github'?"),
    row("network-not-known", "{network: github, username: weilin}", "{network: ¦My forge, username: weilin}",
        "'My forge' is not a known network", "write its address as url: https://…"),
    warned("network-misspelt-with-address", "{network: github, username: weilin}",
           "{network: ¦gihub, url: https://example.org/weilin}", "'gihub' is not a known network",
           "did you mean 'github'?"),
    row("icon-not-known", "  profiles:\n", "  contacts: [{text: Room 3, icon: ¦bilding}]\n  profiles:\n",
        "the theme 'classic' has no icon 'bilding'", "did you mean 'building'?",
        "  contacts: [{text: Room 3, icon: building}]\n  profiles:\n"),
    row("contact-without-text", "  profiles:\n", "  contacts: [¦{label: Office}]\n  profiles:\n",
        "item 1 of basics.contacts has neither 'text' nor 'url'", "write one of the two"),
    row("contact-with-a-link", "  profiles:\n",
        "  contacts: [¦{text: '[Room 3](https://example.org)'}]\n  profiles:\n",
        "item 1 of basics.contacts has a link in its text", "write the address as url:"),
    row("birth-date-is-no-date", "  profiles:\n", "  birth_date: ¦present\n  profiles:\n",
        "the date of birth is not a date", "write 1990-05-03"),
    row("basics-of-a-variant-misspelt", "variants:\n", "variants:\n  other: {basics: {¦lable: Engineer}}\n",
        "unknown key 'lable'", "did you mean 'label'?", "variants:\n  other: {basics: {label: Engineer}}\n"),
    row("photo-of-a-variant-not-there", "variants:\n", "variants:\n  other: {basics: {image: ¦photo.png}}\n",
        "there is no picture", "files in this folder: me.png"),
    warned("orcid-too-short", "orcid, username: 0000-0002-1825-0097", "orcid, username: ¦0000-0002-1825-009",
           "is not an ORCID iD", "copy it from your page"),
    warned("orcid-with-a-wrong-digit", "  orcid: 0000-0002-1825-0097", "  orcid: ¦0000-0002-1852-0097",
           "is not an ORCID iD", "copy it from your page"),
    row("tag-as-text", "    tags: [industry]\n", "    tags: ¦industry\n", "tags of entry 1 of work should be a list",
        "or write [industry]"),
    row("keywords-as-text", "keywords: [Python, C++, Rust]", "keywords: ¦Python, C++, Rust",
        "keywords of entry 1 of skills should be a list", "or write [Python, C++, Rust]"),
    row("bullets-as-text", "highlights:\n      - Kept the search service up.", "highlights: ¦Kept the service up.",
        "highlights of entry 2 of work should be a list", "with '- ' before it",
        "highlights:\n      - Kept the service up."),
    row("bullet-with-a-title", "- text: Wrote the data loader that three", "- ¦title: Wrote the data loader that three",
        "unknown key 'title'", "write text: in place of this key"),
    row("priority-in-words", "priority: 2", "priority: ¦high", "should be a whole number, not 'high'",
        "write digits alone, such as 2"),
]  # fmt: skip

BIBLIOGRAPHY = [
    row("bib-file-misspelt", "[papers.bib, library.json]", "[¦paper.bib, library.json]", "there is no BibTeX file",
        "did you mean 'papers.bib'?"),
    row("bib-file-as-text", "files: [papers.bib, library.json]", "files: ¦papers.bib",
        "bibliography.files should be a list", "or write [papers.bib]", "files: [papers.bib]"),
    row("picture-for-a-bib-file", "library.json]", "¦me.png]", "'me.png' is not text", "name another file"),
    row("aliases-as-text", 'aliases: ["W. Lin", 林薇]', "aliases: ¦W. Lin", "bibliography.aliases should be a list",
        "or write [W. Lin]", "aliases: [W. Lin]"),
    warned("alias-with-a-comma", '["W. Lin", 林薇]', "[¦Lin, Wei]", "'Lin' and 'Wei' are two aliases",
           'put it in quotes: "Lin, Wei"', '["Lin, Wei"]'),
    row("mark-without-quotes", '{"*": equal}', "{¦*: equal}", "a value cannot start with *",
        "put the value in quotes"),
    row("mark-misspelt", '{"*": equal}', '{"*": ¦eqaul}', "'eqaul' is not a mark", "did you mean 'equal'?"),
    row("marks-as-a-list", '{"*": equal}', '¦["*"]', "bibliography.marks should be a mapping",
        "write 'key: value' lines", '\n    "*": equal'),
    row("role-misspelt-in-the-profile", "roles: [lead]", "roles: [¦leed]", "'leed' is not a mark",
        "did you mean 'lead'?"),
    row("paper-misspelt", "    lin2024:\n", "    ¦lin2042:\n", "no publication has the key 'lin2042'",
        "did you mean 'lin2024'?"),
    row("count-in-words", "citations: 412 (Google", "citations: ¦about 400 (Google", "is not a count of citations",
        "write for example 412 (Google Scholar, 2026-02)"),
]  # fmt: skip

VARIANTS = [
    row("section-misspelt", "      - skills\n", "      - ¦skils\n", "no section 'skils'", "did you mean 'skills'?"),
    row("section-settings-not-indented", "      - work: {title: Experience, sort: newest}",
        "      - ¦work:\n        title: Experience\n        sort: newest",
        "item 3 of variants.full.sections is not a section",
        "4 spaces deeper", "      - work:\n            title: Experience\n            sort: newest"),
    row("setting-misspelt", "sort: newest}", "¦sorted: newest}", "unknown key 'sorted'", "did you mean 'sort'?"),
    row("order-misspelt", "sort: newest}", "sort: ¦newset}", "cannot be sorted by 'newset'", "did you mean 'newest'?"),
    row("order-of-papers-misspelt", "sort: oldest", "sort: ¦oldset", "unknown value 'oldset' for sort",
        "did you mean 'oldest'?"),
    row("setting-of-papers-for-work", "sort: newest}", "group_by: ¦year}", "'group_by' has no effect", "delete it",
        "sort: newest}"),
    row("group-misspelt", "group_by: year", "group_by: ¦years", "unknown value 'years' for group_by",
        "did you mean 'year'?"),
    row("style-misspelt", "style: full", "style: ¦ful", "no style 'ful'", "did you mean 'full'?"),
    row("no-authors", "max_authors: 8", "max_authors: ¦0", "should be 1 or more", "delete this line", ""),
    row("pinned-paper-misspelt", "pin: [lin2024]", "pin: [¦lin2204]", "no publication has the key 'lin2204'",
        "did you mean 'lin2024'?"),
    row("shape-misspelt", "like: awards", "like: ¦award", "no section has entries like 'award'",
        "did you mean 'awards'?"),
    row("theme-misspelt", "theme: classic", "theme: ¦clasic", "no theme 'clasic'", "did you mean 'classic'?"),
    row("theme-in-capitals", "theme: classic", "theme: ¦Classic", "no theme 'Classic'", "did you mean 'classic'?"),
    row("option-misspelt", "accent: ", "¦acent: ", "no option 'acent'", "did you mean 'accent'?"),
    row("option-out-of-range", "size: 10pt", "size: ¦14pt", "'14pt' is out of range", "write 9 to 12pt", "size: 12pt"),
    row("option-in-capitals", "size: 10pt", "paper: ¦A4", "'A4' is not one of its choices",
        "did you mean 'a4'?", "paper: a4"),
    row("colour-by-name", 'accent: "#7a1f3d"', "accent: ¦crimson", "'crimson' is not a colour",
        "write a colour such as #1f3a5f, in quotes",
        'accent: "#1f3a5f"'),
    row("font-misspelt", "size: 10pt", "body_font: ¦Source Serif Four", "is not installed", "Source Serif 4",
        "body_font: Source Serif 4"),
    warned("language-by-name", "language: en", "language: ¦english", "'english'", "did you mean 'en'?"),
    warned("language-with-underscore", "language: en", "language: ¦en_GB", "'en_GB'", "did you mean 'en-GB'?",
           "language: en-GB"),
    row("extends-misspelt", "extends: full", "extends: ¦ful", "no variant 'ful' to extend", "did you mean 'full'?",
        args=("-v", "industry")),
    row("extends-itself", "extends: full", "extends: ¦industry", "the variant 'industry' extends itself",
        "delete one 'extends'",
        args=("-v", "industry")),
    warned("tag-misspelt", "exclude_tags: [industry]", "exclude_tags: [¦industri]", "nothing has the tag 'industri'",
           "did you mean 'industry'?", args=("-v", "industry")),
    row("switch-in-words", "short: true", "short: ¦sometimes", "should be true or false", "write true or false"),
    row("no-pages", "pages: 1", "pages: ¦0", "pages should be 1 or more", "write 1, or a larger number"),
    row("pages-in-words", "pages: 1", "pages: ¦1 page", "should be a whole number, not '1 page'", "write digits alone",
        "pages: 1"),
    row("priority-of-a-term-in-words", "{Python: 5}", "{Python: ¦high}", "should be a whole number, not 'high'",
        "write digits alone"),
    row("priorities-as-a-list", "{Python: 5}", "¦[Python]", "priorities should be a mapping", "write 'key: value'"),
    row("priority-of-a-sign", "{Python: 5}", '{¦"++": 5}', "'++' has no letter and no digit", "write a word"),
]  # fmt: skip

WHERE = "where: first or co_first\n"
QUERIES = [
    row("single-equals", WHERE, "where: ¦year = 2024\n", "cannot be read", "write == in place of =",
        "where: year == 2024\n"),
    row("unknown-role", WHERE, "where: ¦firstauthor\n", "unknown name 'firstauthor'", "did you mean 'first'?"),
    row("hyphen-in-a-role", WHERE, "where: ¦first or co-first\n", "unknown name 'co'", "write co_first"),
    row("and-of-another-language", WHERE, "where: ¦first && year >= 2023\n", "cannot be read",
        "write and, in lower case", "where: first and year >= 2023\n"),
    row("or-of-another-language", WHERE, "where: ¦first || co_first\n", "cannot be read",
        "write or, in lower case"),
    row("or-in-capitals", WHERE, "where: ¦first OR co_first\n", "cannot be read", "write or, in lower case"),
    row("not-of-another-language", WHERE, 'where: ¦"!preprint"\n', "cannot be read", "write not, in lower case",
        "where: not preprint\n"),
    row("comma-for-or", WHERE, "where: ¦first, co_first\n", "cannot be read", "in place of the comma"),
    row("text-without-quotes", WHERE, "where: ¦status == submitted\n", "unknown name 'submitted'",
        "put text in quotes: 'submitted'", "where: status == 'submitted'\n"),
    row("status-that-is-a-name-too", WHERE, "where: ¦status == published\n", "'published' without quotes is a name",
        "put text in quotes: status == 'published'", "where: status == 'published'\n"),
    row("status-misspelt", WHERE, "where: ¦status == 'publishd'\n", "'publishd' is not a status",
        "did you mean 'published'?", "where: status == 'published'\n"),
    row("year-in-quotes", WHERE, "where: ¦year >= '2023'\n", "'year' is a number, but '2023' is text",
        "without quotes", "where: year >= 2023\n"),
    row("bracket-of-a-query", WHERE, "where: ¦(first or co_first\n", "has a bracket that is not closed",
        "write the closing bracket at its end"),
]  # fmt: skip

TITLE = "title     = {Rethinking Visual Search for {LLM}s},"
AN = "{1=equal; 2=self,equal,lead; 4=advisor}"
ENTRY = BIB[BIB.index("@article") : BIB.index("@misc")]
WRITERS = "author    = {Lin, Wei and Long, Ada},"
BIBTEX = [
    warned("brace-not-closed", TITLE, "title     = ¦{Rethinking Visual Search for {LLM}s,", "brace of 'title'",
        "write } at the end of title"),
    warned("inner-brace-not-closed", TITLE, "title     = ¦{Rethinking Visual Search for {LLMs},", "brace of 'title'",
        "write } at the end of title", "title     = {Rethinking Visual Search for {LLMs}},"),
    warned("brace-too-many", TITLE, "title     = {Rethinking Visual Search for {LLM}s}¦},",
        "there is an extra brace here", "delete this brace"),
    warned("quote-of-a-field-not-closed", '"Deep Water",', '¦"Deep Water,', "the quote of 'title' is not closed",
        'write " at the end of title'),
    warned("entry-not-closed", "code      = {https://example.org/visual-search},\n}",
        "code      = {https://example.org/visual-search}¦,", "the entry is not closed", "write } after its last field"),
    warned("last-entry-not-closed", "url       = {https://example.org/shallow},\n}",
        "url       = {https://example.org/shallow}¦,", "the entry is not closed", "write } after its last field"),
    warned("comma-between-fields", WRITERS, "author    = {Lin, Wei and Long, Ada}¦", "a comma is missing in 'lin2024'",
        "write a comma before title"),
    warned("comma-after-a-word", "month     = may,", "month     = may¦",
           "a comma is missing in 'lin2024' before 'year'", "write a comma before year"),
    warned("comma-after-the-key", "@article{lin2024,", "@article{lin2024¦",
           "the comma after the key 'lin2024' is missing", "write lin2024,"),
    warned("no-key", "@misc{long2022,\n  author    = {Long, Ada and", "@misc{¦\n  author    = {Long, Ada and",
        "an entry has no key", "write a word and a comma after the brace"),
    warned("no-equals", "journal   = {Journal of Examples}", "¦journal   {Journal of Examples}",
           "the sign = is missing", "write journal = {…}"),
    warned("colon-for-equals", "journal   = {Journal of Examples}", "¦journal: {Journal of Examples}",
        "the sign = is missing after 'journal'", "write journal = {…}"),
    warned("no-at-before-the-type", "@article{lin2024,", "¦article{lin2024,",
           "this is not a valid entry", "write @type{key,"),
    warned("round-bracket", ENTRY, ENTRY.replace("{lin2024", "(lin2024").rstrip()[:-1] + "¦}\n\n",
           "opens with ( and closes with }", "write ) here"),
    warned("key-used-twice", "@misc{long2022,", "¦@misc{lin2024,", "'lin2024' is used twice (first on line 14)",
           "rename"),
    warned("key-with-a-space", "@inproceedings{zeng2026,", "@inproceedings{¦zeng 2026,", "has a space in it",
           "write zeng2026"),
    warned("field-twice", "volume    = {12},", "volume    = {12},\n  ¦volume    = {13},", "volume more than once",
           "keep one of them"),
    warned("text-without-braces", "= {Journal of Examples}", "= ¦Journal of Examples", "has no braces",
           "write {Journal of Examples}"),
    warned("typographic-quotes", '"Deep Water"', "¦“Deep Water”", "has no braces", "write {Deep Water}",
           "{Deep Water}"),
    warned("macro-misspelt", "booktitle = iclr,", "booktitle = ¦iclrr,", "the macro 'iclrr' is not defined",
           "did you mean 'iclr'?"),
    warned("entry-type-misspelt", "@article{lin2024,", "¦@artcle{lin2024,", "@artcle is not a known entry type",
           "did you mean '@article'?"),
    warned("field-misspelt", "journal   = {Journal", "¦jornal    = {Journal", "'jornal' is not read",
           "did you mean 'journal'?"),
    warned("authors-for-author", WRITERS, "¦authors   = {Lin, Wei and Long, Ada},", "'authors' is not read",
           "did you mean 'author'?"),
    warned("title-misspelt", 'title     = "Deep', '¦tilte     = "Deep', "'tilte' is not read", "did you mean 'title'?"),
    warned("no-author", ENTRY, "¦" + ENTRY.replace("  " + WRITERS + "\n", ""), "'lin2024' has no author",
           "add author = {Family, Given and …}"),
    warned("no-year", ENTRY, "¦" + ENTRY.replace("  year      = {2024},\n", ""), "'lin2024' has no year",
           "add year = {2024}"),
    warned("letter-in-the-year", "year      = {2024}", "¦year      = {2O24}", "'2O24' cannot be read",
           "write year = {2024}"),
    warned("short-year", "year      = {2024}", "¦year      = {'24}", "cannot be read", "write year = {2024}"),
    warned("month-13-of-a-paper", "month     = may", "¦month     = 13", "the month '13' cannot be read",
           "write month = may"),
    warned("month-misspelt", "month     = may", "¦month     = mya", "the month 'mya' cannot be read",
           "write month = may"),
    warned("doi-without-prefix", "doi       = {10.1000/jex.2024.3}", "¦doi       = {jex.2024.3}", "is not a valid DOI",
           "write the DOI alone, such as doi = {10.1000/182}", "doi       = {10.1000/182}"),
    warned("link-of-a-paper", "url       = {https://example.org/shallow}", "¦url       = {example org/shallow}",
           "is not a link", "with https://"),
    warned("status-of-a-paper", "pubstate  = {submitted}", "¦pubstate  = {submited}",
           "'submited' is not a known pubstate", "did you mean 'submitted'?"),
    warned("no-crossref", "@misc{long2022,\n", "@misc{long2022,\n  ¦crossref  = {proc2022},\n",
           "refers to 'proc2022', which is in none of the files", "add that entry, or delete the field"),
]  # fmt: skip

AUTHORS = [
    row("author-beyond-the-list", "4=advisor", "¦5=advisor", "'5=advisor' marks author 5, but the entry has 4 authors",
        "write a number from 1 to 4, or add the missing author"),
    row("authors-counted-from-0", "{1=equal; 2=self", "{¦0=equal; 1=equal; 2=self", "marks author 0",
        "write a number from 1 to 4"),
    row("comma-between-authors-of-roles", "{1=equal; 2=self", "{1=equal, ¦2=self", "'2=self' begins another author",
        "write a semicolon before it"),
    row("roles-without-a-number", AN, "{¦self}", "'self' cannot be read", "write for example {1=equal;", "{2=self}"),
    warned("underscore-for-plus", "author+an =", "¦author_an =", "'author_an' is not read",
           "did you mean 'author+an'?"),
    warned("roles-of-authors", "author+an =", "¦authors+an =", "'authors+an' is not read", "did you mean 'author+an'?"),
    warned("one-equal-alone", "  author    = {Zeng, Yu and Lin, Wei and Fang, Zhen and Ouyang, Wanli},\n"
           "  author+an = {1=equal; 2=self,equal,lead; 4=advisor},",
           "  author    = {Zeng, Yu and Lin, Wei and Fang, Zhen and Ouyang, Wanli},\n"
           "  author+an = {¦2=self,equal,lead; 4=advisor},",
           "only Wei Lin is marked 'equal', so the mark is ignored",
           "mark everybody who shares the place, side by side: author+an = {1=equal; 2=equal}"),
    row("self-twice", "  author    = {Zeng, Yu and Lin, Wei and Fang, Zhen and Ouyang, Wanli},\n"
        "  author+an = {1=equal; 2=self,equal,lead; 4=advisor},",
        "  ¦author    = {Zeng, Yu and Lin, Wei and Fang, Zhen and Ouyang, Wanli},\n  author+an = {1=self; 2=self},",
        "two authors could be you", "mark yourself: author+an = {2=self}"),
    warned("comma-for-and", WRITERS, "¦author    = {Wei Lin, Ada Long},", "Wei Lin is not among its authors",
           "write 'and' between two names", "author    = {Wei Lin and Ada Long},"),
    warned("semicolon-for-and", WRITERS, "¦author    = {Lin, Wei; Long, Ada},",
        "the authors are not separated by 'and'",
           "Lin, Wei and Long, Ada"),
    warned("und-for-and", WRITERS, "¦author    = {Lin, Wei und Long, Ada},", "Wei Lin is not among its authors",
           "write 'and' between two names"),
    warned("and-at-the-end", WRITERS, "¦author    = {Lin, Wei and Long, Ada and},",
        "an author is missing after the last 'and'",
           "delete the 'and'"),
    warned("own-name-misspelt", WRITERS, "¦author    = {Lin, Wie and Long, Ada},", "Wei Lin is not among its authors",
           'profile.yaml --add-alias "Wie Lin"'),
    warned("mark-not-explained", WRITERS, "author    = {¦Lin†, Wei and Long, Ada},", "the mark '†' on 'Lin†, Wei'",
           'define it in the profile: bibliography: {marks: {"†": corresponding}}, or equal'),
]  # fmt: skip

CSL_JSON = [
    row("json-comma-missing", '"type": "thesis",\n    ', '"type": "thesis"\n    ¦', "not JSON",
        "write the comma that is missing before this"),
    row("json-comma-too-many", '[[2021]]}\n  ', '[[2021]]},\n  ¦', "not JSON", "delete the comma"),
    row("json-in-single-quotes", '"title": "On Water"', "¦'title': 'On Water'", "not JSON", "in double quotes"),
    warned("json-without-id", '{\n    "id": "linThesis2021",\n', "¦{\n", "item 2 of the CSL file has no id",
        "give it one", '{\n    "id": "linThesis",\n'),
    warned("json-id-twice", '"id": "linThesis2021"', '¦"id": "linRapids2021"', "is used twice", "rename"),
    warned("json-type-misspelt", '"type": "thesis"', '¦"type": "theses"', "'theses' is not a CSL type",
           "did you mean 'thesis'?"),
    warned("json-name-misspelt", '"title": "On Water"', '¦"titel": "On Water"', "'titel' is read as 'title'",
           "did you mean 'title'?"),
    warned("json-author-as-text", '"author": [{"literal": "Wei Lin"}]', '¦"author": "Wei Lin"',
           "'author' cannot be read", 'write "author": [{"family": "Lin", "given": "Wei"}]',
           '"author": [{"family": "Lin", "given": "Wei"}]'),
    warned("json-year-as-text", '"issued": {"date-parts": [[2021]]}', '¦"issued": {"date-parts": [["soon"]]}',
           "'issued' cannot be read",
        'write "issued": {"date-parts": [[2024, 5]]}'),
]  # fmt: skip

TABLES = [YAML, KEYS, VALUES, BIBLIOGRAPHY, VARIANTS, QUERIES, BIBTEX, AUTHORS, CSL_JSON]
ALL = [param for table in TABLES for param in table]


def render(folder: Path, files: dict[str, str], *args: str) -> tuple[Ran, list[Told]]:
    """Render files; gives the run, and its errors and warnings with places relative to ``folder``."""
    for name, text in files.items():
        (folder / name).write_text(text.replace(MARK, ""), "utf-8")
    (folder / "me.png").write_bytes((FIXTURES / "matrix" / "portrait.png").read_bytes())
    ran = run_cvgen("render", folder / "profile.yaml", "-f", "md", "-o", folder / "cv.md", *args)
    told = [
        Told(one.place.removeprefix(f"{folder}/"), one.severity, one.message, one.hint)
        for one in read_told(ran.err)
        if one.severity != "notice"
    ]
    return ran, told


@pytest.mark.parametrize("args", [(), ("-v", "industry")], ids=["full", "industry"])
def test_nothing_is_told_of_the_good_files(tmp_path: Path, args: tuple[str, ...]) -> None:
    ran, told = render(tmp_path, GOOD, *args)
    assert (ran.code, told) == (0, [])


@pytest.mark.parametrize("mistake", ALL)
def test_the_mistake_alone_is_told_at_its_place(tmp_path: Path, mistake: Mistake) -> None:
    ran, told = render(tmp_path, {**GOOD, mistake.file: mistake.spoil()}, *mistake.args)
    (one,) = told
    assert (one.place, one.severity) == (mistake.place, mistake.severity)
    assert mistake.says in one.message
    assert mistake.hint in one.hint
    assert ran.code == (2 if mistake.severity == "error" else 0)
    assert (tmp_path / "cv.md").exists() == (mistake.severity == "warning")


@pytest.mark.parametrize("mistake", ALL)
def test_what_the_hint_says_mends_it(tmp_path: Path, mistake: Mistake) -> None:
    for word in re.findall(r"did you mean '?(@?[^']*)'?\?", mistake.hint):
        whole = rf"(?<![\w+-]){re.escape(word)}(?![\w+-])"
        in_mended = re.findall(whole, mistake.good if mistake.mended is None else mistake.mended)
        assert len(in_mended) > len(re.findall(whole, mistake.bad)), "the row mends it in another way than the hint"
    ran, told = render(tmp_path, {**GOOD, mistake.file: mistake.mend()}, *mistake.args)
    assert (ran.code, told) == (0, [])


WHOLE_FILES = [
    pytest.param("profile.yaml", b"", "profile.yaml", "the profile is empty", 'cvgen new "Your Name"', id="empty"),
    pytest.param("profile.yaml", PROFILE.encode("utf-16"), "profile.yaml:1:1", "is not UTF-8", "save the file as UTF-8",
                 id="profile-in-utf-16"),
    pytest.param("profile.yaml", PROFILE.replace("Zurich", "Zürich").encode("latin-1", "replace"), "profile.yaml:38:16",
                 "byte 0xfc is not UTF-8", "save the file as UTF-8", id="profile-in-latin-1"),
    pytest.param("papers.bib", BIB.encode("utf-16"), "profile.yaml:17:11", "'papers.bib' is not text in UTF-8",
                 "save it as UTF-8", id="bib-in-utf-16"),
    pytest.param("profile.yaml", BIB.encode(), "profile.yaml:1:1", "a value cannot start with @",
        "put the value in quotes",
                 id="bib-for-a-profile"),
    pytest.param("library.json", BIB.encode(), "library.json:1:1", "not JSON", "export the file again",
                 id="bib-for-json"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "data", "place", "says", "hint"), WHOLE_FILES)
def test_a_file_that_is_wrong_as_a_whole(
    tmp_path: Path, file: str, data: bytes, place: str, says: str, hint: str
) -> None:
    render(tmp_path, GOOD)
    (tmp_path / file).write_bytes(data)
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex")
    (one,) = [told for told in read_told(ran.err) if told.severity != "notice"]
    assert (one.place, one.severity, ran.code) == (f"{tmp_path}/{place}", "error", 2)
    assert says in one.message
    assert hint in one.hint


TOGETHER = {
    "profile.yaml": [
        "misspelt-key", "name-of-a-month-misspelt", "mail-without-at", "address-without-scheme", "account-by-address",
        "orcid-with-a-wrong-digit", "keywords-as-text", "bullets-as-text", "month-13",
        "option-out-of-range", "section-misspelt", "hyphen-in-a-role", "group-misspelt", "style-misspelt",
        "order-misspelt", "pages-in-words", "role-misspelt-in-the-profile", "shape-misspelt", "none-for-no-date",
    ],
    "papers.bib": [
        "author-beyond-the-list", "macro-misspelt",
        "mark-not-explained", "text-without-braces", "field-twice", "comma-after-a-word", "doi-without-prefix",
        "status-of-a-paper", "link-of-a-paper",
    ],
    "library.json": ["json-type-misspelt", "json-author-as-text", "json-year-as-text"],
}  # fmt: skip
"""Mistakes that fit into one file; not a misspelt theme, without which nobody knows its options and styles."""


def strip_marks(text: str) -> tuple[str, list[str]]:
    """``text`` without its marks, and their places as ``line:column``."""
    places: list[str] = []
    while MARK in text:
        places.append(place_of_mark("", text)[1:])
        text = text.replace(MARK, "", 1)
    return text, places


@pytest.mark.parametrize("file", TOGETHER)
def test_many_mistakes_of_one_file_are_told_in_one_run(tmp_path: Path, file: str) -> None:
    mistakes = [param.values[0] for param in ALL if param.id in TOGETHER[file]]
    assert len(mistakes) == len(TOGETHER[file])
    text = GOOD[file]
    for mistake in mistakes:
        assert text.count(mistake.good) == 1, mistake
        text = mistake.spoil(text)
    text, places = strip_marks(text)
    ran, told = render(tmp_path, {**GOOD, file: text}, "--all-problems")
    assert ran.code == (2 if any(mistake.severity == "error" for mistake in mistakes) else 0)
    assert sorted(one.place for one in told) == sorted(f"{file}:{place}" for place in places)
    for mistake in mistakes:
        assert any(mistake.says in one.message and mistake.hint in one.hint for one in told), mistake


def test_mistakes_of_all_files_are_told_in_one_run(tmp_path: Path) -> None:
    files = dict(GOOD)
    for param in ALL:
        mistake = param.values[0]
        if param.id in TOGETHER[mistake.file]:
            files[mistake.file] = mistake.spoil(files[mistake.file])
    _, told = render(tmp_path, files, "--all-problems")
    assert len(told) == sum(map(len, TOGETHER.values()))


def test_there_are_sixty_and_more() -> None:
    ids = [param.id for param in ALL]
    assert len(set(ids)) == len(ids)
    assert len([param for param in ALL if param.values[0].file == "profile.yaml"]) >= 40
    assert len([param for param in ALL if param.values[0].file != "profile.yaml"]) >= 20
