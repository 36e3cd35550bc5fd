"""``cvgen match``: what a posting asks for, where the profile has it, and a variant made of it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner
from helpers import FIXTURES, INSTALLED_FONTS, Ran, line_of, read_told, run_cvgen

from cvgen.cli.main import cli
from cvgen.diagnostics import InputError
from cvgen.pipeline.match import match_posting
from cvgen.pipeline.request import Request
from cvgen.posting.coverage import TermStatus
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import read_career
from cvgen.sources.posting_file import read_posting, read_posting_stream

POSTINGS = FIXTURES / "postings"
PROFILE = """\
basics:
  name: Wei Lin
  label: Backend engineer
  summary: I build **distributed systems** in Rust.

work:
  - name: Halyard
    position: Engineer
    start: 2020
    highlights:
      - Cut the latency of the ledger.          # shown everywhere
      - text: Moved the deployments to Kubernetes.
        short: Moved all to Kubernetes.
        tags: [platform]

projects:
  - name: sluice
    summary: A property-based tester.

skills:
  - {name: Languages, keywords: [Rust, C, Go, C#]}

languages:
  - {language: English, fluency: native}

variants:
  # what most people get
  main:
    tags: [general]
    sections: [summary, work, skills, languages]
  all: {extends: main, tags: [general, platform], sections: [summary, work, projects, skills]}
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "profile.yaml"
    path.write_text(PROFILE, "utf-8")
    return path


def match(profile: Path, text: str, *options: str, name: str = "job.txt") -> Any:
    """What ``cvgen match --json`` prints for a posting with that text."""
    posting = profile.with_name(name)
    posting.write_text(text, "utf-8")
    ran = run_cvgen("match", profile, posting, "--json", "--no-fit", *options)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def names(terms: list[dict[str, Any]]) -> set[str]:
    return {term["term"] for term in terms}


def refuse(profile: Path, posting: Path | str, *options: str) -> tuple[Ran, list[str]]:
    ran = run_cvgen("match", profile, posting, "--no-fit", *options)
    assert ran.code == 2
    told = read_told(ran.err)
    assert all(one.hint for one in told)
    return ran, [one.message for one in told]


EXAMPLES = Path(__file__).parents[1] / "examples"


def match_example(example: str, posting: str, variant: str | None = None) -> tuple[set[str], set[str], set[str]]:
    found = match_posting(Request(EXAMPLES / example / "profile.yaml", variant), POSTINGS / posting, None)
    printed, dropped, absent = ({one.term.name for one in found.select(status)} for status in TermStatus)
    return printed, dropped, absent


# What is a term


def test_a_platform_engineers_posting() -> None:
    found, hidden, missing = match_example("engineer", "platform.txt")
    assert {"Kubernetes", "Go", "C++", "C#", "distributed systems", "error budgets", "sharding", "PostgreSQL"} <= found
    assert "deployment" in hidden
    assert missing == {
        "5+ years", "observability stacks", "CI/CD", "Argo CD",
        "capacity planning", "event-driven", "incident response", "cloud infrastructure",
        "Prometheus", "Grafana", "OpenTelemetry", "distributed tracing", "gRPC", "trading system", "chaos engineering",
    }  # fmt: skip


def test_a_research_posting() -> None:
    found, hidden, missing = match_example("researcher", "postdoc.md", "short")
    assert {"CUDA", "GPU", "PyTorch", "multimodal learning", "computer vision", "NeurIPS", "C++"} <= found
    assert {"language models", "vision-language models", "machine learning"} <= hidden
    assert {"reinforcement learning", "KV cache compression", "token pruning", "ICML"} <= missing
    assert not {"Solheim", "Fjordland", "Bergen", "Norway", "LUMI", "Deadline"} & (found | hidden | missing)


def test_a_german_posting_beside_an_english_cv() -> None:
    found, hidden, missing = match_example("engineer", "backend-de.html")
    assert {"C++", "Kubernetes", "Go", "verteilte Systeme", "profiling"} <= found
    assert hidden == {"Deployments"}
    assert missing == {
        "Routing-Engine", "Speicherverbrauch", "CI/CD", "Codequalität", "Migration", "PostGIS", "Docker",
        "Geodaten", "Graphalgorithmen", "verteilten Datenbanken", "Datenbanken",
        "Deutschkenntnisse",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("- You are a passionate, proactive team player with excellent communication skills", "", id="hr"),
        pytest.param("- Competitive salary, flexible hours and 30 days of vacation", "", id="benefits"),
        pytest.param("- 45+ years of hands-on experience in a fast-paced environment", "45+ years", id="years"),
        pytest.param("We are an equal opportunity employer regardless of race, age or gender", "", id="eeo"),
        pytest.param(
            "- Bachelor's or Master's degree in a related field, or a PhD",
            "Bachelor's|Master's degree|PhD",
            id="degrees",
        ),
        pytest.param("- Work in R&D at C-level; go on", "", id="letters"),
        pytest.param("- Proficiency in R, Java, .NET and Node.js", "R|Java|.NET|Node.js", id="names"),
        pytest.param("- Java\n- TypeScript and F#", "Java|TypeScript|F#", id="items-of-one-word"),
        pytest.param("- Terraform, AWS, S3, gRPC, OAuth2", "Terraform|AWS|S3|gRPC|OAuth2", id="name-like"),
        pytest.param(
            "- Experience with event sourcing and load balancing", "event sourcing|load balancing", id="nouns"
        ),
        pytest.param("- You know stream-processing systems", "stream-processing systems", id="hyphen"),
        pytest.param("- You improve observability", "observability", id="noun-end"),
        pytest.param("About Umbra\nUmbra is nice. Umbra is big.\n\n- Join us at Umbra", "", id="company"),
        pytest.param("Location: Porto\n\nWe sit in Porto, Portugal, near Vigo.", "", id="places"),
        pytest.param(
            "Contact: Dr. Ana Sousa, +351 000\n\nWrite to Dr. Ana Sousa at jobs@umbra.example", "", id="people"
        ),
        pytest.param("- Uses Vim\n\nBenefits\n\n- MacBook and Gympass", "Vim", id="skipped-part"),
        pytest.param("REQUIREMENTS\n\nTHE MERRY BUNCH\n\n- Java", "Java", id="shouted"),
        pytest.param("- Good at Juggling\n- You like juggling", "juggling", id="one-name"),
        pytest.param("What you bring\nSome Java\nA bit of Kotlin\nYour own Emacs", "Java|Kotlin|Emacs", id="bare-list"),
    ],
)
def test_terms_and_what_is_none(profile: Path, text: str, missing: str) -> None:
    result = match(profile, f"{text}\n\nThat is what this posting says.\n")
    assert names(result["missing"]) == set(filter(None, missing.split("|")))
    assert names(result["found"]) | names(result["hidden"]) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Rust, Go and C#", {"Rust", "Go", "C#"}, id="keywords"),
        pytest.param("programs in C and C++", {"C"}, id="c"),
        pytest.param("Golang", {"Golang"}, id="other-name"),
        pytest.param("a distributed system", {"distributed system"}, id="inflected-phrase"),
        pytest.param("low latencies", {"latencies"}, id="inflected-word"),
        pytest.param("fluent English", {"English"}, id="language"),
        pytest.param("go to market, c. 2020, rusty", set(), id="none"),
    ],
)
def test_terms_that_the_variant_prints(profile: Path, text: str, found: set[str]) -> None:
    result = match(profile, f"- What we want is {text}\n")
    assert names(result["found"]) == found


def test_counts_and_what_is_required(profile: Path) -> None:
    result = match(profile, "Rust is what we write. More Rust.\n\n- Rust\n- C#\n\nAlso: Go.\n")
    (rust, *_) = result["found"]
    assert (rust["term"], rust["count"], rust["required"]) == ("Rust", 3, True)
    assert {(t["term"], t["count"], t["required"]) for t in result["found"][1:]} == {("C#", 1, True), ("Go", 1, False)}


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("de", "Auswertung von Satellitenbildern", "Erfahrung mit Satellitenbildern"),
        ("fr", "Analyse des séries temporelles", "une série temporelle"),
        ("es", "Simulación de fluidos", "simulaciones de fluidos"),
        ("pt", "Processamento de sinais", "processamento de sinal"),
        ("ru", "Оптимизация запросов", "оптимизации запроса"),
        ("zh", "负责分布式系统的开发", "熟悉分布式系统者优先"),
        ("ja", "機械学習の研究", "機械学習の経験"),
    ],
)
def test_other_languages(tmp_path: Path, language: str, written: str, asked: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: A, summary: {written}}}\nlanguage: {language}\n", "utf-8")
    assert match(profile, f"- {asked}\n- und noch mehr Text, damit es ein Text ist\n")["found"]


# Where the profile has it


def test_hidden_terms_name_entry_place_and_tags(profile: Path) -> None:
    result = match(profile, "- Kubernetes\n- property-based tests\n- Rust, please\n", "-v", "main")
    (kubernetes,) = [term for term in result["hidden"] if term["term"] == "Kubernetes"]
    (place,) = kubernetes["places"]
    assert place == {
        "file": str(profile),
        "line": line_of(PROFILE, "Moved the deployments"),
        "entry": "Halyard",
        "text": "Moved the deployments to Kubernetes.",
        "tags": ["platform"],
        "path": "work.0.highlights.1",
        "why": "tagged platform, which the variant does not ask for",
        "causes": ["tags"],
        "cure": "add 'platform' to the 'tags' of the variant",
        "displaced_by": [],
    }
    assert names(match(profile, "- Kubernetes, and nothing more\n", "-v", "all")["found"]) == {"Kubernetes"}


def test_the_printed_report(profile: Path) -> None:
    posting = profile.with_name("job.txt")
    posting.write_text("- Kubernetes and Rust; Rust first\n- Terraform\n", "utf-8")
    ran = run_cvgen("match", profile, posting, "--no-fit")
    assert ran.code == 0
    line = line_of(PROFILE, "Moved the deployments")
    assert ran.out.splitlines() == [
        "main, all that the variant selects, not fitted to pages; posting: Kubernetes and Rust; Rust first (en)",
        "",
        "Must-haves: 1 of 3 printed",
        f"  + Rust ×2  {profile}:{line_of(PROFILE, 'summary: I build')}: Summary (+1)",
        "  − Kubernetes",
        f"      {profile}:{line}: Halyard · Moved the deployments to Kubernetes. [platform]",
        "        tagged platform, which the variant does not ask for → add 'platform' to the 'tags' of the variant",
        "  ? not in the profile:",
        "      Terraform",
        "",
        "Suggested priorities (2); --write NAME adds a variant with them",
        "  Rust: 3, Kubernetes: 2",
    ]


def test_a_papers_title_is_hidden_at_its_place_in_the_bibliography() -> None:
    profile = EXAMPLES / "researcher" / "profile.yaml"
    result = match_posting(Request(profile, "short"), BytesIO(b"- Compressing video for question answering"), None)
    dropped = result.select(TermStatus.DROPPED)
    (place, *_) = next(one.dropped for one in dropped if one.term.name.startswith("Compressing"))
    assert str(place.mention.location).startswith(str(profile.with_name("papers.bib")))
    assert place.mention.entry.startswith("A Minute in Eight Tokens")


def test_the_names_of_people_are_no_terms(profile: Path, tmp_path: Path) -> None:
    (tmp_path / "p.bib").write_text(
        "@misc{a, author={Scala, Ruby and Lin, Wei}, title={On Ledgers}, year=2020}", "utf-8"
    )
    profile.write_text(PROFILE.replace("\nwork:", "\nbibliography: {files: [p.bib]}\nwork:", 1), "utf-8")
    assert names(match(profile, "- Scala and Ruby, and ledgers too\n")["missing"]) == {"Scala", "Ruby"}


# Reading a posting


def pdf_of(text: str, folder: Path) -> Path:
    """A PDF with that text, made by cvgen itself."""
    source = folder / "posting.yaml"
    lines = "\n".join(f"      - {line}" for line in text.splitlines())
    body = f"sections:\n  job:\n    title: Requirements\n    highlights:\n{lines}\n"
    source.write_text(f"basics: {{name: Umbra}}\n{body}variants: {{a: {{sections: [job]}}}}\n", "utf-8")
    ran = run_cvgen("render", source, "-o", folder / "posting.pdf", "-q")
    assert ran.code == 0, ran.err
    return folder / "posting.pdf"


def test_pdf(profile: Path, tmp_path: Path) -> None:
    posting = pdf_of("Rust and Go in production\nKubernetes\nTerraform", tmp_path)
    result = match_posting(Request(profile), posting, None)
    printed, dropped, absent = ({one.term.name for one in result.select(status)} for status in TermStatus)
    assert printed == {"Rust", "Go"}
    assert dropped == {"Kubernetes"}
    assert "Terraform" in absent


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", "• Java\n* Rust\n 1. Go and more text", "- Java\n- Rust\n- Go and more text"),
        ("a.txt", "\ufeffJava is what we want".encode(), "Java is what we want"),
        ("a.txt", "Java is what we want".encode("utf-16"), "Java is what we want"),
        ("a.txt", "Fähigkeiten sind gefragt".encode("cp1252"), "Fähigkeiten sind gefragt"),
        ("a.md", "# Job\n\nWe *want* `Rust`:\n\n* **Java**\n* [Go](https://example.org)\n",
         "Job\n\nWe want Rust:\n\n- Java\n\n- Go"),
        ("a", "<p>One<br>two &amp; three</p><ul><li><p>four</p><li>five</ul>", "One\ntwo & three\n\n- four\n\n- five"),
        ("a.html", "<head><title>x</title><body>We <b>want</b>\n <i>Rust</i> and Go now", "We want Rust and Go now"),
        ("a.html", "<nav>Home</nav><script>var Java</script><style>b{}</style><p>Rust and nothing else at all</p>",
         "Rust and nothing else at all"),
    ],
)  # fmt: skip
def test_formats(name: str, data: str | bytes, text: str) -> None:
    stream = BytesIO(data if isinstance(data, bytes) else data.encode())
    assert read_posting_stream(stream, name).strip() == text


def test_html_without_menus_scripts_and_footers() -> None:
    text = read_posting(POSTINGS / "backend-de.html")
    assert "Öffentlichen".casefold() in text.casefold()
    assert not [word for word in ("Elasticsearch", "Ruby", "color", "WordPress") if word in text]


def test_standard_input(profile: Path) -> None:
    ran = CliRunner().invoke(
        cli, ["match", str(profile), "-", "--json", "--no-fit"], input="- Rust and Terraform, please\n"
    )
    assert ran.exit_code == 0
    assert names(json.loads(ran.stdout)["missing"]) == {"Terraform"}


def scanned_pdf(path: Path) -> Path:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(path)
    return path


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "the posting is empty", id="empty"),
        pytest.param(b" \n\n ", "the posting is empty", id="blank"),
        pytest.param(b"\x00\x01\x02binary and more of it", "the posting is not text", id="binary"),
        pytest.param(b"%PDF-1.7 broken", "the PDF cannot be read", id="broken-pdf"),
        pytest.param(b"word " * 50_000, "too large", id="long"),
        pytest.param(b"a" * (10 * 2**20 + 1), "too large", id="huge"),
        pytest.param(b"<html><script>x</script></html>", "no text that can be read", id="page-of-scripts"),
    ],
)
def test_postings_that_cannot_be_read(profile: Path, data: bytes, message: str) -> None:
    posting = profile.with_name("job.txt")
    posting.write_bytes(data)
    _, (told,) = refuse(profile, posting)
    assert message in told
    with pytest.raises(InputError):
        match_posting(Request(profile), BytesIO(data), None)


def test_scanned_pdf(profile: Path) -> None:
    _, (told,) = refuse(profile, scanned_pdf(profile.with_name("job.pdf")))
    assert told == "the PDF has no text in it"


def test_all_that_is_wrong_in_one_run(profile: Path) -> None:
    profile.write_text(PROFILE.replace("label:", "lable:"), "utf-8")
    _, told = refuse(profile, profile.with_name("none.txt"))
    assert len(told) == 2
    assert "there is no posting" in told[0] + told[1]


def test_unknown_variant(profile: Path) -> None:
    posting = profile.with_name("job.txt")
    posting.write_text("- Rust, and so on and on\n", "utf-8")
    _, (told,) = refuse(profile, posting, "-v", "mian")
    assert "there is no variant 'mian'" in told


# A variant made of it


ASKED = "- Rust and C#, distributed systems\n- Kubernetes\n"


def write(profile: Path, name: str, text: str = ASKED, *options: str) -> Ran:
    posting = profile.with_name("job.txt")
    posting.write_text(text, "utf-8")
    return run_cvgen("match", profile, posting, "--write", name, "--no-fit", *options)


ADDED = """\
  # for 'Rust and C#, distributed systems', TODAY, written by cvgen match
  umbra:
    extends: main
    tags: [general, platform]
    pages: 1
    priorities:
      Rust: 2
      "C#": 2
      distributed systems: 2
      Kubernetes: 2
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(PROFILE, PROFILE + ADDED.replace("      distributed systems: 2\n", ""), id="last"),
        pytest.param(
            PROFILE + "\n# colours\nsections: {x: {title: X}}\n",
            PROFILE + ADDED.replace("      distributed systems: 2\n", "") + "\n# colours\nsections: {x: {title: X}}\n",
            id="before-another-section",
        ),
        pytest.param(
            PROFILE + "    # a thought\n\n",
            PROFILE + "    # a thought\n" + ADDED.replace("      distributed systems: 2\n", "") + "\n",
            id="after-a-comment-of-the-last-one",
        ),
    ],
)
def test_written_variant_changes_nothing_else(profile: Path, before: str, after: str) -> None:
    profile.write_text(before, "utf-8")
    days = [date.today()]
    ran = write(profile, "umbra")
    days.append(date.today())  # another day if it is midnight
    assert ran.code == 0
    assert profile.read_text("utf-8") in [after.replace("TODAY", day.isoformat()) for day in days]


@pytest.mark.parametrize(
    ("variants", "written"),
    [
        pytest.param("", "variants:\n  default: {}\n  # for ", id="no-variants"),
        pytest.param("variants:\n", "variants:\n  default: {}\n  # for ", id="empty"),
        pytest.param("variants: {}\n", 'variants: {"default": {}, "umbra": {extends: "default"', id="empty-flow"),
        pytest.param(
            "variants: {a: {tags: [b]}}   # mine\n",
            'variants: {a: {tags: [b]}, "umbra": {extends: "a", tags: ["b", "platform"], pages: 1, ',
            id="flow",
        ),
        pytest.param("variants:\n    a:\n        tags: [b]\n", "    umbra:\n      extends: a\n", id="deep"),
        pytest.param("variants:\n  a:\n    tags: [b]", "    tags: [b]\n  # for ", id="no-newline"),
        pytest.param("variants:\r\n  a:\r\n    tags: [b]\r\n", "  umbra:\r\n    extends: a\r\n", id="crlf"),
    ],
)
def test_written_into_every_shape(profile: Path, variants: str, written: str) -> None:
    head = PROFILE.partition("variants:")[0]
    text = (head.replace("\n", "\r\n") if "\r" in variants else head) + variants
    profile.write_bytes(text.encode())
    assert write(profile, "umbra").code == 0
    after = profile.read_bytes().decode()
    assert written in after
    assert [line for line in text.splitlines() if "variants" not in line] == [
        line for line in after.splitlines() if line in text.splitlines() and "variants" not in line
    ]
    assert "for 'Rust and C#, distributed systems'" in after
    career = read_career(profile).career
    assert career is not None
    assert resolve_variant(career, "umbra").priorities == {"Rust": 2, "C#": 2, "Kubernetes": 2}


def test_written_variant_renders_and_can_be_extended(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "engineer", tmp_path / "engineer")
    profile = tmp_path / "engineer" / "profile.yaml"
    before = profile.read_text("utf-8")
    ran = run_cvgen("match", profile, POSTINGS / "platform.txt", "-v", "platform", "--write", "northwind", "--no-fit")
    assert ran.code == 0
    assert f"cvgen render {profile} -v northwind" in ran.out
    assert run_cvgen("render", profile, "-v", "northwind", "-f", "html", "-q", *INSTALLED_FONTS).code == 0
    again = run_cvgen("match", profile, POSTINGS / "platform.txt", "-v", "northwind", "--json", "--no-fit")
    assert json.loads(again.out)["variant"] == "northwind"
    added = [line for line in profile.read_text("utf-8").splitlines() if line not in before.splitlines()]
    assert added[1:3] == ["  northwind:", "    extends: platform"]


@pytest.mark.parametrize("name", ["main", "all"])
def test_a_name_that_is_taken(profile: Path, name: str) -> None:
    ran = write(profile, name)
    assert ran.code == 2
    (told,) = read_told(ran.err)
    assert told.message == f"there is a variant {name!r} already"
    assert told.place.startswith(f"{profile}:{line_of(PROFILE, f'  {name}:')}")
    assert profile.read_text("utf-8") == PROFILE


@pytest.mark.parametrize("name", ["", "default", "a/b", "../x", "a b", "-", "x: y"])
def test_a_name_that_is_none(profile: Path, name: str) -> None:
    assert write(profile, name).code == 2
    assert profile.read_text("utf-8") == PROFILE


def test_a_better_base_is_named(profile: Path, tmp_path: Path) -> None:
    posting = tmp_path / "tester.txt"
    posting.write_text("Tester\n\nYou need\n- property-based tester\n- Rust\n", "utf-8")
    ran = run_cvgen("match", profile, posting, "-v", "main", "--write", "tester", "--no-fit")
    told = " ".join(ran.err.split())
    assert "a variant that extends 'all' would show 1 more term of the posting than one that extends 'main'" in told
    assert ran.code == 0
    ran = run_cvgen("match", profile, posting, "-v", "all", "--write", "other", "--no-fit")
    assert "would show" not in ran.err


def test_nothing_to_write(profile: Path) -> None:
    ran = write(profile, "umbra", "- Terraform and nothing else, thanks\n")
    assert ran.code == 2
    assert "no priorities to write" in ran.err
    assert profile.read_text("utf-8") == PROFILE


@pytest.mark.parametrize(
    "variants",
    [
        pytest.param("variants: &v\n  a: {tags: [b]}\nsections: *v\n", id="anchor"),
        pytest.param("variants: {a: {tags: [b]}}  # a } of mine\n", id="brace-in-a-comment"),
    ],
)
def test_files_that_would_change_elsewhere_stay(profile: Path, variants: str) -> None:
    text = PROFILE.partition("variants:")[0] + variants
    profile.write_text(text, "utf-8")
    ran = write(profile, "umbra")
    assert ran.code == 2
    assert profile.read_text("utf-8") == text
