"""``cvgen publications add`` and ``update``: against a server that answers as the services' documentation says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import run_cvgen
from local_service import Answer, LocalService, Request, serve

import cvgen
from cvgen.cli.main import cli

DEAD = "http://127.0.0.1:9"
"""An address at which nothing listens."""
CROSSREF = (
    " @article{Lin_2020, title={Cats &amp; dogs in 50% of <i>E. coli</i>}, volume={3}, ISSN={1234-5678},"
    " url={http://dx.doi.org/10.1145/3292500.3330701}, DOI={10.1145/3292500.3330701}, number={2},"
    " journal={Journal of A & B}, author={Lin, Wei and Müller, Jana}, year={2020}, month=jul, pages={2623–2631} }\n"
)
DATACITE = """@misc{https://doi.org/10.5281/zenodo.1234,
  doi = {10.5281/ZENODO.1234},
  url = {https://zenodo.org/record/1234},
  author = {Lin, Wei and Long, Ada},
  keywords = {weather, FOS: Physics},
  title = {A table of clouds},
  publisher = {Zenodo},
  year = {2021},
  copyright = {Creative Commons Attribution 4.0}
}
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=&amp;id_list=2401.00001&amp;start=0&amp;max_results=2</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/2401.00001v3</id>
    <updated>2025-02-01T00:00:00Z</updated>
    <published>2024-01-02T10:00:00Z</published>
    <title>Bounds of $O(n \\log n)$
      for sharing 100% of work &amp; rest</title>
    <summary>We share.</summary>
    <author><name>Ada B. Long</name></author>
    <author><name>Wei Lin</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1145/9.9</arxiv:doi>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.DC"/>
  </entry>
</feed>
"""


def summary(code: int, title: str, *ids: tuple[str, str, str]) -> dict[str, object]:
    """A work of an ORCID record, as ``/works`` lists it."""
    external = [
        {"external-id-type": kind, "external-id-value": value, "external-id-relationship": relation}
        for kind, value, relation in ids
    ]
    return {
        "put-code": code, "title": {"title": {"value": title}}, "external-ids": {"external-id": external},
        "type": "journal-article", "publication-date": {"year": {"value": "2019"}}, "display-index": "0",
    }  # fmt: skip


WORKS = json.dumps({
    "group": [
        {"work-summary": [summary(1, "Cats & dogs", ("doi", "10.1145/3292500.3330701", "self"))]},
        {"work-summary": [summary(2, "In a book", ("doi", "10.1007/book", "part-of"))]},
        {"work-summary": [summary(3, "Bounds", ("arxiv", "arXiv:2401.00001", "self"))]},
        {"work-summary": [summary(4, "Cited", ("other-id", "x", "self"))]},
        {"work-summary": [summary(5, "Gone", ("doi", "10.9999/gone", "self"))]},
    ]
})  # fmt: skip


def whole(code: int, title: str, citation: object = None) -> dict[str, object]:
    people = {"contributor": [{"credit-name": {"value": "Wei Lin"}}, {"credit-name": {"value": "Jan de Vries"}}]}
    return {"work": {**summary(code, title), "journal-title": {"value": "Notes of C#"}, "contributors": people,
                     "citation": citation}}  # fmt: skip


def bulk(request: Request) -> Answer:
    known = {
        "2": whole(2, "In a book"),
        "4": whole(4, "Cited", {"citation-type": "bibtex", "citation-value": DATACITE.replace("clouds", "rain")}),
        "5": whole(5, "Gone"),
    }
    numbers = request.path.rpartition("/")[2].split(",")
    return Answer(json.dumps({"bulk": [known[number] for number in numbers]}))


PROFILE = """# mine
basics: {name: Wei Lin}   # me
bibliography:
  files: [old.bib, papers.bib]
  entries:
    mine2019: {citations: 10}
projects:
  - name: Tool
    url: https://github.com/weilin/tool
    stars: 700+   # many
  - name: Other
    stars: 3
"""
OLD = "@article{mine2019, author={Wei Lin}, title={Mine}, year=2019, doi={10.1/mine}}\n"
PAPERS = """% my papers
@string{jab = {Journal}}
@article{kept2018,  % a comment
  author = {Lin, Wei}, title = "Kept", journal = jab, year = 2018,
  doi = {10.1/KEPT}, citations = {400+ (Google Scholar, 2020-01)},
  code = {https://github.com/weilin/kept.git}, stars = {1}
}
@misc{pre2017, author = {Lin, Wei}, title = {Pre}, eprint = {1701.00001}, citations = "5 (Semantic Scholar, 2019)"}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[LocalService]:
    with serve() as service:
        yield service


@pytest.fixture
def service(server: LocalService) -> LocalService:
    server.requests.clear()
    server.answers = {
        "/10.1145/3292500.3330701": Answer("", 302, {"Location": f"{server.address}/moved"}),
        "/moved": Answer(CROSSREF, headers={"Content-Type": "application/x-bibtex"}),
        "/10.5281/zenodo.1234": Answer(DATACITE),
        "/10.1/page": Answer("<!DOCTYPE html><p>A landing page of me@example.org</p>"),
        "/api/query": Answer(ATOM),
        "/v3.0/0000-0002-1825-0097/works": Answer(WORKS),
        "/v3.0/0000-0002-1825-0097/works/": bulk,
    }
    return server


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    (tmp_path / "old.bib").write_text(OLD)
    (tmp_path / "papers.bib").write_text(PAPERS)
    path = tmp_path / "profile.yaml"
    path.write_text(PROFILE)
    return path


def add(service: LocalService, profile: Path, *words: str) -> tuple[int, str, str]:
    ran = run_cvgen("publications", "add", profile, *words, *service.options("doi", "arxiv", "orcid"))
    return ran.code, ran.out, ran.err


def test_entries_are_added_at_the_end(service: LocalService, profile: Path) -> None:
    bib = profile.parent / "papers.bib"
    code, out, err = add(service, profile, "https://doi.org/10.1145/3292500.3330701", "arXiv:2401.00001v2",
                         "10.5281/zenodo.1234", "10.1145/3292500.3330701", "doi:10.1/kept")  # fmt: skip
    assert code == 0, err
    text = bib.read_text()
    assert text.startswith(PAPERS)
    assert (profile.parent / "old.bib").read_text() == OLD
    assert out.splitlines() == [
        "added lin2020cats", "added long2024bounds", "added lin2021table", "doi:10.1/kept is there already: kept2018",
        f"{bib}: 3 added",
    ]  # fmt: skip
    assert r"title   = {Cats \& dogs in 50\% of <i>E. coli</i>}," in text
    assert "month   = jul," in text
    assert "dx.doi.org" not in text
    assert r"title       = {Bounds of $O(n \log n)$ for sharing 100\% of work \& rest}," in text
    rows = {row["key"]: row for row in cvgen.publications(profile).rows}
    assert rows["lin2020cats"]["title"] == "Cats & dogs in 50% of E. coli"
    assert rows["long2024bounds"]["year"] == 2024
    assert rows["long2024bounds"]["status"] == "preprint"
    assert "this preprint has appeared as 10.1145/9.9" in err
    request = service.requests[-1]
    assert re.fullmatch(r"cvgen-toolkit/\d+\.\d+\.\d+", request.headers["User-Agent"])
    assert {one.headers.get("Accept") for one in service.requests} == {"application/x-bibtex", "application/atom+xml"}
    code, out, _ = add(service, profile, "10.1145/3292500.3330701", "arXiv:2401.00001")
    assert code == 0
    assert out.endswith("papers.bib is unchanged\n")
    assert bib.read_text() == text


def test_works_of_an_orcid_record(service: LocalService, profile: Path) -> None:
    code, out, err = add(service, profile, "https://orcid.org/0000-0002-1825-0097", "--to", "old.bib")
    assert code == 0, err
    text = (profile.parent / "old.bib").read_text()
    assert text.startswith(OLD)
    assert (profile.parent / "papers.bib").read_text() == PAPERS
    titles = {row["key"]: row["title"] for row in cvgen.publications(profile).rows}
    assert {"In a book", "A table of rain", "Gone", "Cats & dogs in 50% of E. coli"} <= set(titles.values())
    assert out.count("added ") == 5
    assert r"journaltitle = {Notes of C\#}" in text
    assert "10.9999/gone" in text
    assert "10.1007/book" not in text


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(Answer("gone", 404), "127.0.0.1 does not know it", id="unknown"),
        pytest.param(Answer("no", 403), "127.0.0.1 refuses the request (status 403)", id="refused"),
        pytest.param(Answer("", 429, {"Retry-After": "9999"}), "takes no more requests for now", id="too-many"),
        pytest.param(Answer("<html>", 200), "does not answer with BibTeX", id="a-page"),
        pytest.param(Answer("@article{a, year = 2020}", 200), "does not answer with BibTeX", id="no-title"),
        pytest.param(Answer("", 302, {"Location": "/10.1/x"}), "redirects too often", id="circle"),
        pytest.param(Answer(b"@article{a, title={" + b"x" * (17 << 20), 200), "more than 16 MiB", id="too-large"),
    ],
)
def test_failed_request_changes_nothing(service: LocalService, profile: Path, answer: Answer, said: str) -> None:
    service.answers["/10.1/x"] = answer
    code, _, err = add(service, profile, "10.1/x", "10.5281/zenodo.1234")
    assert code == 1
    assert f"error: 10.1/x: {said}" in err or said in err
    assert "1 error; nothing was written" in err
    assert (profile.parent / "papers.bib").read_text() == PAPERS


def test_busy_service_is_asked_again(service: LocalService, profile: Path) -> None:
    now = {"Retry-After": "0"}
    service.answers["/10.5281/zenodo.1234"] = Answer("", 503, now, [Answer("", 429, now), Answer(DATACITE)])
    code, out, err = add(service, profile, "10.5281/zenodo.1234", "--contact", "wei@example.org")
    assert (code, len(service.requests)) == (0, 3), err
    assert "mailto:wei@example.org" in service.requests[0].headers["User-Agent"]
    assert "added lin2021table" in out


def test_no_network(profile: Path) -> None:
    dead = ["--service", f"doi={DEAD}", "--service", f"arxiv={DEAD}"]
    ran = run_cvgen("publications", "add", profile, "10.1/a", "10.1/b", "arXiv:2401.00001", *dead)
    assert ran.code == 1
    for identifier in ("10.1/a", "10.1/b", "arXiv:2401.00001"):
        assert f"{identifier}: 127.0.0.1 cannot be reached" in ran.err
    assert (profile.parent / "papers.bib").read_text() == PAPERS
    dead = [word for name in ("openalex", "semantic-scholar", "github") for word in ("--service", f"{name}={DEAD}")]
    ran = run_cvgen("publications", "update", profile, *dead)
    assert ran.code == 1
    assert "OpenAlex: 127.0.0.1 cannot be reached" in ran.err
    assert profile.read_text() == PROFILE


def test_what_is_no_identifier_is_reported_before_anything_is_asked(service: LocalService, profile: Path) -> None:
    code, _, err = add(
        service, profile, "zenodo.1234", "orcid:0000-0002-1825-0098", "10.5281/zenodo.1234", "--to", "x.bib"
    )
    assert code == 2
    assert "'zenodo.1234' is not an identifier of a publication" in err
    assert "its last digit does not fit" in err
    code, _, err = add(service, profile, "10.5281/zenodo.1234", "--to", "x.bib")
    assert code == 2
    assert "'x.bib' is not a .bib file of the profile" in err
    assert "name one of: old.bib, papers.bib" in err
    profile.write_text("basics: {name: Wei Lin}\n")
    code, _, err = add(service, profile, "10.5281/zenodo.1234")
    assert code == 2
    assert "bibliography: {files: [papers.bib]}" in err
    assert service.requests == []


@pytest.mark.parametrize(
    ("before", "code", "said"),
    [
        pytest.param(b"", 0, "", id="empty"),
        pytest.param(None, 0, "", id="not-there-yet"),
        pytest.param(b"@misc{a, title={A}}", 0, "", id="no-line-end"),
        pytest.param(b"@misc{lin2021table, title={A}}\r\n% end\r\n", 0, "", id="key-taken-crlf"),
        pytest.param(b"\xef\xbb\xbf@misc{a, title={A}}\n", 0, "", id="byte-order-mark"),
        pytest.param("@misc{a, title={Käse}}\n".encode("latin-1"), 0, "", id="latin-1"),
        pytest.param(b"@misc{a, title=", 2, "the new entries cannot be added", id="open-entry"),
        pytest.param(b"@misc{a, title={A}}\n@comment{ open\n", 0, "", id="open-comment"),
    ],
)
def test_text_of_the_file_stays(
    service: LocalService, profile: Path, before: bytes | None, code: int, said: str
) -> None:
    bib = profile.parent / "papers.bib"
    bib.unlink() if before is None else bib.write_bytes(before)
    found, _, err = add(service, profile, "10.5281/zenodo.1234")
    assert (found, said in err) == (code, True), err
    after = bib.read_bytes() if bib.exists() else b""
    assert after.startswith(before or b"")
    if code == 0:
        assert b"A table of clouds" in after
        assert (b"\r\n" in after) == (b"\r\n" in (before or b""))
        assert b"\n" not in after.replace(b"\r\n", b"") or b"\r\n" not in after
        assert any(row["title"] == "A table of clouds" for row in cvgen.publications(profile).rows)


def openalex(request: Request) -> Answer:
    known = {"10.1/mine": 12, "10.1/kept": 34, "10.48550/arxiv.1701.00001": 56}
    results = [
        {"doi": f"https://doi.org/{doi}", "cited_by_count": count}
        for doi, count in known.items() if f"https://doi.org/{doi}" in request.path.casefold()
    ]  # fmt: skip
    return Answer(json.dumps({"meta": {"count": len(results)}, "results": results}))


def semantic_scholar(request: Request) -> Answer:
    ids = json.loads(request.body)["ids"]
    return Answer(json.dumps([{"paperId": "x", "citationCount": 78} if "1701" in one else None for one in ids]))


@pytest.fixture
def counting(service: LocalService) -> LocalService:
    service.answers = {
        "/works": openalex,
        "/graph/v1/paper/batch": semantic_scholar,
        "/repos/weilin/tool": Answer(json.dumps({"full_name": "weilin/tool", "stargazers_count": 1234})),
        "/repos/weilin/kept": Answer(json.dumps({"stargazers_count": 9})),
    }
    return service


def update(service: LocalService, profile: Path, *words: str) -> tuple[int, str, str]:
    options = service.options("openalex", "semantic-scholar", "github")
    ran = run_cvgen("publications", "update", profile, *words, *options, env={"SOURCE_DATE_EPOCH": "1780000000"})
    return ran.code, ran.out, ran.err


def test_counts_are_refreshed_where_they_are(counting: LocalService, profile: Path) -> None:
    code, out, err = update(counting, profile)
    assert code == 0, err
    assert profile.read_text() == PROFILE.replace("citations: 10", 'citations: "12 (OpenAlex, 2026-05)"').replace(
        "stars: 700+ ", "stars: 1234 (GitHub, 2026-05) "
    )
    assert (profile.parent / "papers.bib").read_text() == PAPERS.replace("{1}", "{9 (GitHub, 2026-05)}").replace(
        '"5 (Semantic Scholar, 2019)"', "{78 (Semantic Scholar, 2026-05)}"
    )
    assert (profile.parent / "old.bib").read_text() == OLD
    assert "kept2018: Google Scholar cannot be asked; its count of citations stays as it is" in err
    assert "Other: the stars stay as they are, since there is no address on GitHub" in err
    assert "mine2019: citations 10 → 12 (OpenAlex, 2026-05)" in out
    code, out, _ = update(counting, profile)
    assert (code, out) == (0, "nothing to change (4 up to date)\n")


def test_all_counts_by_one_source(counting: LocalService, profile: Path) -> None:
    code, _, err = update(counting, profile, "--source", "openalex", "--all")
    assert code == 0, err
    text = (profile.parent / "papers.bib").read_text()
    assert "citations = {34 (OpenAlex, 2026-05)}" in text
    assert "citations = {56 (OpenAlex, 2026-05)}" in text
    assert update(counting, profile, "--source", "scopus")[0] == 2


def test_counts_are_added(counting: LocalService, profile: Path) -> None:
    profile.write_text(PROFILE.replace("    mine2019: {citations: 10}\n", "    mine2019: {topic: x}\n"))
    bib = profile.parent / "old.bib"
    bib.write_bytes(b"% mine\r\n@article{mine2019,\r\n  author={Wei Lin}, title={Mine},\r\n  doi={10.1/mine}}\r\n")
    assert update(counting, profile)[0] == 0
    assert b"citations" not in bib.read_bytes()
    code, out, _ = update(counting, profile, "--all")
    assert code == 0
    assert "mine2019: citations none → 12 (OpenAlex, 2026-05)" in out
    assert bib.read_bytes() == (
        b"% mine\r\n@article{mine2019,\r\n  citations = {12 (OpenAlex, 2026-05)},\r\n  author={Wei Lin},"
        b" title={Mine},\r\n  doi={10.1/mine}}\r\n"
    )


def test_listing_needs_no_command_word(profile: Path) -> None:
    assert set(cli.commands["publications"].commands) == {"add", "list", "update"}  # type: ignore[attr-defined]
    plain, named = run_cvgen("publications", profile, "-q"), run_cvgen("publications", "list", profile, "-q")
    assert plain == named
    assert "3 publications" in plain.out
    assert run_cvgen("publications", "-q", profile).out == plain.out


@pytest.mark.parametrize(
    ("options", "environ", "said"),
    [
        pytest.param(("--contact", "Zoë\n"), {}, "is not an e-mail address", id="contact"),
        pytest.param((), {"HTTPS_PROXY": "proxy:80"}, "the proxy 'proxy:80' cannot be used", id="proxy"),
        pytest.param((), {"SSL_CERT_FILE": "/nowhere.pem"}, "which is not a file", id="certificates"),
        pytest.param((), {"SSL_CERT_FILE": __file__}, "which is not a file of certificates", id="no-certificates"),
    ],
)
def test_unusable_settings_of_the_network(
    profile: Path, options: tuple[str, ...], environ: dict[str, str | None], said: str
) -> None:
    clean: dict[str, str | None] = {"NO_PROXY": None, "no_proxy": None, "https_proxy": None}
    ran = run_cvgen("publications", "add", profile, "10.1/x", *options, env=clean | environ)
    assert ran.code == 2
    assert said in ran.err


def test_errors_of_the_library(service: LocalService, profile: Path) -> None:
    with pytest.raises(cvgen.FetchError, match="does not know it"):
        cvgen.add_publications(profile, ["10.1/nothing"], services={"doi": service.address})
    with pytest.raises(cvgen.InputError, match="there is no service"):
        cvgen.add_publications(profile, ["10.1/nothing"], services={"dio": service.address})
