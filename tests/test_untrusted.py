"""A profile that is not trusted reaches no file outside its folder, by whatever way, and brings no theme."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, read_told, run_cvgen
from PIL import Image

import cvgen
from cvgen.diagnostics import InputError
from cvgen.pipeline.batch import read_whole
from cvgen.pipeline.check.matrix import CheckRequest, list_targets

CANARY = "canary-5093"
BIB = f"@article{{canary5093, author={{Lopes, Ana}}, title={{{CANARY}}}, journal={{J}}, year=2020}}\n"
HEAD = "basics: {name: Ana Lopes}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The profile's folder, and beside it files of someone else with the canary in them."""
    outside = tmp_path / "outside"
    (outside / "themes" / "mine").mkdir(parents=True)
    (outside / "papers.bib").write_text(BIB)
    (outside / "secret.yaml").write_text(f"{CANARY}: [\n")
    (outside / "themes" / "mine" / "theme.yaml").write_text(f"description: {CANARY}\nextends: classic\n")
    Image.new("RGB", (8, 8), "teal").save(outside / "photo.png")
    folder = tmp_path / "cv"
    folder.mkdir()
    Image.new("RGB", (8, 8), "teal").save(folder / "photo.png")
    (folder / "papers.bib").write_text("@article{a, author={Lopes, Ana}, title={Own}, journal={J}, year=2020}\n")
    return folder


def write(folder: Path, text: str) -> Path:
    profile = folder / "profile.yaml"
    profile.write_text(text.replace("OUTSIDE", str(folder.parent / "outside")))
    return profile


def bib(name: str) -> str:
    return f"{HEAD}bibliography: {{files: [{name}]}}\n"


def overlay(image: str) -> str:
    return f"{HEAD}bibliography: {{files: [papers.bib], entries: {{a: {{image: {image}}}}}}}\n"


def preview(folder: Path) -> str:
    entry = "@article{a, author={Lopes, Ana}, title={Own}, journal={J}, year=2020, preview={../outside/photo.png}}\n"
    (folder / "papers.bib").write_text(entry)
    return bib("papers.bib")


def link(name: str, target: str) -> Callable[[Path], str]:
    """Write a link ``name`` to ``target``, and a profile that uses it."""

    def make(folder: Path) -> str:
        target_ = target.replace("ROOT", str(folder.parent))
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target_)
        if name.endswith(".bib"):
            return bib(name)
        return bib("sub/papers.bib") if name == "sub" else "basics: {name: Ana Lopes, image: photo.png}\n"

    return make


def chain(folder: Path) -> str:
    (folder / "one.bib").symlink_to("two.bib")
    (folder / "two.bib").symlink_to("../cv/three.bib")
    (folder / "three.bib").symlink_to("../outside/papers.bib")
    return bib("one.bib")


WAYS: dict[str, str | Callable[[Path], str]] = {
    "bib above": bib("../outside/papers.bib"),
    "bib absolute": bib("OUTSIDE/papers.bib"),
    "bib through a folder of its own": bib("./x/../../outside/papers.bib"),
    "bib in /proc": bib("/proc/self/environ"),
    "bib through /proc/self/root": bib("/proc/self/root/OUTSIDE/papers.bib"),
    "bib through /proc/self/cwd": bib("/proc/self/cwd/pyproject.toml"),
    "bib is a link": link("linked.bib", "../outside/papers.bib"),
    "bib is a link to an absolute name": link("linked.bib", "ROOT/outside/papers.bib"),
    "bib is a link to /proc/self/root": link("linked.bib", "/proc/self/root/ROOT/outside/papers.bib"),
    "bib is a link to stdin": link("linked.bib", "/proc/self/fd/0"),
    "bib is a chain of links": chain,
    "folder is a link": link("sub", "../outside"),
    "photo above": "basics: {name: Ana Lopes, image: ../outside/photo.png}\n",
    "photo is a link": link("photo.png", "../outside/photo.png"),
    "photo of a variant": f"{HEAD}variants: {{v: {{basics: {{image: ../outside/photo.png}}}}}}\n",
    "logo": f"{HEAD}work: [{{name: Example, position: Engineer, start: 2020, logo: ../outside/photo.png}}]\n",
    "picture of a paper": overlay("../outside/photo.png"),
    "picture of a paper that is missing": overlay("../outside/absent.png"),
    "preview in the bib": preview,
}


def run_untrusted(command: str, profile: Path, *arguments: str | Path) -> tuple[int, str, str]:
    posting = profile.with_name("posting.txt")
    posting.write_text("We look for an engineer who writes Python and knows machines.")
    more: dict[str, list[str | Path]] = {
        "render": ["-f", "html", "-o", profile.with_name("out.html"), *INSTALLED_FONTS],
        "match": [posting],
    }
    ran = run_cvgen(command, profile, *more.get(command, []), "--untrusted", *arguments)
    return ran.code, ran.out, ran.err


@pytest.mark.parametrize("way", WAYS)
def test_no_file_outside_the_folder_is_read(folder: Path, way: str) -> None:
    made = WAYS[way]
    profile = write(folder, made if isinstance(made, str) else made(folder))
    code, out, err = run_untrusted("render", profile)
    assert code == 2
    (told,) = [told for told in read_told(err) if "is outside the profile's folder" in told.message]
    assert told.place.startswith(str(folder))
    assert told.place.count(":") == 2
    assert "copy the file there" in told.hint
    assert CANARY not in out + err
    assert not (folder / "out.html").exists()


@pytest.mark.parametrize("command", ["render", "check", "publications", "match", "variants"])
def test_every_command_that_reads_a_profile_has_the_limit(folder: Path, command: str) -> None:
    code, out, err = run_untrusted(command, write(folder, bib("../outside/papers.bib")))
    assert code == 2
    assert "is outside the profile's folder" in err
    assert CANARY not in out + err


def test_diff_gallery_and_the_library_have_the_limit(folder: Path) -> None:
    profile = write(folder, bib("../outside/papers.bib") + "variants: {x: {}, y: {}}\n")
    assert run_cvgen("diff", profile, "x", "y", "--untrusted").code == 2
    target = folder.parent / "gallery"
    shown = run_cvgen("themes", "gallery", profile, "-t", "classic", "-e", "weasyprint", "-o", target, "--untrusted")
    assert shown.code == 1
    assert "is outside the profile's folder" in shown.out + shown.err
    for call in (cvgen.read_profile, cvgen.publications, cvgen.check):
        with pytest.raises(InputError, match="outside"):
            call(profile, untrusted=True)
    with pytest.raises(InputError, match="outside"):
        cvgen.render(profile, untrusted=True, format="html", output=folder / "x.html")


def test_what_is_inside_is_read(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "papers.bib").rename(folder / "sub" / "papers.bib")
    (folder / "papers.bib").symlink_to("sub/papers.bib")
    (folder / "photo.png").rename(folder / "sub" / "face.png")
    named = "basics: {name: Ana Lopes, image: sub/../sub/face.png}\nbibliography: {files: [papers.bib]}\n"
    code, _, err = run_untrusted("render", write(folder, named))
    assert (code, read_told(err)) == (0, [])
    assert "Own" in (folder / "out.html").read_text()


def test_a_folder_reached_through_a_link_is_the_persons_own_choice(folder: Path) -> None:
    write(folder, bib("papers.bib"))
    (folder.parent / "short").symlink_to("cv")
    assert run_untrusted("publications", folder.parent / "short" / "profile.yaml")[0] == 0


def test_a_profile_that_is_a_link_out_of_its_folder_is_not_read(folder: Path) -> None:
    profile = folder / "profile.yaml"
    profile.symlink_to("../outside/secret.yaml")
    code, out, err = run_untrusted("render", profile)
    assert code == 2
    assert "the profile is a link that leads out of its folder" in err
    assert CANARY not in out + err


def test_without_the_option_other_folders_are_read(folder: Path) -> None:
    ran = run_cvgen("publications", write(folder, bib("../outside/papers.bib")))
    assert ran.code == 0
    assert CANARY in ran.out


@pytest.mark.parametrize("theme", ["mine", "./themes/mine", "../outside/themes/mine", "OUTSIDE/themes/mine", "base"])
def test_a_theme_that_does_not_come_with_cvgen_is_refused(folder: Path, theme: str) -> None:
    own = folder / "themes" / "mine"
    own.mkdir(parents=True)
    (own / "theme.yaml").write_text("description: mine\nextends: classic\n")
    profile = write(folder, f"{HEAD}variants: {{v: {{theme: {theme}}}}}\n")
    code, out, err = run_untrusted("render", profile)
    (told,) = read_told(err)
    assert code == 2
    assert "does not come with cvgen, and an untrusted profile can use no other" in told.message
    assert told.place.startswith(f"{profile}:2:")
    assert "classic" in told.hint
    assert CANARY not in out + err
    typed = theme.replace("OUTSIDE", str(folder.parent / "outside"))
    assert run_untrusted("render", write(folder, HEAD), "-t", typed)[0] == 2
    assert run_untrusted("check", write(folder, HEAD), "-t", typed)[0] == 2


@pytest.mark.parametrize("kind", ["folder", "link", "folder of themes"])
def test_a_folder_that_changes_a_theme_of_cvgen_is_refused(folder: Path, kind: str) -> None:
    if kind == "folder of themes":
        (folder / "themes").symlink_to("../outside/themes")
    else:
        (folder / "themes").mkdir()
        place = folder / "themes" / "classic"
        place.mkdir() if kind == "folder" else place.symlink_to("/nowhere")
    code, _, err = run_untrusted("render", write(folder, HEAD))
    (told,) = read_told(err)
    assert (code, told.place) == (2, str(folder / "themes" / "classic"))
    assert "changes the theme 'classic'" in told.message


def test_checking_all_themes_checks_those_of_cvgen(folder: Path) -> None:
    own = folder / "themes" / "mine"
    own.mkdir(parents=True)
    (own / "theme.yaml").write_text("description: mine\nextends: classic\n")
    profile = write(folder, HEAD)
    checked = {
        trust: {target.theme for target in list_targets(CheckRequest(profile, all_themes=True, untrusted=not trust),
                                                        read_whole(profile, untrusted=not trust))}
        for trust in (True, False)
    }  # fmt: skip
    assert checked[True] - checked[False] == {"mine"}
    assert "classic" in checked[False]


def test_nothing_is_written_through_a_link(folder: Path) -> None:
    target = folder.parent / "outside" / "precious.html"
    target.write_text(CANARY)
    (folder / "out.html").symlink_to(target)
    code, _, err = run_untrusted("render", write(folder, HEAD))
    assert code == 2
    assert "leads out of the folder" in err
    assert target.read_text() == CANARY


@pytest.mark.parametrize("arguments", [("publications", "--add-alias", "A. Lopes"), ("match", "--write", "new")])
def test_an_untrusted_profile_is_not_changed(folder: Path, arguments: tuple[str, ...]) -> None:
    profile = write(folder, HEAD)
    before = profile.read_bytes()
    code, _, err = run_untrusted(arguments[0], profile, *arguments[1:])
    assert code == 2
    assert "an untrusted profile is not changed" in err
    assert profile.read_bytes() == before


def test_watching_keeps_the_limit(folder: Path) -> None:
    attempts = cvgen.Session().watch(
        write(folder, bib("../outside/papers.bib")), untrusted=True, format="html", output=folder / "x.html"
    )
    error = next(attempts).error
    assert error
    assert "is outside the profile's folder" in str(error)


def test_inspect_compares_no_file_outside(folder: Path) -> None:
    """A PDF made with a bibliography elsewhere: an untrusted inspection says it is missing."""
    pdf = folder / "profile.pdf"
    profile = write(folder, bib("../outside/papers.bib"))
    assert run_cvgen("render", profile, "-o", pdf, "-q").code == 0
    name = os.path.relpath(folder.parent / "outside" / "papers.bib", folder)
    for arguments, missing in (((), []), (("--untrusted",), [name])):
        told = json.loads(run_cvgen("inspect", pdf, "--json", *arguments).out)
        assert (told["changed"], told["missing"]) == ([], missing)
