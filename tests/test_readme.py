"""Everything in README and the manual is true: the examples run, the tables match the code."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from helpers import run_cvgen
from pdf import squeeze, words
from rendering import render_pdf

import cvgen
from cvgen.cli.main import cli
from cvgen.examine.checks.table_of_checks import CHECKS, OPENS
from cvgen.model.entry import Entry
from cvgen.model.kinds import KINDS, Kind
from cvgen.model.language_files import known_languages
from cvgen.model.publication import Role
from cvgen.model.sections import LIKE
from cvgen.pipeline.request import Request
from cvgen.pipeline.starter import write_starter
from cvgen.select.language import load_words
from cvgen.sources.bibtex.known_fields import FIELDS, list_unprinted, printed_fields
from cvgen.sources.entry.kind_of_entry import TYPE_KINDS
from cvgen.themes.options import ChoiceSpec
from cvgen.themes.styles import Style
from cvgen.themes.theme import find_theme

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = {page.stem: page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md"))}
PAGES = [README, *MANUAL.values()]


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", MANUAL[page], re.DOTALL)


def test_the_profile_of_the_manual_renders_without_a_word(tmp_path: Path) -> None:
    (profile,), (bibliography, section) = _blocks("profile", "yaml"), _blocks("publications", "yaml")
    (manifest,) = _blocks("themes", "yaml")
    old = "\n@article{old2019, author = {Lin, Wei and Ng, Jo}, title = {Old}, journal = {J}, year = 2019}\n"
    old += "@online{new, author = {Lin, Wei}, title = {Newest}, eprint = {2601.00001},"
    old += " eprinttype = {arxiv}, year = 2026}\n"
    (tmp_path / "papers.bib").write_text(_blocks("publications", "bibtex")[0] + old, "utf-8")
    head, _, tail = profile.partition("\nwork:")
    lists = "  lists:\n    sections:\n" + textwrap.indent(section, "      ")
    listed = "      - publications: {title: All}\n"
    tail = tail.replace("      - awards\n", "      - awards\n" + listed)
    (tmp_path / "profile.yaml").write_text(f"{head}\n{bibliography}\nwork:{tail}{lists}{listed}", "utf-8")
    theme = tmp_path / "themes" / "mine"
    (theme / "html").mkdir(parents=True)
    (theme / "theme.yaml").write_text(manifest, "utf-8")
    (citation,), (css,) = _blocks("publications", "jinja"), _blocks("themes", "jinja")
    (theme / "html" / "style.css.j2").write_text(css, "utf-8")
    (theme / "styles").mkdir()
    (theme / "styles" / "journal.j2").write_text(citation, "utf-8")
    assert find_theme("mine", [theme.parent], None).styles["journal"] == Style(max_authors=3, last_author=False)
    for name, chosen in (("full", None), ("industry", None), ("full", "mine"), ("lists", None)):
        rendered = render_pdf(Request(tmp_path / "profile.yaml", name, chosen), tmp_path)
        assert [p.message for p in rendered.outcome.problems] == []
        assert "Co-first author (second), project leader and corresponding author" in words(rendered.pages)
        assert ("Machines that draw" in rendered.text) == (name != "lists")


def test_the_paper_of_the_manual_is_printed_as_shown_there(tmp_path: Path) -> None:
    """The picture in words below the BibTeX entry is what a render gives, but for what the overlay adds."""
    (tmp_path / "papers.bib").write_text(_blocks("publications", "bibtex")[0], "utf-8")
    profile = "basics: {name: Wei Lin}\nbibliography: {files: [papers.bib]}\n"
    profile += "variants: {v: {sections: [{publications: {roles: true}}]}}\n"
    (tmp_path / "profile.yaml").write_text(profile, "utf-8")
    text = squeeze(render_pdf(Request(tmp_path / "profile.yaml"), tmp_path).text)
    shown = re.sub(
        r"<[^>]+>|(?<!\\)\*|^> ?|\\",
        "",
        "\n".join(re.findall(r"^>.*$", MANUAL["publications"], re.MULTILINE)),
        flags=re.MULTILINE,
    )
    for line in filter(str.strip, shown.splitlines()):
        assert squeeze(line) in text


@pytest.mark.parametrize(
    "line", sorted({line.strip() for page in PAGES for line in re.findall(r"^    cvgen .*", page, re.MULTILINE)})
)
def test_each_command_and_option_of_the_manual_exists(line: str) -> None:
    words = line.partition("#")[0].partition(">")[0].split()
    command, path = cli.commands[words[1]], words[1:2]
    if isinstance(command, click.Group):
        name = words[2] if words[2] in command.commands else "list"  # cvgen publications profile.yaml
        command, path = command.commands[name], [words[1], name]
    known = {option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]}
    assert {word for word in words if word.startswith("-")} <= known
    assert CliRunner().invoke(cli, [*path, "--help"]).exit_code == 0


def test_the_library_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_starter("Wei Lin", tmp_path)
    monkeypatch.chdir(tmp_path)
    (example,) = _blocks("python", "python")
    exec(example, {})
    assert [path.name for path in sorted(tmp_path.glob("*.pdf"))] == ["classic.pdf", "modern.pdf"]
    classic, modern, papers = capsys.readouterr().out.splitlines()
    assert (classic, modern) == ("classic.pdf 1 []", "modern.pdf 1 []")
    assert papers.count("', '") == 2
    assert papers.startswith("['Sparse Attention in O(n log n)', 'How Far Can a Small Model Reason?', ")
    (tmp_path / "profile.yaml").write_text("basics: {nam: Wei Lin}\n", "utf-8")
    with pytest.raises(cvgen.InputError):
        exec(example, {})
    exec(example[example.index("try:") :], {"cvgen": cvgen})
    assert "nam" in capsys.readouterr().out


def test_each_make_target_of_the_manual_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in {target for page in PAGES for target in re.findall(r"(?:^    |`)make (\w+)", page, re.MULTILINE)}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_pictures_are_there() -> None:
    names = [name for page in PAGES for name in re.findall(r"\]\((?:\.\./)?(examples/[^)]+png)\)", page)]
    assert len(set(names)) >= 11
    for name in names:
        assert (ROOT / name).read_bytes().startswith(b"\x89PNG")


def test_the_table_of_fields_is_that_of_the_model() -> None:
    shared = set(Entry.model_fields)
    for row in re.findall(r"^\| (`\w+`.*|your own.*) \| (.*) \|$", MANUAL["profile"], re.MULTILINE):
        names = re.findall(r"`(\w+)`", row[0]) if "own" not in row[0] else ["entry"]
        if not set(names) <= set(LIKE):
            continue  # another table
        for name, fields in zip(names, row[1].split(";"), strict=True):
            entry = LIKE[name].entry
            assert entry
            model = entry.model_fields
            assert set(re.findall(r"\w+", fields)) == set(model) - shared, name
            needed = {key for key, field in model.items() if field.is_required()}
            # a section whose entries have one of two forms: the usual one
            needed |= set(entry.model_json_schema().get("anyOf", [{}])[0].get("required", []))
            assert set(re.findall(r"\*\*(\w+)", fields)) == needed, name
    common = re.search(r"Every entry may also have (.*)\.$", MANUAL["profile"], re.MULTILINE)
    assert common
    assert set(re.findall(r"`(\w+)`", common[1])) == shared


def test_the_table_of_options_is_that_of_the_manifest() -> None:
    options = find_theme("classic", [], None).options
    table = MANUAL["themes"].partition("| option | says |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == set(options)
    offered = {choice for spec in options.values() if isinstance(spec, ChoiceSpec) for choice in spec.choices}
    quoted = {
        word
        for row in table.splitlines()[2:]
        for words in re.findall(r"`([^`]+)`", row.split("|")[2])
        for word in words.split()
    }
    assert quoted - {"labels", "addresses", "below", "left", "right"} == offered - {
        "labels",
        "addresses",
        "below",
        "left",
        "right",
    }


def test_the_languages_of_the_manual_are_those_with_words() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \| [A-Z]", MANUAL["languages"], re.MULTILINE)
    assert listed == sorted(known_languages())
    assert f"[{len(listed)} languages](docs/languages.md)" in README


def test_the_story_of_tailoring_is_the_example_and_what_it_prints(tmp_path: Path) -> None:
    engineer = (ROOT / "examples" / "engineer" / "profile.yaml").read_text("utf-8")
    (told,) = re.findall(r"```\nvariants:\n(.*?)```", MANUAL["tailoring"], re.DOTALL)
    for line in told.splitlines():
        assert line in engineer
    (tmp_path / "profile.yaml").write_text(engineer, "utf-8")
    ran = CliRunner().invoke(cli, ["render", str(tmp_path / "profile.yaml"), "-v", "full", "--pages", "1", "--report"])
    assert ran.exit_code == 0
    report, matched = _blocks("tailoring", "text")
    for line in report.splitlines():
        assert line.strip() == "…" or line in ran.stdout.replace(f"{tmp_path}/", ""), line
    posting = str(ROOT / "tests/fixtures/postings/platform.txt")
    ran = CliRunner().invoke(cli, ["match", str(tmp_path / "profile.yaml"), posting, "-q"])
    for line in matched.splitlines():
        assert line.strip() == "…" or line in ran.stdout.replace(f"{tmp_path}/", ""), line


def test_every_check_is_named_in_the_manual() -> None:
    ours = {"profile", "unshown", "pin", "render", "selection", "baseline", OPENS}
    table = MANUAL["checking"].partition("| of | checks |")[2].partition("\n\n")[0]
    cells = re.sub(r"\([^)]*\)", "", table)
    assert set(re.findall(r"`(\w+)`", cells)) == set(CHECKS) | ours


def test_the_findings_of_the_manual_are_what_check_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "profile.yaml").write_text(
        "basics: {name: Nora Kemp, email: nora@example.org}\nwork:\n"
        "  - {name: Halyard, position: Engineer, start: 2020, end: present, pin: true, tags: [research]}\n"
        "skills: [{name: Rust}]\nvariants:\n  short: {theme: mine, tags: [industry]}\n  long: {}\n",
        "utf-8",
    )
    (tmp_path / "themes/mine/html").mkdir(parents=True)
    (tmp_path / "themes/mine/theme.yaml").write_text("extends: classic\n", "utf-8")
    style = '{% include "classic:style.css.j2" %}\nh1 { letter-spacing: 0.3em; }\n'
    (tmp_path / "themes/mine/html/style.css.j2").write_text(style, "utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run_cvgen("check", "profile.yaml", "-v", "short")
    (shown,) = (block for block in _blocks("checking", "text") if "[words]" in block)
    assert (ran.code, ran.out.strip()) == (1, shown.strip())


def _rows_below(head: str) -> list[list[str]]:
    """The cells of each row of the table whose head begins with ``head``."""
    table = MANUAL["publications"].partition(head)[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()[2:]]


def test_the_table_of_kinds_is_that_of_the_code() -> None:
    rows = {row[0].strip("`"): row[1:] for row in _rows_below("| kind | entry types |")}
    assert list(rows) == [kind.value for kind in Kind]
    words = load_words("en")
    for kind, (types, counted) in rows.items():
        named = set(re.findall(r"@(\w+)", types.partition(",")[0]))
        known = {name for name, one in TYPE_KINDS.items() if one == kind}
        assert named - {"misc"} == known, kind
        assert words[f"count_{KINDS[Kind(kind)].count}_one"] == f"{{n}} {counted}", kind


def test_the_table_of_printed_fields_is_that_of_the_code() -> None:
    rows = _rows_below("| fields | printed for |")
    listed = {name for names, _ in rows for name in names.strip("`").split()}
    others = re.search(r"cvgen also reads `([^`]*)`", MANUAL["publications"])
    assert others
    assert {name for kind in Kind for name in FIELDS & printed_fields(kind)} <= listed
    everywhere = set(rows[0][0].strip("`").split())
    assert not [n for n in everywhere for kind in Kind if list_unprinted(kind, [n])]
    for names, _ in rows[1:]:
        for name in names.strip("`").split():
            assert any(list_unprinted(kind, [name]) for kind in Kind), name
    known = {re.sub(r"[+]an$", "", name) for name in others[1].split()}
    assert not [name for name in known if list_unprinted(Kind.OTHER, [name])]


def test_the_table_of_roles_is_complete() -> None:
    rows = _rows_below("| role | true when |")
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row[0])} == {role.value for role in Role}
