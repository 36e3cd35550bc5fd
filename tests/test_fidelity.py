"""Nothing typed is lost or changed: each row of what other tools lose, read back from the PDF of both backends."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pdf import squeeze, words
from rendering import BOTH_THEMES_AND_BACKENDS, Rendered, render_pdf

from cvgen.pipeline.request import Request

FORMULAS = [f"$x_{{{n}}} + {n} \\le {n * n}$" for n in range(1, 13)]
TYPED = {
    "generics": "Generic <T> code, List<String> and Map<K, V>",
    "sharps": "C# and F# beat #hash and issue #1",
    "hyphen-in-bullet": "A - B testing of one bullet",
    "starts-with-equals": "= not a heading",
    "starts-with-plus": "+ not a list",
    "starts-with-minus": "- not a nested list",
    "starts-with-number": "1. not an enumeration",
    "starts-with-hash": "# not a heading either",
    "starts-with-greater": "> not a quotation",
    "percent": "50% of 100 %",
    "underscores": "snake_case, __init__ and a_b_c",
    "tildes-and-carets": "~/bin, x^y, ~30 and ^start",
    "ampersands": "R&D at AT&T & Co; &amp; stays &lt;",
    "backslashes": "C:\\new\\table and \\LaTeX",
    "braces": "{braces} and [brackets] and {{ jinja }} {% raw %}",
    "delimiters-of-templates": "<< less >> <% more %> <# note #>",
    "dollars": "$5 and $10, US$ 3",
    "quotes": "\"double\" 'single' `` '' ,, << >> ?`",
    "dashes": "a--b a---b a–b a—b",
    "ligatures": "office, fluffy, affine, fjord, Qt",
    "star-products": "2*3*4 = 24 and 5 * 6",
    "accents": "Ångström, naïve, Łódź, Dvořák, Nguyễn Thị Minh, ﬁ",
    "greek-and-cyrillic": "αβγ Ωμέγα, Привет мир",
    "chinese": "林薇在香港研究多模态模型。",
    "symbols": "✓ → ≤ ± ½ € £ © ™",
    "emoji": "launched 🔥 with 🎓",
    "caret-notation": "^^5c ^^M",
    "tex-commands": "\\input{/etc/passwd} \\write18{x} %comment",
    "html": "<b>not bold</b> <script>alert(1)</script> <!-- c -->",
    "bracket-first": "[A+] Scheduling",
    "star-first": "*starred",
    "not-a-link": "f[i](x) and [a](b)",
    "soft-words": "submissions of characterisation-heavy internationalisation",
}


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One profile with every row as a bullet, a news item and a summary."""
    folder = tmp_path_factory.mktemp("fidelity")
    quoted = [typed.replace("'", "''") for typed in TYPED.values()]
    bullets = "\n".join(f"      - '{typed}'" for typed in quoted)
    news = "\n".join(f"  - {{date: '2021', text: '{typed}'}}" for typed in quoted)
    (folder / "papers.bib").write_text(
        '@article{p, author={Long, Ada and Quill, Anna "Q" and Kemp, Tom},'
        " title={Of {\\'e}tudes \\& 50\\% of \\#1}, journal={J. Ex.}, year=2021}\n",
        "utf-8",
    )
    (folder / "profile.yaml").write_text(
        f"""\
basics:
  name: 'Anna "Q" Quill'
  summary: 'Formulas: {"; ".join(FORMULAS)}.'
bibliography: {{files: [papers.bib]}}
work:
  - name: Example Labs
    date: "2021"
    highlights:
{bullets}
      - text: Outer bullet
        highlights: [Inner bullet one, {{text: Inner bullet two, highlights: [Innermost bullet]}}]
news:
{news}
""",
        "utf-8",
    )
    return folder / "profile.yaml"


@pytest.fixture(scope="module", params=BOTH_THEMES_AND_BACKENDS)
def rendered(request: pytest.FixtureRequest, profile: Path, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    theme, engine = request.param
    return render_pdf(Request(profile, None, theme, engine), tmp_path_factory.mktemp("out"))


class TestEachTextIsPrintedAsTyped:
    """One render per theme and backend serves all rows."""

    @pytest.mark.parametrize("typed", [pytest.param(text, id=name) for name, text in TYPED.items()])
    def test_typed_text_reads_back(self, rendered: Rendered, typed: str) -> None:
        assert squeeze(rendered.text).count(squeeze(typed)) >= 2, "as a bullet and as a news item"

    @pytest.mark.parametrize("typed", ["Generic <T> code", "A - B testing of one bullet", "issue #1"])
    def test_words_stay_apart(self, rendered: Rendered, typed: str) -> None:
        assert typed in words(rendered.pages)

    def test_each_bullet_is_one_bullet(self, rendered: Rendered) -> None:
        marks = re.findall("•", rendered.text)
        assert len(marks) == len(TYPED) + 1

    def test_nested_bullets_keep_their_level(self, rendered: Rendered) -> None:
        left = {}
        for page in rendered.pages:
            for start in ("Outer bullet", "Inner bullet one", "Inner bullet two", "Innermost bullet"):
                if (at := page.text.replace("\r\n", "\n").find(start)) >= 0:
                    left[start] = _left_of(page.chars, start)
                    assert at >= 0
        assert left["Outer bullet"] < left["Inner bullet one"] == pytest.approx(left["Inner bullet two"], abs=0.5)
        assert left["Inner bullet two"] < left["Innermost bullet"]

    def test_a_year_stays_a_year(self, rendered: Rendered) -> None:
        text = words(rendered.pages)
        assert "2021" in text
        assert not re.search(r"Jan\w*\.? 2021", text)

    def test_a_name_with_quotes_is_printed(self, rendered: Rendered) -> None:
        assert 'Anna "Q" Quill' in words(rendered.pages)

    def test_twelve_formulas_stay_twelve(self, rendered: Rendered) -> None:
        text = squeeze(rendered.text)
        for n in range(1, 13):
            assert f"x{n}+{n}≤{n * n}" in text

    def test_no_soft_hyphens_and_no_words_torn(self, rendered: Rendered) -> None:
        assert "\u00ad" not in rendered.text
        assert "characterisation-heavy" in squeeze(rendered.text)
        assert not re.search(
            r"[a-z]{3}-\r?\n[a-z]{3}(?<!heavy)", rendered.text.replace("characterisation-\r\nheavy", "")
        )

    def test_bibliography_text_is_decoded(self, rendered: Rendered) -> None:
        assert squeeze("Of études & 50% of #1") in squeeze(rendered.text)

    def test_the_owner_is_highlighted_and_nobody_else(self, rendered: Rendered) -> None:
        fonts = _fonts_of(rendered, 'Ada Long, Anna "Q" Quill, Tom Kemp')
        owner = slice(len("Ada Long, "), len('Ada Long, Anna "Q" Quill'))
        assert all("bold" in font.lower() for font in fonts[owner])
        assert not any("bold" in font.lower() for font in fonts[: owner.start] + fonts[owner.stop :])


def _left_of(chars, start: str) -> float:  # type: ignore[no-untyped-def]
    text = "".join(char.text for char in chars)
    return float(chars[text.index(start)].box.left)


def _fonts_of(rendered: Rendered, text: str) -> list[str]:
    """The font of each character of ``text``, wherever the lines break."""
    wanted = squeeze(text)
    for page in rendered.pages:
        solid = [char for char in page.chars if not char.text.isspace()]
        at = "".join(char.text for char in solid).find(wanted)
        if at >= 0:
            fonts = iter([char.font for char in solid[at : at + len(wanted)]])
            spaced, last = [], ""
            for letter in text:
                last = last if letter.isspace() else next(fonts)
                spaced.append(last)
            # a space has the font of the letter after it, which is what an eye would say of neither
            return [
                font if not letter.isspace() else spaced[i - 1]
                for i, (letter, font) in enumerate(zip(text, spaced, strict=True))
            ]
    raise AssertionError(f"{text!r} is not in the PDF")


@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare is missing")
def test_a_first_render_needs_no_network(profile: Path, tmp_path: Path) -> None:
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a process leave the network")
    command = [*alone, sys.executable, "-m", "cvgen", "render", str(profile), "-o", str(tmp_path / "cv.pdf")]
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "cv.pdf").read_bytes().startswith(b"%PDF")
