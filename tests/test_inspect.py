"""Which version a PDF is: what a render keeps in it, and what ``cvgen inspect`` makes of that."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import INSTALLED_FONTS, read_told, run_cvgen, write_career
from rendering import ENGINES, copy_lualatex_cache, warm_backend

from cvgen.pipeline.batch import read_whole
from cvgen.pipeline.prepare import prepare_career
from cvgen.pipeline.render import render_prepared
from cvgen.pipeline.request import Request

EPOCH = "1700000000"  # 2023-11-14
VARIANT = r"Bär 林薇 لين 😀 100% {x}_#1 \a ^~$& [b]* (c( don't--stop"
"""What TeX, PDF strings and their encodings each have a meaning for."""
BIB = "my--pap_ers {1}.bib"
PAPERS = "@misc{lone, title = {On Being Alone}, author = {Lin, Wei}, year = {2024}}\n"
MOTTO = 'Größe, 力 = "ok"; {a} \\ --'
OPTIONS = {"accent": "#7a1f3d", "motto": MOTTO}
PROFILE = {
    "basics": {"name": "Wei Lin", "label": "Potter -- and poet"},
    "bibliography": {"files": [BIB]},
    "news": [{"date": "2024", "text": "Ready."}],
    "variants": {VARIANT: {"theme": "mine", "options": OPTIONS}},
}
THEME = """\
extends: classic
options:
  motto: {type: list, default: "", description: What to live by}
"""
FACTS_OF_A_RENDER = ("--set", "size=10", "--role", "first", "--role", "sole")


@dataclass(frozen=True, slots=True)
class Sent:
    """A CV that was rendered and sent; ``folder`` holds the files that it was made from."""

    folder: Path
    pdf: Path
    engine: str


def write_desk(folder: Path) -> Path:
    """The profile, its papers and a theme of the person's own; gives the profile."""
    folder.mkdir(exist_ok=True)
    (folder / BIB).write_text(PAPERS, "utf-8")
    (folder / "themes/mine").mkdir(parents=True)
    (folder / "themes/mine/theme.yaml").write_text(THEME, "utf-8")
    profile = folder / "profile.yaml"
    profile.write_text(yaml.safe_dump(PROFILE, allow_unicode=True, sort_keys=False), "utf-8")
    return profile


def render(profile: Path, output: Path, engine: str, *args: str | Path, cache: Path | None = None) -> None:
    env: dict[str, str | None] = {"SOURCE_DATE_EPOCH": EPOCH, "XDG_CACHE_HOME": str(cache) if cache else None}
    ran = run_cvgen("render", profile, "-e", engine, "-o", output, *args, env=env)
    assert ran.code == 0, ran.err


@pytest.fixture(scope="module", params=[*ENGINES, pytest.param("lualatex", id="lualatex", marks=pytest.mark.tex)])
def sent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """One render for all that only looks at it."""
    folder = tmp_path_factory.mktemp("desk")
    profile = write_desk(folder)
    pdf = folder / "sent.pdf"
    if request.param == "lualatex":
        copy_lualatex_cache(folder / "cache" / "cvgen")
    render(profile, pdf, request.param, "-v", VARIANT, *FACTS_OF_A_RENDER, cache=folder / "cache")
    return Sent(folder, pdf, request.param)


@pytest.fixture
def small(tmp_path: Path) -> Sent:
    """A render whose files a test may change."""
    pdf = tmp_path / "cv.pdf"
    render(write_career(tmp_path, PAPERS, "news: [{date: 2024, text: Ready.}]"), pdf, "weasyprint")
    return Sent(tmp_path, pdf, "weasyprint")


def inspect(pdf: Path, *args: str | Path, code: int = 0) -> dict[str, Any]:
    ran = run_cvgen("inspect", pdf, "--json", *args)
    assert (ran.code, ran.err) == (code, "")
    told: dict[str, Any] = json.loads(ran.out)
    return told


def git_hash(path: Path) -> str:
    finished = subprocess.run(["git", "hash-object", "--no-filters", path], capture_output=True, text=True, check=True)
    return finished.stdout.strip()


# --- what a render keeps


def test_every_choice_comes_back(sent: Sent) -> None:
    told = inspect(sent.pdf)
    assert told["made_by_cvgen"] is True
    assert (told["variant"], told["theme"], told["engine"]) == (VARIANT, "mine", sent.engine)
    assert told["roles"] == ["first", "sole"]
    assert (told["language"], told["pages"]) == ("en", 1)
    assert told["page_size"] == {"width_mm": 210.0, "height_mm": 297.0, "name": "A4"}
    assert (told["title"], told["author"], told["creator"]) == ("Wei Lin", "Wei Lin", "cvgen")
    assert told["subject"] == "Potter -- and poet"
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", told["version"])


def test_options_come_back_as_they_were_typed(sent: Sent) -> None:
    assert inspect(sent.pdf)["options"] == OPTIONS | {"size": "10"}


def test_an_option_of_the_command_line_goes_over_the_profiles(tmp_path: Path) -> None:
    render(write_desk(tmp_path), tmp_path / "cv.pdf", "weasyprint", "--set", "motto=नमस्ते", "--set", "accent=#112233")
    assert inspect(tmp_path / "cv.pdf")["options"] == {"accent": "#112233", "motto": "नमस्ते"}


def test_options_of_a_theme_that_was_not_used_are_not_told(tmp_path: Path) -> None:
    render(write_desk(tmp_path), tmp_path / "cv.pdf", "weasyprint", "-t", "modern")
    assert inspect(tmp_path / "cv.pdf")["options"] == {"accent": "#7a1f3d"}


def test_each_file_has_the_name_that_git_gives_it(sent: Sent) -> None:
    files = inspect(sent.pdf)["files"]
    assert list(files) == ["profile.yaml", BIB]
    for name, file in files.items():
        assert file["blob"] == git_hash(sent.folder / name)
        assert file["find"] == f"git log --find-object={file['blob']}"


def test_git_finds_the_commit(small: Sent) -> None:
    def git(*args: str) -> str:
        command = ["git", "-c", "user.name=Wei", "-c", "user.email=w@example.org", *args]
        return subprocess.run(command, cwd=small.folder, capture_output=True, text=True, check=True).stdout

    git("init", "-q")
    git("add", "profile.yaml", "papers.bib")
    git("commit", "-q", "-m", "as sent")
    (small.folder / "papers.bib").write_text(PAPERS.replace("Alone", "Among Many"), "utf-8")
    git("commit", "-q", "-a", "-m", "later")
    found = inspect(small.pdf)["files"]["papers.bib"]["find"]
    assert found.startswith("git ")
    subjects = git(*found.split()[1:], "--format=%s").splitlines()
    assert subjects[-1] == "as sent"


def test_the_photo_is_one_of_the_files(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent / "fixtures/matrix/portrait.png", tmp_path / "me.png")
    profile = write_career(tmp_path, PAPERS, basics="name: Wei Lin\nimage: me.png")
    render(profile, tmp_path / "cv.pdf", "weasyprint")
    assert inspect(tmp_path / "cv.pdf")["files"]["me.png"]["blob"] == git_hash(tmp_path / "me.png")


@pytest.mark.parametrize("changed", ["profile.yaml", "papers.bib", "me.png"])
def test_the_digests_are_those_of_the_bytes_that_were_read(tmp_path: Path, changed: str) -> None:
    """A file that is saved after it was read, and before the render, is not the one in the document."""
    shutil.copy(Path(__file__).parent / "fixtures/matrix/portrait.png", tmp_path / "me.png")
    profile = write_career(tmp_path, PAPERS, basics="name: Wei Lin\nimage: me.png")
    before = git_hash(tmp_path / changed)
    career = read_whole(profile)
    (tmp_path / changed).write_bytes((tmp_path / changed).read_bytes() + b"\n")
    pdf = tmp_path / "cv.pdf"
    render_prepared(
        prepare_career(Request(profile, output=pdf), career, warm_backend("weasyprint")), warm_backend("weasyprint")
    )
    assert git_hash(tmp_path / changed) != before
    told = inspect(pdf)
    assert told["files"][changed]["blob"] == before
    assert told["changed"] == [changed]


def test_the_state_is_that_of_all_files(small: Sent) -> None:
    before = inspect(small.pdf)["state"]
    assert re.fullmatch("[0-9a-f]{64}", before)
    (small.folder / "papers.bib").write_text(PAPERS + "% a note\n", "utf-8")
    render(small.folder / "profile.yaml", small.pdf, "weasyprint", "-t", "modern")
    after = inspect(small.pdf)["state"]
    assert after != before
    render(small.folder / "profile.yaml", small.pdf, "weasyprint", "-t", "classic")
    assert inspect(small.pdf)["state"] == after  # the files alone count


# --- what nobody else should read, and what must not vary


def contents_of(pdf: bytes) -> bytes:
    """The bytes of a PDF, and its compressed streams as they are inside."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    return b"\n".join([pdf, *unpacked])


def test_streams_are_looked_into(sent: Sent) -> None:
    """Without this the next test might look at nothing."""
    pdf = sent.pdf.read_bytes()
    assert b" Tf" in contents_of(pdf)
    assert b" Tf" not in pdf


def test_no_folder_of_the_machine_is_in_the_pdf(sent: Sent) -> None:
    content = contents_of(sent.pdf.read_bytes())
    for path in (str(sent.folder), str(Path.home()), str(Path(__file__).parents[1])):
        for secret in (path.encode(), path.encode("utf-16-be"), path.encode("utf-16-be").hex().encode()):
            assert secret not in content
            assert secret.upper() not in content


def test_papers_from_elsewhere_are_told_without_their_folder(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "desk/lists").mkdir(parents=True)
    for number, name in enumerate(("private/papers.bib", "papers.bib", "desk/lists/more.bib", "near.bib")):
        (tmp_path / name).write_text(PAPERS.replace("lone", f"lone{number}"), "utf-8")
    profile = tmp_path / "desk/profile.yaml"
    far = [str(tmp_path / "private/papers.bib"), str(tmp_path / "papers.bib")]
    names = [*far, "lists/more.bib", "../near.bib"]
    profile.write_text(f"basics: {{name: Wei Lin}}\nbibliography: {{files: {json.dumps(names)}}}\n", "utf-8")
    pdf = tmp_path / "desk/cv.pdf"
    render(profile, pdf, "weasyprint")
    told = inspect(pdf)
    assert list(told["files"]) == ["profile.yaml", "papers.bib", "papers.bib'", "lists/more.bib", "../near.bib"]
    assert (told["changed"], told["missing"]) == ([], ["papers.bib", "papers.bib'"])
    assert b"private" not in contents_of(pdf.read_bytes())


def test_the_same_files_elsewhere_give_the_same_bytes(tmp_path: Path, sent: Sent) -> None:
    profile = write_desk(tmp_path / "another folder")
    again = tmp_path / "again.pdf"
    render(profile, again, sent.engine, "-v", VARIANT, *FACTS_OF_A_RENDER, cache=sent.folder / "cache")
    assert again.read_bytes() == sent.pdf.read_bytes()


def test_a_page_carries_the_facts(tmp_path: Path) -> None:
    profile = write_career(tmp_path, PAPERS, "variants: {'R&D': {}}")
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "out/cv.html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    text = (tmp_path / "out/cv.html").read_text("utf-8")
    assert '<meta name="cvgen-variant" content="R&amp;D">' in text
    assert git_hash(tmp_path / "papers.bib") in text
    assert str(tmp_path) not in text


def test_a_theme_with_a_page_of_its_own_need_not_print_the_facts(tmp_path: Path) -> None:
    profile = write_career(tmp_path, PAPERS)
    page = tmp_path / "themes/bare/html/document.html.j2"
    page.parent.mkdir(parents=True)
    page.write_text("<title>Mine</title><meta name=keywords content=own><p>{{ doc.name }}", "utf-8")
    (tmp_path / "themes/bare/theme.yaml").write_text("extends: classic\n", "utf-8")
    render(profile, tmp_path / "cv.pdf", "weasyprint", "-t", "bare")
    told = inspect(tmp_path / "cv.pdf")
    assert (told["title"], told["variant"], told["theme"]) == ("Mine", "default", "bare")


# --- what inspect says


def test_the_answer_comes_first(small: Sent) -> None:
    ran = run_cvgen("inspect", small.pdf)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == f"{small.pdf}: variant 'default', theme classic, engine weasyprint"
    assert re.fullmatch(r"from profile\.yaml in state [0-9a-f]{12}: same as now \(.*profile\.yaml\)", lines[1])
    assert lines[2].split() == [
        "profile.yaml",
        *f"git log --find-object={git_hash(small.folder / 'profile.yaml')}".split(),
    ]
    assert lines[3].split()[0] == "papers.bib"
    rows = dict(re.split("  +", line, maxsplit=1) for line in lines[5:])
    assert rows["title"] == "Wei Lin"
    assert (rows["language"], rows["pages"], rows["page size"]) == ("en", "1", "A4, 210 × 297 mm")
    assert rows["made by"].startswith("cvgen ")
    assert "options" not in rows  # none were given


def _edit(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text((folder / name).read_text("utf-8") + "\n", "utf-8")


@pytest.mark.parametrize(
    ("change", "changed", "missing", "words"),
    [
        pytest.param(lambda folder: None, [], [], "same as now", id="nothing"),
        pytest.param(_edit("papers.bib"), ["papers.bib"], [], "changed since: papers.bib", id="papers"),
        pytest.param(_edit("profile.yaml"), ["profile.yaml"], [], "changed since: profile.yaml", id="profile"),
        pytest.param(
            lambda folder: (folder / "papers.bib").unlink(), [], ["papers.bib"], "not there now: papers.bib", id="gone"
        ),
        pytest.param(
            lambda folder: (folder / "profile.yaml").write_text("basics: [", "utf-8"),
            ["profile.yaml"],
            [],
            "changed since: profile.yaml",
            id="profile-that-cannot-be-read-any-more",
        ),
    ],
)
def test_what_changed_since(
    small: Sent, change: Callable[[Path], object], changed: list[str], missing: list[str], words: str
) -> None:
    change(small.folder)
    told = inspect(small.pdf)
    assert (told["changed"], told["missing"]) == (changed, missing)
    assert told["same_as_now"] is (not changed and not missing)
    assert words in run_cvgen("inspect", small.pdf).out.splitlines()[1]


def test_a_pdf_far_from_its_profile(small: Sent, tmp_path_factory: pytest.TempPathFactory) -> None:
    away = Path(shutil.move(small.pdf, tmp_path_factory.mktemp("away") / "cv.pdf"))
    told = inspect(away)
    assert (told["compared_with"], told["same_as_now"]) == (None, None)
    assert "--profile" in run_cvgen("inspect", away).out.splitlines()[1]
    assert inspect(away, "--profile", small.folder / "profile.yaml")["same_as_now"] is True


def test_the_profile_of_the_current_folder_is_found(
    small: Sent, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Path(shutil.move(small.pdf, tmp_path_factory.mktemp("away") / "cv.pdf"))
    monkeypatch.chdir(small.folder)
    told = inspect(away)
    assert (told["compared_with"], told["same_as_now"]) == ("profile.yaml", True)


def test_a_profile_may_have_another_name_by_now(small: Sent) -> None:
    (small.folder / "profile.yaml").rename(small.folder / "wei.yaml")
    assert inspect(small.pdf)["compared_with"] is None
    assert inspect(small.pdf, "--profile", small.folder / "wei.yaml")["same_as_now"] is True


def test_a_profile_that_is_not_there(small: Sent) -> None:
    ran = run_cvgen("inspect", small.pdf, "--profile", small.folder / "nope.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no profile" in read_told(ran.err)[0].message


# --- PDFs of others


def write_pdf(path: Path, info: str = "", catalog: str = "", trailer: str = "") -> Path:
    """A blank page, with entries of its information dictionary, catalog and trailer."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        f"<< {info} >>",
    ]
    text, starts = "%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(text))
        text += f"{number} 0 obj {body} endobj\n"
    entries = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    table = (
        f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer << /Size {size} /Root 1 0 R /Info 4 0 R {trailer} >>"
    )
    path.write_text(f"{text}{table}\nstartxref\n{len(text)}\n%%EOF\n", "latin-1")
    return path


def test_a_pdf_of_another_program(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "scan.pdf", "/Title (Invoice) /Creator (Scanner)", "/Lang (de-CH)")
    ran = run_cvgen("inspect", pdf)
    assert (ran.code, ran.err) == (1, "")
    assert "not made by cvgen" in ran.out.splitlines()[0]
    assert "Letter" in ran.out
    told = inspect(pdf, code=1)
    assert (told["made_by_cvgen"], told["variant"], told["files"]) == (False, None, {})
    assert (told["title"], told["creator"], told["language"], told["pages"]) == ("Invoice", "Scanner", "de-CH", 1)


def test_a_pdf_of_cvgen_without_facts(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "old.pdf", "/Creator (cvgen)")
    assert "does not say from what" in run_cvgen("inspect", pdf).out
    assert inspect(pdf, code=1)["made_by_cvgen"] is True


def test_a_pdf_with_nothing_to_say(tmp_path: Path) -> None:
    assert inspect(write_pdf(tmp_path / "blank.pdf"), code=1)["title"] is None


def forge(path: Path, **facts: str) -> Path:
    """A PDF that says ``facts`` as cvgen does."""
    texts = {name.capitalize(): f"\ufeff{text}".encode("utf-16-be").hex() for name, text in facts.items()}
    entries = " ".join(f"/Cvgen{name} <{text}>" for name, text in texts.items())
    return write_pdf(path, f"/CvgenMetadata ({' '.join(facts)}) {entries}")


def test_a_forged_pdf_gives_no_command_and_no_control_characters(tmp_path: Path) -> None:
    good = "a" * 40
    pdf = forge(
        tmp_path / "forged.pdf",
        variant="x",
        theme="red\x07\u202e",
        profile="profile.yaml",
        files=json.dumps({"a": "$(reboot)", "b": good + "; reboot", "c": good, "/etc/passwd": good, "d": ["e"]}),
    )
    (tmp_path / "profile.yaml").write_text("", "utf-8")
    ran = run_cvgen("inspect", pdf)
    assert ran.code == 0
    assert "reboot" not in ran.out
    assert not set("\x07\u202e") & set(ran.out)
    told = inspect(pdf)
    assert list(told["files"]) == ["c", "/etc/passwd"]
    assert told["missing"] == ["c", "/etc/passwd"]  # no file outside is read


def test_a_forged_pdf_does_not_choose_the_profile(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "other.yaml").write_text("", "utf-8")
    facts = {"variant": "x", "profile": "../other.yaml", "files": json.dumps({"../other.yaml": "a" * 40})}
    assert inspect(forge(tmp_path / "desk/forged.pdf", **facts))["compared_with"] is None


@pytest.mark.parametrize("files", ["{", "[1]", "null", "7", '{"a": 7}', "", "[" * 9000], ids=len)
def test_facts_of_another_form_are_left_out(files: str, tmp_path: Path) -> None:
    told = inspect(forge(tmp_path / "odd.pdf", variant="x", profile="profile.yaml", files=files, options=files))
    assert (told["files"], told["options"], told["compared_with"]) == ({}, {}, None)


def test_facts_that_are_not_known_are_shown(tmp_path: Path) -> None:
    pdf = forge(tmp_path / "new.pdf", variant="x", density="0.4")
    assert inspect(pdf)["more"] == {"density": "0.4"}
    assert re.search(r"^density +0\.4$", run_cvgen("inspect", pdf).out, re.MULTILINE)


def test_what_a_fit_decided_comes_back(small: Sent) -> None:
    render(small.folder / "profile.yaml", small.pdf, "weasyprint", "--pages", "1")
    more = inspect(small.pdf)["more"]
    assert more["pages_allowed"] == "1"
    assert re.search("^pages allowed +1$", run_cvgen("inspect", small.pdf).out, re.MULTILINE)


ENCRYPTED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >> /ID [<00> <00>]"


@pytest.mark.parametrize(
    ("write", "words"),
    [
        pytest.param(lambda path: None, "there is no PDF", id="missing"),
        pytest.param(lambda path: path.mkdir(), "is a folder", id="folder"),
        pytest.param(lambda path: path.write_bytes(b""), "is not a PDF", id="empty"),
        pytest.param(lambda path: path.write_text("basics: {}"), "is not a PDF", id="text"),
        pytest.param(lambda path: path.write_bytes(b"%PDF-1.7\nand then nothing"), "damaged", id="damaged"),
        pytest.param(lambda path: write_pdf(path, trailer=ENCRYPTED), "protected by a password", id="protected"),
    ],
)
def test_what_cannot_be_read_is_an_error(write: Callable[[Path], object], words: str, tmp_path: Path) -> None:
    write(tmp_path / "cv.pdf")
    ran = run_cvgen("inspect", tmp_path / "cv.pdf")
    assert (ran.code, ran.out) == (2, "")
    (told,) = read_told(ran.err)
    assert words in told.message
    assert told.hint
