"""Messages that a newcomer reads without help: each says what is wrong, at its place, and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen, write_career

PAPER = "@article{a1, title = {T}, %s, journal = {J}, year = 2024}\n"
PAIR = "Lin, Wei and Long, Ada"


def paper(authors: str = PAIR, more: str = "") -> str:
    """A paper of ``authors``, which may begin with the mark of a place, with ``more`` fields."""
    mark = "¦" * authors.startswith("¦")
    return (PAPER % f"{mark}author = {{{authors.removeprefix('¦')}}}").replace(
        "year", f"{more}, year" if more else "year"
    )


def query(source: str) -> str:
    """A variant with a list of papers that answer ``source``."""
    return f"variants:\n  v:\n    sections:\n      - publications: {{where: ¦{source}}}\n"


FEW_ANDS = "delete one 'and', or write the author's name"
ONE_AND = "delete the 'and', or write the author's name"
LIKE_THIS = "write the authors like this: Lin, Wei and Long, Ada"
EQUAL = "mark everybody who shares the place, side by side: author+an = {1=equal; 2=equal}; or delete the mark"

# The bibliography, the rest of the profile, and what is said: the mark ¦ in one of the two files is the place.
IN_FILES = [
    ("and-twice", paper("¦Lin, Wei and and Long, Ada"), "", "an author is missing between two 'and'", FEW_ANDS),
    ("and-three-times", paper("¦Lin, Wei and AND\n and Long, Ada"), "", "missing between two 'and'", FEW_ANDS),
    ("and-first", paper("¦and Lin, Wei and Long, Ada"), "", "an author is missing before the first 'and'", ONE_AND),
    ("and-last", paper("¦Lin, Wei and Long, Ada and"), "", "an author is missing after the last 'and'", ONE_AND),
    ("semicolons", paper("¦Lin, Wei; Long, Ada"), "", "the authors are not separated by 'and'", LIKE_THIS),
    ("beyond-one", paper("Lin, Wei", "author+an = {¦3=lead}"), "",
     "a1: '3=lead' marks author 3, but the entry has 1 author", "write 1, or add the missing author"),
    ("beyond-editors", paper(PAIR, "editor = {Roe, Jo and Poe, Al}, editor+an = {¦3=lead}"), "",
     "'3=lead' marks editor 3, but the entry has 2 editors", "write a number from 1 to 2, or add the missing editor"),
    ("beyond-the-named", paper("Lin, Wei and others", "author+an = {¦2=lead}"), "",
     "'2=lead' marks author 2, but the entry has 1 author before 'and others'", "write 1, or add the missing author"),
    ("unknown-mark", paper(PAIR, "author+an = {1=¦bos}"), "", "a1: 'bos' is not a known mark and is ignored",
     "write one of: self, equal, corresponding, lead, student, advisor, core, senior, contributor, member; "
     "or, to ignore the word: bibliography: {annotations: {bos: ignore}}"),
    ("misspelt-mark", paper(PAIR, "author+an = {1=¦eqal}"), "", "a1: 'eqal' is not a known mark and is ignored",
     "did you mean 'equal'? Or, to ignore the word: bibliography: {annotations: {eqal: ignore}}"),
    ("lone-equal", paper(PAIR, "author+an = {1=lead; ¦2=equal}"), "",
     "a1: only Ada Long is marked 'equal', so the mark is ignored", EQUAL),
    ("own-equal", paper(PAIR, "¦role = {equal}"), "", "a1: only Wei Lin is marked 'equal', so the mark", EQUAL),
    ("equals-apart", paper(f"{PAIR} and Roe, Jo and Poe, Al and Coe, Bo", "author+an = {1=equal; 2=equal; ¦5=equal}"),
     "", "a1: no author next to Bo Coe is marked 'equal', so the mark is ignored", EQUAL),
    ("doi", paper(PAIR, "¦doi = {see the paper}"), "", "is not a valid DOI",
     "write the DOI alone, such as doi = {10.1000/182}"),
    ("query-ends", paper(), query("year >"), "the query 'year >' ends too early", "write a value after it"),
    ("query-ends-in-a-word", paper(), query("first and"), "the query 'first and' ends too early", "write a value"),
    ("query-ends-in-a-bracket", paper(), query("(first and"), "the query '(first and' ends too early", "write a value"),
    ("query-one-equals", paper(), query("first = true"), "the query 'first = true' cannot be read",
     "to compare, write == in place of ="),
    ("query-open-bracket", paper(), query("(first or co_first"), "has a bracket that is not closed",
     "write the closing"),
    ("query-extra-bracket", paper(), query("first)"), "the query 'first)' has a ) too many", "delete it"),
    ("query-open-quote", paper(), query('"status == \'preprint"'), "has a quote that is not closed",
     "write ' at the end"),
    ("query-two-words", paper(), query("first co_first"), "the query 'first co_first' cannot be read", "write for ex"),
    ("query-unknown-filter", paper(), query("title | uper == 'A'"), "'uper' after '|' is not known", "mean 'upper'?"),
    ("query-unknown-test", paper(), query("year is evne"), "'evne' after 'is' is not known", "did you mean 'even'?"),
    ("query-empty-value", paper("Long, Ada and Roe, Jo"), query("position > 1"),
     "the query 'position > 1' cannot be evaluated: it combines values of different kinds", "test them first"),
    ("query-division", paper(), query("year / 0 > 1"), "cannot be evaluated: it divides by zero", "write for example"),
    ("group-unknown", paper(), query("first, group_by: ¦yaer").replace("¦", "", 1),
     "unknown value 'yaer' for group_by", "did you mean 'year'?"),
    ("sort-unknown", paper(), query("first, sort: ¦newset").replace("¦", "", 1),
     "unknown value 'newset' for sort", "did you mean 'newest'?"),
    ("missing-in-a-list", paper(), "work:\n  - name: A\n  - ¦position: B\n", "'name' is missing in entry 2 of work",
     "add name: …"),
    ("wrong-deep-in-a-list", paper(), "work:\n  - name: A\n    highlights: [x, {text: y, pin: ¦maybe}]\n",
     "pin of item 2 of highlights of entry 1 of work should be true or false", "write true or false"),
    ("control-character", paper(), 'work: [{name: A, summary: ¦"$\\frac{1}{2}$"}]\n',
     "in double quotes, YAML reads \\f as a control character (U+000C)", "use single quotes"),
    ("control-by-number", paper(), 'work: [{name: A, summary: ¦"a \\\\ b\\x07"}]\n',
     "in double quotes, YAML reads \\x07 as a control character (U+0007)", "use single quotes"),
    ("wrong-escape", paper(), 'work: [{name: A, summary: "$¦\\sum$"}]\n',
     "not YAML: in double quotes, \\ starts an escape, and YAML does not know this one", "use single quotes"),
    ("percent", paper(), "work: [{name: ¦%A}]\n", "not YAML: a value cannot start with %", "put the value in quotes"),
    ("month-13", paper(), "awards: [{title: T, date: ¦2024-13}]\n", "'2024-13' is not a date: there is no month 13",
     "write 2024"),
    ("february-30", paper(), "awards: [{title: T, date: ¦2021-02-30}]\n",
     "'2021-02-30' is not a date: February 2021 has no day 30", "write 2024"),
    ("three-dates", paper(), "awards: [{title: T, date: ¦2020 - 2021 - 2022}]\n",
     "'2020 - 2021 - 2022' is more than two dates", "write one start and one end"),
    ("circle", paper(), "variants:\n  b: {extends: c}\n  c: {extends: ¦b}\n",
     "the variants extend each other in a circle: b → c → b", "delete one 'extends'"),
    ("circle-further-on", paper(), "variants:\n  a: {extends: b}\n  b: {extends: c}\n  c: {extends: ¦b}\n",
     "the variants extend each other in a circle: b → c → b", "delete one 'extends'"),
    ("extends-itself", paper(), "variants:\n  b: {extends: ¦b}\n", "the variant 'b' extends itself", "delete one"),
    ("inherited-tag", paper(), "work: [{name: A, tags: [unix]}]\nvariants:\n  v: {extends: w}\n  w: {tags: [¦nix]}\n",
     "nothing has the tag 'nix'", "did you mean 'unix'?"),
    ("skill", paper(), "¦skill: [{name: A}]\n", "unknown key 'skill'", "did you mean 'skills'?"),
    ("job", paper(), "¦job: [{name: A}]\n", "unknown key 'job'", "did you mean 'work'?"),
    ("publication", paper(), "¦publication: {files: []}\n", "unknown key 'publication'", "'bibliography'?"),
    ("bullet", paper(), "work: [{name: A, ¦bullet: [x]}]\n", "unknown key 'bullet'", "did you mean 'highlights'?"),
    ("colour", paper(), "variants: {v: {options: {accent: ¦blueish}}}\n", "'blueish' is not a colour",
     "write a colour such as #1f3a5f, in quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("bib", "rest", "says", "hint"), [pytest.param(*row[1:], id=row[0]) for row in IN_FILES])
def test_a_mistake_in_a_file(tmp_path: Path, bib: str, rest: str, says: str, hint: str) -> None:
    profile = write_career(tmp_path, bib, rest)
    file = profile if "¦" in rest else tmp_path / "papers.bib"
    before, after = file.read_text("utf-8").split("¦")
    file.write_text(before + after, "utf-8")
    ran = run_cvgen("render", profile, "-f", "tex", "-o", tmp_path / "cv.tex")
    found = [told for told in read_told(ran.err) if says in told.message]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert len(found) == 1, ran.err
    assert found[0].place == f"{file}:{line}:{column}"
    assert hint in found[0].hint


# The manifest of a theme that changes classic.
MANIFESTS = [
    ("unknown-key", "extends: classic\n¦optoins: {}\n", "unknown key 'optoins'", "did you mean 'options'?"),
    ("list-for-text", "extends: ¦[classic]\n", "extends should be the name of one theme", "write extends: classic"),
    ("text-for-list", "extends: classic\nbackends: ¦html\n", "backends should be a list", "or write [html]"),
    ("list-for-mapping", "extends: classic\noptions: ¦[accent]\n", "options should be a mapping", "write 'key: value'"),
    ("mapping-for-text", "extends: classic\ndescription: ¦{a: b}\n", "description should be text", "write one line"),
    ("empty", "¦", "the theme manifest is empty", "write extends: classic"),
    ("list", "¦- a\n", "the theme manifest is not a mapping", "write 'key: value' lines"),
    ("new-option", "extends: classic\noptions:\n  size: 10\n  ¦neww: 3\n", "option 'neww' is new and has no type",
     "write type: color, number, choice, switch, font, list; to change an option of 'classic', use its name"),
    ("misspelt-option", "extends: classic\noptions:\n  ¦acent: '#111111'\n", "option 'acent' is new and has no type",
     "did you mean 'accent'? For a new option, write type: color, number, choice, switch, font, list"),
    ("unknown-type", "extends: classic\noptions:\n  x: {type: ¦colour, default: a}\n",
     "'colour' is not a type of option", "did you mean 'color'?"),
    ("no-default", "extends: classic\noptions:\n  x: ¦{type: color, description: b}\n",
     "'default' is missing in options.x", "add default: …"),
    ("list-for-default", "extends: classic\noptions:\n  size: ¦[10, 11]\n", "options.size should be text",
     "write one line"),
    ("list-for-a-default-in-full", "extends: classic\noptions:\n  size: {default: ¦[10]}\n",
     "options.size.default should be text", "write one line"),
    ("word-for-number", "extends: classic\noptions:\n  size: {max: ¦many}\n",
     "options.size.max should be a number, not 'many'", "write digits alone, such as 1.5"),
    ("range-turned-round", "extends: classic\noptions:\n  size: {min: ¦13, max: 9}\n",
     "options.size has a 'min' above its 'max'", "exchange the two"),
    ("default-out-of-range", "extends: classic\noptions:\n  size: ¦99\n",
     "default of option 'size': '99' is out of range",
     "write 9 to 12pt"),
    ("word-for-default", "extends: classic\noptions:\n  size: ¦big\n",
     "default of option 'size': 'big' is not a number",
     "write for example"),
    ("text-for-choices", "extends: classic\noptions:\n  paper: {choices: ¦a4}\n",
     "options.paper.choices should be a list",
     "or write [a4]"),
    ("unknown-word", "extends: classic\noptions:\n  body_font: {generic: ¦slab}\n",
     "options.body_font.generic should not be 'slab'", "write one of: 'serif', 'sans-serif', 'monospace'"),
    ("unknown-key-of-an-option", "extends: classic\noptions:\n  size: {¦maxx: 13}\n", "unknown key 'maxx'",
     "did you mean 'max'?"),
    ("type-that-cvgen-reads", "extends: classic\noptions:\n  margin: {type: ¦list}\n",
     "the option 'margin' must be a number, not a list",
     "write type: number, or give the option another name (check: no text is in the margins at the sides"),
]  # fmt: skip


@pytest.mark.parametrize(("manifest", "says", "hint"), [pytest.param(*row[1:], id=row[0]) for row in MANIFESTS])
def test_a_mistake_in_a_manifest(tmp_path: Path, manifest: str, says: str, hint: str) -> None:
    path = tmp_path / "themes" / "mine" / "theme.yaml"
    path.parent.mkdir(parents=True)
    before, after = manifest.split("¦")
    path.write_text(before + after, "utf-8")
    profile = write_career(tmp_path, paper(), "variants: {v: {theme: mine}}")
    (told,) = read_told(run_cvgen("render", profile, "-f", "tex", "-o", tmp_path / "cv.tex").err)
    place = f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert told.place == (place if before or after else str(path))
    assert says in told.message
    assert hint in told.hint


@pytest.mark.parametrize(
    ("name", "text", "says", "hint"),
    [
        pytest.param("job.txt", "", "the posting is empty", "save the whole advert in the file", id="empty"),
        pytest.param("job.md", " \n\n", "the posting is empty", "save the whole advert in the file", id="blank"),
        pytest.param("job.html", "", "the posting is empty", "save the whole advert in the file", id="empty-page"),
        pytest.param("job.txt", "Python", "has only 6 characters", "save the whole advert in the file", id="short"),
        pytest.param("job.html", "<p>C</p>", "has only 1 character", "save the whole advert", id="short-page"),
        pytest.param("job.html", "<script>x</script>", "no text that can be read", ".txt file", id="no-text"),
    ],
)
def test_a_posting_without_a_text(tmp_path: Path, name: str, text: str, says: str, hint: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    ran = run_cvgen("match", write_career(tmp_path, paper()), tmp_path / name)
    (told,) = read_told(ran.err)
    assert (told.place, ran.code) == (str(tmp_path / name), 2)
    assert told.message.endswith(says)
    assert hint in told.hint
    assert ran.err.endswith("1 error\n")


BROKEN = "wrok: []\n"


@pytest.mark.parametrize(
    ("command", "writes"),
    [
        pytest.param("render {profile} -o {folder}/cv.pdf", True, id="render"),
        pytest.param("render {profile} --all -o {folder}", True, id="render-all"),
        pytest.param("match {profile} {posting} --write new", True, id="match-write"),
        pytest.param("themes new ../x -d {folder}", True, id="themes-new"),
        pytest.param("publications {profile}", False, id="publications"),
        pytest.param("match {profile} {posting}", False, id="match"),
        pytest.param("variants {profile}", False, id="variants"),
        pytest.param("diff {profile} a b", False, id="diff"),
        pytest.param("check {profile}", False, id="check"),
        pytest.param("inspect {folder}/none.pdf", False, id="inspect"),
        pytest.param("themes show nothing -d {folder}", False, id="themes-show"),
    ],
)
def test_only_a_command_that_writes_says_that_it_wrote_nothing(tmp_path: Path, command: str, writes: bool) -> None:
    profile, posting = write_career(tmp_path, paper(), BROKEN), tmp_path / "job.txt"
    posting.write_text("We want Python and Rust and people who know both.", "utf-8")
    ran = run_cvgen(*command.format(profile=profile, posting=posting, folder=tmp_path).split())
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == ("1 error; nothing was written" if writes else "1 error")


def test_a_failed_variant_beside_one_that_was_written(tmp_path: Path) -> None:
    profile = write_career(tmp_path, paper(), "variants:\n  good: {}\n  bad: {theme: clasic}\n")
    ran = run_cvgen("render", profile, "--all", "-f", "html", "-o", tmp_path, *INSTALLED_FONTS)
    assert (tmp_path / "profile-good.html").exists()
    assert ran.err.splitlines()[-1] == "1 error"


@pytest.mark.parametrize("spelling", ["Wei Lin", "Lin, Wei", "wei LIN", "W. Lin", "林薇"])
def test_a_known_spelling_is_not_added(tmp_path: Path, spelling: str) -> None:
    profile = write_career(tmp_path, paper(), settings="aliases: [W. Lin]", basics="name: Wei Lin\nnative_name: 林薇")
    before = profile.read_bytes()
    ran = run_cvgen("publications", profile, "--add-alias", spelling)
    assert ran.code == 0
    assert ran.err.splitlines()[0] == f"{spelling!r} is already a spelling of your name; {profile} is unchanged"
    assert profile.read_bytes() == before


def test_an_added_alias_is_reported_also_before_an_error(tmp_path: Path) -> None:
    profile = write_career(tmp_path, paper(), BROKEN)
    ran = run_cvgen("publications", profile, "--add-alias", "W. Lin")
    assert "W. Lin" in profile.read_text("utf-8")
    assert ran.err.splitlines()[0] == f"added 'W. Lin' to the aliases in {profile}"
    assert ran.err.splitlines()[-1] == "1 error"
    assert "added" not in ran.out


START = "names in a profile start from its folder, "


@pytest.mark.parametrize(
    ("basics", "settings", "hint"),
    [
        pytest.param("image: mee.png", "", "did you mean 'me.png'?", id="near"),
        pytest.param("image: me.jpeg", "", "did you mean 'me.png'?", id="another-ending"),
        pytest.param("image: figs/graf.png", "", "did you mean 'figs/graph.png'?", id="near-in-a-folder"),
        pytest.param("image: portrait.png", "", START + "{folder}; files in this folder: me.png, you.jpg", id="far"),
        pytest.param("image: figs/portrait.png", "", START + "{folder}; files in '{folder}/figs': graph.png", id="sub"),
        pytest.param("image: pics/me.png", "", START + "{folder}; there is no folder '{folder}/pics'", id="no-folder"),
        pytest.param("", "files: [papers.bib, x.bib]", START + "{folder}; files in this folder: lib.json, papers.bib",
                     id="bib"),
    ],
)  # fmt: skip
def test_a_file_that_the_profile_names_is_missing(tmp_path: Path, basics: str, settings: str, hint: str) -> None:
    (tmp_path / "figs").mkdir()
    for name in ("me.png", "you.jpg", "figs/graph.png", "lib.json"):
        (tmp_path / name).write_bytes(b"")
    profile = write_career(tmp_path, paper(), basics=f"name: Wei Lin\n{basics}")
    if settings:
        profile.write_text(profile.read_text("utf-8").replace("files: [papers.bib]", settings), "utf-8")
    (told,) = read_told(run_cvgen("publications", profile).err)
    assert told.hint == hint.format(folder=tmp_path)


@pytest.mark.parametrize(
    ("typed", "there", "hint"),
    [
        pytest.param("profil.yaml", ["profile.yaml", "other.yaml"], "did you mean '{folder}/profile.yaml'?", id="near"),
        pytest.param("profile.yml", ["profile.yaml"], "did you mean '{folder}/profile.yaml'?", id="other-ending"),
        pytest.param("cv.yaml", ["profile.yaml", "b.yml"], "files in this folder: b.yml, profile.yaml", id="far"),
        pytest.param("cv.yaml", ["x.txt"], "no file in this folder ends in .yaml or .yml", id="none"),
    ],
)
def test_the_profile_is_missing(tmp_path: Path, typed: str, there: list[str], hint: str) -> None:
    for name in there:
        (tmp_path / name).write_text("", "utf-8")
    (told,) = read_told(run_cvgen("render", tmp_path / typed).err)
    assert told.hint == hint.format(folder=tmp_path)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["p.yaml", "-f", "html", "-e", "xelatex"],
                     "-f html does not go with -e xelatex: xelatex writes pdf and tex", id="engine"),
        pytest.param(["p.yaml", "-f", "tex", "-e", "weasyprint"],
                     "-f tex does not go with -e weasyprint: weasyprint writes pdf", id="other-engine"),
        pytest.param(["--report", "p.yaml"], "write --report after PROFILE, or --report text", id="report"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together(arguments: list[str], says: str) -> None:
    ran = run_cvgen("render", *arguments)
    assert ran.code == 2
    assert says in re.sub(r"\s+", " ", ran.err)


@pytest.mark.parametrize("command", ["render", "check", "diff"])
def test_an_unknown_variant_has_one_text_and_place(tmp_path: Path, command: str) -> None:
    profile = write_career(tmp_path, paper(), "variants: {short: {}}")
    ran = run_cvgen(command, profile, *(["shrot", "short"] if command == "diff" else ["-v", "shrot"]))
    (told,) = read_told(ran.err)
    assert (told.message, told.hint) == ("there is no variant 'shrot' in the profile", "did you mean 'short'?")
    assert told.place == f"{profile}:6:1"


def test_a_report_counts_how_far_pages_are_filled_and_why_parts_are_left_out(tmp_path: Path) -> None:
    variant = (
        "variants:\n  full:\n    sections:\n"
        "      - publications: {title: One, where: year > 2030}\n      - publications: {title: Two, limit: 1}\n"
        "      - publications: {title: Three, group_by: [{title: None, where: sole}]}\n      - work\n"
    )
    older = paper().replace("a1", "a2").replace("2024", "2023")
    profile = write_career(tmp_path, paper() + older, f"work: [{{name: A}}]\n{variant}")
    out = run_cvgen("render", profile, "--report", "-q", "-o", tmp_path / "cv.pdf").out
    assert "  filled: page 1 " in out
    why = "does not match the query ('where') of the section 'One'; beyond the limit of 1 in the section 'Two'; "
    assert f"left out: {why}is in no group of the section 'Three' (1):" in out


def test_the_last_line_counts_what_is_not_shown(tmp_path: Path) -> None:
    fields = "".join(f", x{number} = {{x}}" for number in range(40))
    bib = paper().replace(", year = 2024}", f"{fields}, year = 2024, doi = {{see}}, pdf = {{a}}}}")
    lines = run_cvgen("publications", write_career(tmp_path, bib)).err.splitlines()
    assert re.fullmatch(r"… \d+ more notices; --all-problems shows them", lines[-1])
