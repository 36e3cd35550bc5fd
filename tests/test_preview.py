"""``cvgen preview``: who may ask it, what it shows after a save, and what it writes."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from helpers import LendingRunner, run_cvgen

from cvgen.backends.cache import Cache
from cvgen.backends.host import describe_host
from cvgen.diagnostics import InputError
from cvgen.edit.values import with_body, with_item, with_value, with_wrapped
from cvgen.pipeline.preview import prepare_view
from cvgen.preview.app import make_app
from cvgen.preview.editors import Editor, find_editor
from cvgen.preview.guard import MOST_BYTES
from cvgen.preview.preview import Preview
from cvgen.preview.server import Listener, Server, listen, listen_again
from cvgen.preview.tried_choices import TriedChoices

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROFILE = """\
# Kept by hand
basics:
  name: Wei Lin
  email: wei@example.org
  summary: >-
    Builds bridges
    between ledgers.
bibliography: {files: [papers.bib]}
work:
  - name: Harbour Labs      # the first job
    position: Engineer
    start: 2021
    end: present
    highlights:
      - Moved the ledger without downtime.   # a comment
      - Trained three gardeners in pruning.
variants:
  default:
    theme: classic
    sections: [summary, work, publications]
  brief:
    sections: [work]
letters:
  harbour: {recipient: {organization: Harbour Bank}, date: 2026-05-03, body: I write about the ledger of your harbour.}
"""
PAPERS = "@misc{tides, title = {On Tides}, author = {Lin, Wei and Long, Ada}, year = {2024}}\n"
SECONDS = 60
"""How long a test waits for the preview: long enough for a machine with much else to do."""


@dataclass
class Served:
    """A preview that is served, and a browser's view of it."""

    preview: Preview
    listener: Listener
    profile: Path
    client: httpx.Client

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.client.get("state").json()
        return state

    def wait(self, holds: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The first state of which ``holds`` is true."""
        end = time.monotonic() + SECONDS
        while not holds(state := self.state()):
            assert time.monotonic() < end, {**state, "controls": None}
            time.sleep(0.02)
        return state

    def wait_until_ready(self, after: int = 0) -> dict[str, Any]:
        return self.wait(lambda state: state["status"] == "ready" and state["view"]["number"] > after)

    def ask(self, what: str, **body: Any) -> dict[str, Any]:
        answer = self.client.post(what, json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def shows(self, text: str) -> bool:
        """Whether the pages shown now have ``text``."""
        return bool(self.ask("text", view=self.state()["view"]["number"], text=text)["boxes"])


@contextlib.contextmanager
def serving(profile: Path, tried: TriedChoices = TriedChoices()) -> Iterator[Served]:
    host = replace(describe_host(os.environ), runner=LendingRunner(os.environ["PATH"]))
    preview = Preview(profile, host, tried)
    listener = listen()
    server = Server(listener, make_app(preview), preview.end)
    thread = threading.Thread(target=server.run)
    preview.start()
    thread.start()
    origin = listener.address.rsplit("/", 2)[0]
    try:
        with httpx.Client(base_url=listener.address, headers={"Origin": origin}, timeout=SECONDS) as client:
            yield Served(preview, listener, profile, client)
    finally:
        preview.close()
        server.stop()
        thread.join(10)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("preview")
    (folder / "papers.bib").write_text(PAPERS, "utf-8")
    (folder / "profile.yaml").write_text(PROFILE, "utf-8")
    with serving(folder / "profile.yaml") as served:
        served.wait_until_ready()
        yield served


@pytest.fixture
def served(shared: Served) -> Served:
    """The shared preview with the profile as it was at first."""
    before = shared.profile.read_text("utf-8")
    shared.preview.tried = TriedChoices()
    number = shared.state()["view"]["number"]
    shared.profile.write_text(PROFILE, "utf-8")
    if before != PROFILE:
        shared.wait_until_ready(number)
    return shared


# --- who may ask


def test_only_loopback_listens(served: Served) -> None:
    assert served.listener.socket.getsockname()[0] == "127.0.0.1"
    assert len(served.listener.token) >= 32


CHANGES = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        pytest.param("{token}/state", {}, 200, id="as-it-should-be"),
        pytest.param("{token}/state", {"Host": "evil.example:{port}"}, 421, id="another-host"),
        pytest.param("{token}/state", {"Host": "127.0.0.1"}, 421, id="another-port"),
        pytest.param("{token}/state", {"Origin": "http://evil.example"}, 403, id="another-origin"),
        pytest.param("{token}/state", {"Origin": "null"}, 403, id="no-origin-of-its-own"),
        pytest.param("{token}/state", {"Sec-Fetch-Site": "cross-site"}, 403, id="from-another-site"),
        pytest.param("state", {}, 404, id="no-token"),
        pytest.param("", {}, 404, id="nothing"),
        pytest.param("{token}x/state", {}, 404, id="longer-token"),
        pytest.param("wrong/state", {}, 404, id="wrong-token"),
        pytest.param("{token}/../state", {}, 404, id="out-of-the-token"),
        pytest.param("{token}/../../etc/passwd", {}, 404, id="out-of-the-folder"),
        pytest.param("{token}/%2e%2e/%2e%2e/app.py", {}, 404, id="escaped-dots"),
        pytest.param("{token}/..%2fapp.py", {}, 404, id="escaped-slash"),
        pytest.param("{token}//etc/passwd", {}, 404, id="absolute"),
        pytest.param("{token}/profile.yaml", {}, 404, id="the-profile-itself"),
        pytest.param("{token}/page/999/0.png", {}, 404, id="no-such-view"),
        pytest.param("{token}/page/1/99.png", {}, 404, id="no-such-page"),
    ],
)
def test_get(served: Served, path: str, headers: dict[str, str], status: int) -> None:
    known = {"token": served.listener.token, "port": str(served.listener.port)}
    target = "/" + path.format(**known)
    lines = {"Host": "127.0.0.1:{port}", **headers}
    with socket.create_connection(("127.0.0.1", served.listener.port), SECONDS) as raw:
        said = "".join(f"{name}: {value.format(**known)}\r\n" for name, value in lines.items())
        raw.sendall(f"GET {target} HTTP/1.1\r\n{said}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert int(answer.split()[1]) == status
    assert status == 200 or answer.endswith((b"\r\n\r\n", b"Not Found"))


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        pytest.param(CHANGES, b'{"pages": 2}', 403, id="no-origin"),
        pytest.param({**CHANGES, "Origin": "http://evil.example"}, b'{"pages": 2}', 403, id="another-origin"),
        pytest.param({"Origin": "own", "Content-Type": "text/plain"}, b'{"pages": 2}', 415, id="as-a-form-can-send"),
        pytest.param({**CHANGES, "Origin": "own"}, b" " * (MOST_BYTES + 1), 413, id="too-long"),
        pytest.param({**CHANGES, "Origin": "own"}, b'{"pages": "two"}', 400, id="not-a-number"),
        pytest.param({**CHANGES, "Origin": "own"}, b'{"colour": "red"}', 400, id="unknown-key"),
        pytest.param({**CHANGES, "Origin": "own"}, b"{", 400, id="no-json"),
    ],
)
def test_change_is_refused(served: Served, headers: dict[str, str], body: bytes, status: int) -> None:
    own = served.listener.address.rsplit("/", 2)[0]
    headers = {name: own if value == "own" else value for name, value in headers.items()}
    answer = httpx.post(f"{served.listener.address}choices", content=body, headers=headers)
    assert answer.status_code == status
    assert served.preview.tried == TriedChoices()
    assert httpx.put(f"{served.listener.address}choices", content=body, headers=headers).status_code in (403, 405)


def test_every_answer_has_a_strict_policy_and_no_page_an_inline_script(served: Served) -> None:
    for path in ("", "preview.js", "state", "nothing"):
        headers = served.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
    page = served.client.get("").text
    assert re.findall(r"<script(?![^>]*src=)|\son\w+=|style=|https?://", page) == []


# --- what it shows


def test_save_shows_and_error_shows_and_goes(served: Served) -> None:
    first = served.state()["view"]["number"]
    assert served.shows("Moved the ledger")
    served.profile.write_text(PROFILE.replace("Moved the ledger", "Rebuilt the lighthouse"), "utf-8")
    second = served.wait_until_ready(first)["view"]["number"]
    assert served.shows("Rebuilt the lighthouse")
    picture = served.client.get(f"page/{second}/0.png?width=500")
    assert picture.content.startswith(b"\x89PNG")
    assert int.from_bytes(picture.content[16:20], "big") == 500

    served.profile.write_text(PROFILE.replace("position:", "positoin:"), "utf-8")
    state = served.wait(lambda state: state["status"] == "failed")
    (problem,) = [one for one in state["problems"] if one["severity"] == "error"]
    assert "positoin" in problem["message"]
    assert problem["place"]["text"] == "profile.yaml:11:5"
    assert problem["place"]["path"] == str(served.profile)
    assert problem["place"]["quote"] == "positoin: Engineer"
    assert state["view"]["number"] == second

    served.profile.unlink()
    state = served.wait(
        lambda state: any("no " in one["message"] or "not" in one["message"] for one in state["problems"])
    )
    assert state["view"]["number"] == second
    served.profile.write_text(PROFILE, "utf-8")
    assert served.wait_until_ready(second)["problems"] == []


def test_twenty_saves_in_a_second_render_a_few_times_and_show_the_last(served: Served) -> None:
    first = served.state()["view"]["number"]
    for number in range(20):
        served.profile.write_text(PROFILE.replace("Moved the ledger", f"Tried anchor {number} times"), "utf-8")
        time.sleep(0.05)
    served.wait(lambda state: state["status"] == "ready" and served.shows("Tried anchor 19 times"))
    assert served.state()["view"]["number"] - first <= 10


def test_events_send_each_state(served: Served) -> None:
    with served.client.stream("GET", "events") as answer:
        lines = answer.iter_lines()
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert '"status": "ready"' in next(line for line in lines if line.startswith("data: "))
        served.preview.page_state.put(status="working")
        assert '"status": "working"' in next(line for line in lines if line.startswith("data: "))
        served.preview.page_state.put(status="ready")


def test_word_leads_to_its_line_and_a_line_to_its_words(served: Served) -> None:
    number = served.state()["view"]["number"]
    found = served.ask("text", view=number, text="three gardeners in pruning")
    box = found["boxes"][0]
    middle = {"x": box["left"] + box["width"] / 2, "y": box["top"] + box["height"] / 2}
    word = served.ask("word", view=number, page=0, **middle)
    assert word["place"]["line"] == 16
    assert word["part"]["path"] == ["work", 0, "highlights", 1]
    assert served.ask("text", view=number, text="2021 – present")["place"]["line"] == 12
    assert served.ask("text", view=number, text="wei@example.org")["place"]["line"] == 4
    assert served.ask("text", view=number, text="Builds bridges")["place"]["quote"] == "Builds bridges"
    assert served.ask("text", view=number, text="On Tides")["place"]["text"].startswith("papers.bib:1")
    assert served.ask("word", view=number, page=0, x=0.01, y=0.99) == {}
    place = {"file": str(served.profile), "line": 16, "column": 9}
    assert served.ask("place", view=number, **place)["boxes"][0]["top"] == pytest.approx(box["top"], abs=0.01)


def test_of_two_equal_texts_each_place_has_its_own(served: Served) -> None:
    first = served.state()["view"]["number"]
    second = "  - {name: Harbour Labs, position: Head of all the gardeners, start: 2019, end: 2020}\nvariants:\n"
    served.profile.write_text(PROFILE.replace("variants:\n", second), "utf-8")
    number = served.wait_until_ready(first)["view"]["number"]
    lines = [
        line for line, text in enumerate(served.profile.read_text("utf-8").splitlines(), 1) if "Harbour Labs" in text
    ]
    marked = [
        served.ask("place", view=number, file=str(served.profile), line=line, column=column)["boxes"][0]["top"]
        for line, column in zip(lines, (11, 12), strict=True)
    ]
    below = served.ask("text", view=number, text="three gardeners in pruning")["boxes"][0]["top"]
    assert marked[0] < below < marked[1]


def test_pages_that_are_fitted_say_what_was_left_out(served: Served) -> None:
    many = "".join(f"      - Task {number} of very many.\n" for number in range(60))
    served.profile.write_text(PROFILE.replace("variants:\n", f"{many}variants:\n", 1).replace(
        "    theme: classic\n", "    theme: classic\n    pages: 1\n"), "utf-8")  # fmt: skip
    state = served.wait(lambda state: state["report"] and state["report"]["left_out"] and state["status"] == "ready")
    assert len(state["view"]["pages"]) == len(state["report"]["fill"]) == 1
    assert 0.5 < state["report"]["fill"][0] <= 1
    left = next(row for row in state["report"]["left_out"] if row["label"].startswith("Task"))
    assert (left["can_pin"], left["causes"]) == (True, ["pages"])
    served.ask("flag", path=left["path"], section=left["section"], flag="pin", value=True)
    assert f"- text: {left['label']}\n        pin: true\n" in served.profile.read_text("utf-8")


def test_check_gallery_and_comparison(served: Served) -> None:
    served.ask("check")
    check = served.wait(lambda state: state["check"] and state["check"]["status"] == "done")["check"]
    assert check["findings"] == []
    first = served.state()["view"]["number"]
    served.ask("choices", options={"accent": "#f2f2f2"})
    served.wait_until_ready(first)
    assert served.state()["check"]["is_old"]
    served.ask("check")
    check = served.wait(lambda state: state["check"]["status"] == "done" and state["check"]["findings"])["check"]
    faint = next(finding for finding in check["findings"] if "contrast" in finding["check"])
    assert faint["page"] == 1
    assert faint["boxes"][0]["top"] < 0.2
    served.ask("compare", a={"variant": "default"}, b={"variant": "brief"})
    found = served.wait(lambda state: state["comparison"] and state["comparison"]["status"] == "done")["comparison"]
    assert [row["kind"] for row in found["rows"]] == ["section", "section", "paper"]
    assert {row["change"] for row in found["rows"]} == {"only_a"}
    paper = found["rows"][-1]["boxes"]
    assert (len(paper["a"]), paper["b"]) == (1, [])
    assert served.client.get(f"page/{found['b']['number']}/0.png").status_code == 200
    served.ask("gallery")
    themes = served.wait(lambda state: state["gallery"] and state["gallery"]["themes"][0].get("number"))["gallery"]
    assert {"classic", "modern", "homepage"} <= {row["theme"] for row in themes["themes"]}
    served.ask("gallery/stop")
    assert served.state()["gallery"] is None


def test_letter_is_shown_and_another_variant_goes_back(served: Served) -> None:
    first = served.state()
    assert first["controls"]["letters"] == ["harbour"]
    served.ask("choices", letter="harbour")
    second = served.wait_until_ready(first["view"]["number"])
    assert served.shows("I write about the ledger")
    assert not served.shows("Moved the ledger")
    assert second["controls"]["now"]["letter"] == "harbour"
    assert served.preview.tried.list_values("default") == {}
    served.ask("choices", letter=None)
    third = served.wait_until_ready(second["view"]["number"])
    assert third["controls"]["now"]["letter"] is None
    assert served.shows("Moved the ledger")


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=Wei Lin", "-c", "user.email=wei@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_two_states_of_git_are_compared_by_their_texts(served: Served) -> None:
    folder = served.profile.parent
    assert served.ask("states") == {"states": []}
    git(folder, "init", "-q")
    try:
        git(folder, "add", "profile.yaml", "papers.bib")
        git(folder, "commit", "-q", "-m", "The first state")
        job = "  - {name: Quay Works, position: Head of harbours, start: 2024, end: present}\n"
        new = PROFILE.replace("work:\n", f"work:\n{job}").replace("three gardeners", "four gardeners")
        first = served.state()["view"]["number"]
        served.profile.write_text(new, "utf-8")
        served.wait_until_ready(first)
        (state,) = served.ask("states")["states"]
        assert state["subject"] == "The first state"
        sides = {"a": {"variant": "default", "state": state["revision"]}, "b": {"variant": "default"}}
        served.ask("compare", **sides)
        found = served.wait(lambda state: state["comparison"] and state["comparison"]["status"] == "done")["comparison"]
        unknown = {"variant": "default", "state": "--output=x"}
        served.ask("compare", a=unknown, b=unknown)
        refused = served.wait(
            lambda state: state["comparison"]["status"] == "done" and "--" in str(state["comparison"])
        )
    finally:
        shutil.rmtree(folder / ".git")
    rows = sorted((row["label"], row["change"], row["place"]["line"]) for row in found["rows"])
    assert rows == [
        ("Quay Works, Head of harbours", "only_b", 10),
        ("Trained three gardeners in pruning.", "wording", 17),
    ]
    assert [len(row["boxes"]["b"]) for row in found["rows"]] == [1, 1]
    assert sorted(len(row["boxes"]["a"]) for row in found["rows"]) == [0, 1]
    assert "no state '--output=x'" in refused["comparison"]["a"]["problems"][0]["message"]
    assert {path.name for path in folder.iterdir()} == {"profile.yaml", "papers.bib"}


# --- what is tried, and what is written


def test_options_are_tried_without_touching_the_profile_and_written_on_request(served: Served) -> None:
    first = served.state()
    accent = next(one for one in first["controls"]["options"] if one["name"] == "accent")
    assert accent["type"] == "color"
    assert re.fullmatch("#[0-9a-f]{6}", accent["value"])
    served.ask("choices", options={"accent": "#c81e1e"}, pages=1)
    second = served.wait_until_ready(first["view"]["number"])
    pictures = [served.client.get(f"page/{s['view']['number']}/0.png?width=400").content for s in (first, second)]
    assert pictures[0] != pictures[1]
    assert served.profile.read_text("utf-8") == PROFILE
    served.ask("write")
    expected = PROFILE.replace("    theme: classic\n", "    theme: classic\n    PAGES\n", 1).replace(
        "    PAGES\n", '    pages: 1\n    options: {accent: "#c81e1e"}\n'
    )
    assert sorted(served.profile.read_text("utf-8").splitlines()) == sorted(expected.splitlines())
    assert served.preview.tried == TriedChoices()


def test_wrong_choice_is_a_problem_and_another_theme_starts_afresh(served: Served) -> None:
    first = served.state()["view"]["number"]
    served.ask("choices", options={"accent": "reddish"})
    state = served.wait(lambda state: state["status"] == "failed")
    assert "'reddish' is not a colour" in state["problems"][0]["message"]
    served.ask("choices", theme="modern", language="de")
    state = served.wait_until_ready(first)
    assert state["controls"]["now"]["theme"] == "modern"
    assert state["controls"]["now"]["language"] == "de"
    assert state["tried"]["options"] == {}
    assert served.shows("heute")
    served.ask("choices", reset=True)
    assert served.wait_until_ready(state["view"]["number"])["controls"]["now"]["theme"] == "classic"


def test_web_page_has_no_scripts(served: Served) -> None:
    first = served.state()["view"]["number"]
    served.ask("choices", shape="web", options={"body_font": "Serif", "heading_font": "Serif", "code_font": "Mono"})
    view = served.wait_until_ready(first)["view"]
    page = served.client.get(f"web/{view['number']}.html")
    assert "Moved the ledger" in page.text
    assert page.headers["content-security-policy"].startswith("sandbox allow-same-origin; default-src 'none';")
    served.ask("choices", shape="pages", reset=True)
    served.wait_until_ready(view["number"])


def test_pages_asked_for_before_the_last_choice_are_never_said_to_be_ready(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second choice is made while the first one is rendered."""
    preview, put = served.preview, served.preview.page_state.put
    seen: list[tuple[str, Any]] = []

    def put_and_record(**parts: Any) -> None:
        put(**parts)
        seen.append((parts.get("status", ""), parts.get("view")))

    def choose_and_prepare(*args: Any) -> Any:
        monkeypatch.undo()
        monkeypatch.setattr(preview.page_state, "put", put_and_record)
        served.ask("choices", shape="web")
        return prepare_view(*args)

    monkeypatch.setattr("cvgen.preview.preview.prepare_view", choose_and_prepare)
    first = served.state()["view"]["number"]
    served.ask("choices", theme="modern")
    last = served.wait(lambda state: state["status"] == "ready" and state["view"]["shape"] == "web")["view"]["number"]
    assert [view["shape"] for status, view in seen if status == "ready" and view and view["number"] > first] == ["web"]
    served.ask("choices", shape="pages", reset=True)
    served.wait_until_ready(last)


def test_paper_is_hidden_and_pinned_where_that_is_written(served: Served) -> None:
    section = ["variants", "default", "sections", 2]
    served.ask("flag", path=["publications", "tides"], section=section, flag="pin", value=True)
    assert "sections: [summary, work, {publications: {pin: [tides]}}]" in served.profile.read_text("utf-8")
    served.ask("flag", path=["publications", "tides"], section=section, flag="hidden", value=True)
    assert 'entries: {tides: {hidden: "true"}}' in served.profile.read_text("utf-8").replace("true}", '"true"}')
    served.wait(lambda state: state["status"] == "ready" and not served.shows("On Tides"))


def test_untrusted_profile_is_not_written(served: Served) -> None:
    served.preview.untrusted = True
    try:
        answer = served.client.post("flag", json={"path": ["work", 0], "flag": "pin", "value": True})
    finally:
        served.preview.untrusted = False
    assert answer.status_code == 422
    assert served.profile.read_text("utf-8") == PROFILE


TEXT = """\
basics: {name: A}  # me
work:
  - name: X
    highlights:
      - Built a thing   # note
      - "Quoted: yes"
      - {en: hi, zh: 你}
      - Long text that
        continues
variants:
  one:
    theme: classic   # t
    sections: [summary, publications]
  two: {extends: one}
  three:
"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (lambda t: with_value(t, "p", ("variants", "one", "theme"), "modern"), "theme: classic ", "theme: modern "),
        (lambda t: with_value(t, "p", ("variants", "two", "options", "accent"), "#aa0000"),
         "{extends: one}", '{options: {accent: "#aa0000"}, extends: one}'),
        (lambda t: with_value(t, "p", ("variants", "three", "pages"), "2"), "three:", "three: {pages: 2}"),
        (lambda t: with_value(t, "p", ("work", 0, "pin"), "true"), "- name: X\n", "- name: X\n    pin: true\n"),
        (lambda t: with_body(t, "p", ("work", 0, "highlights", 0), "text", "pin", "true"),
         "- Built a thing   # note", "- text: Built a thing   # note\n        pin: true"),
        (lambda t: with_body(t, "p", ("work", 0, "highlights", 2), "text", "pin", "true"),
         "{en: hi, zh: 你}", "{text: {en: hi, zh: 你}, pin: true}"),
        (lambda t: with_wrapped(t, "p", ("variants", "one", "sections", 1), {"pin": ["k"]}),
         "summary, publications", "summary, {publications: {pin: [k]}}"),
        (lambda t: with_item(t, "p", ("variants", "one", "sections"), "news"),
         "publications]", "publications, news]"),
    ],
)  # fmt: skip
def test_value_is_set_and_all_else_stays(edit: Callable[[str], str], old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert edit(TEXT) == TEXT.replace(old, new)
    assert edit(TEXT.replace("\n", "\r\n")) == TEXT.replace(old, new).replace("\n", "\r\n")


def test_value_that_cannot_be_set_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        with_body(TEXT, "p.yaml", ("work", 0, "highlights", 3), "text", "pin", "true")
    (problem,) = refused.value.problems
    assert (problem.location and problem.location.line, problem.hint) == (8, "write it by hand: pin: true")


# --- the command


def test_command_says_which_port_is_taken_and_what_is_not_there(served: Served, tmp_path: Path) -> None:
    ran = run_cvgen("preview", served.profile, "--no-open", "--port", str(served.listener.port))
    assert (ran.code, ran.out) == (2, "")
    assert f"port {served.listener.port} cannot be used" in ran.err
    ran = run_cvgen("preview", tmp_path / "nothing.yaml", "--no-open")
    assert (ran.code, ran.out) == (2, "")


def test_address_is_kept_for_a_day_where_its_port_is_free(tmp_path: Path) -> None:
    memory = Cache(tmp_path / "cache")
    first = listen_again(memory, "preview/a", 1000.0)
    with first.socket:
        other = listen_again(memory, "preview/a", 1001.0)  # while the first one runs
        other.socket.close()
        assert (other.port == first.port, other.token == first.token) == (False, False)
    again = listen_again(memory, "preview/a", 2000.0)
    again.socket.close()
    assert again.address == other.address
    for name, now, port in (("preview/b", 2000.0, 0), ("preview/a", 2000.0 + 86400, 0)):
        new = listen_again(memory, name, now, port)
        new.socket.close()
        assert new.token != again.token
    (kept,) = (path for path in (tmp_path / "cache" / "preview").iterdir() if path.name == "a")
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.tex
def test_class_and_package_of_a_latex_theme_are_seen_while_they_are_edited(tmp_path: Path) -> None:
    latex = tmp_path / "themes" / "mine" / "latex"
    latex.mkdir(parents=True)
    (latex.parent / "theme.yaml").write_text("extends: base\nbackends: [latex]\n", "utf-8")
    (latex / "document.tex.j2").write_text(
        "\\documentclass{mine}\\begin{document}\\who{} writes\\end{document}", "utf-8"
    )
    (latex / "mine.cls").write_text("\\LoadClass{article}\\RequirePackage{mine}", "utf-8")
    (latex / "mine.sty").write_text("\\newcommand\\who{Ada}", "utf-8")
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\nvariants: {default: {theme: mine}}\n", "utf-8")
    with serving(tmp_path / "profile.yaml", TriedChoices(engine="xelatex")) as served:
        number = served.wait_until_ready()["view"]["number"]
        assert served.shows("Ada writes")
        (latex / "mine.sty").write_text("\\newcommand\\who{Mei}", "utf-8")
        number = served.wait_until_ready(number)["view"]["number"]
        assert served.shows("Mei writes")
        (latex / "mine.cls").write_text("\\LoadClass{article}\\RequirePackage{mine}\\renewcommand\\who{Zoe}", "utf-8")
        number = served.wait_until_ready(number)["view"]["number"]
        assert served.shows("Zoe writes")
        (latex / "mine.cls").write_text("\\LoadClass{article}\\undefinedhere", "utf-8")
        failed = served.wait(lambda state: state["status"] == "failed")
        place = failed["problems"][0]["place"]
        assert (Path(place["file"]).name, place["line"]) == ("mine.cls", 1)


@pytest.mark.parametrize(
    ("named", "title", "link", "command"),
    [
        ("", "VS Code", "vscode://file{path}:{line}:{column}", ""),
        ("/usr/bin/codium --wait", "VSCodium", "vscodium://file{path}:{line}:{column}", ""),
        ("pycharm", "PyCharm", "pycharm://open?file={path}&line={line}&column={column}", ""),
        ("nvim", "nvim", "", "nvim +{line} {path}"),
        ("hx", "hx", "", "hx {path}:{line}:{column}"),
        ("ed", "VS Code", "vscode://file{path}:{line}:{column}", ""),
    ],
)
def test_links_are_those_of_the_editor(named: str, title: str, link: str, command: str) -> None:
    assert find_editor(named) == Editor(title, link, command)


def start_command(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """``cvgen preview``, and the address that it prints first."""
    command = [sys.executable, "-m", "cvgen", "preview", "profile.yaml", "--no-open"]
    environ = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    process = subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    return process, process.stdout.readline().strip()


@pytest.mark.browser
def test_command_comes_back_at_its_address_after_a_kill_and_ends_on_ctrl_c(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\n", "utf-8")
    process, first = start_command(tmp_path)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", first)
    page = browser.new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.goto(first)
    shown_view(page)
    run = page.get_attribute("#sheets", "data-run")
    process.kill()
    process.communicate()
    page.locator("#lost:visible").wait_for()
    process, address = start_command(tmp_path)
    try:
        assert address == first
        page.wait_for_function("run => document.querySelector('#sheets').dataset.run !== run", arg=run)
        page.locator("#lost").wait_for(state="hidden")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=SECONDS)
        page.close()
    finally:
        process.kill()
    assert (process.returncode, err) == (0, "")


# --- the page


@pytest.mark.browser
def test_page_in_a_browser(browser: Browser, served: Served) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(SECONDS * 1000)
    page.goto(served.listener.address)
    second = browser.new_page(viewport={"width": 360, "height": 740})
    second.goto(served.listener.address)
    view = shown_view(page)
    page.evaluate("document.querySelector('#sheets').scrollIntoView(); window.scrollTo(0, 321)")
    served.profile.write_text(PROFILE.replace("Moved the ledger", "Rebuilt the lighthouse"), "utf-8")
    view = shown_view(page, after=view)
    assert shown_view(second, after=view - 1) == view
    second.set_viewport_size({"width": 1280, "height": 900})  # drawn again, wider
    second.wait_for_function("() => [...document.images].every(image => image.naturalWidth >= image.width)")
    assert page.evaluate("scrollY") == 321

    served.profile.write_text(PROFILE.replace("position:", "positoin:"), "utf-8")
    page.locator("#alert:visible").wait_for()
    assert "positoin" in page.inner_text("#alert")
    served.profile.write_text(PROFILE, "utf-8")
    page.locator("#alert").wait_for(state="hidden")
    view = shown_view(page, after=view)

    page.fill("#option-accent", "#c81e1e")
    view = shown_view(page, after=view)
    page.focus("#tab-look")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-content"
    page.fill("#find-text", "three gardeners in pruning")
    page.keyboard.press("Enter")
    page.locator("#card[open]").wait_for()
    assert "profile.yaml:16" in page.inner_text("#card")
    assert page.locator("#sheets .mark").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#card[open]").count() == 0
    page.keyboard.press("ArrowRight")

    check_widths(page)
    second.close()
    check_sizes(page)
    check_options(page)
    check_comparison(page, served.profile)
    check_writing(page, served.profile)
    page.close()
    assert said == []


def check_widths(page: Page) -> None:
    """The page fits every screen, and can be used without seeing it."""
    from test_browser import axe_violations

    for width in (360, 768, 1920, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("#status", has_text="Up to date").wait_for()
        found = axe_violations(page)
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], width


def check_options(page: Page) -> None:
    """A search opens groups of options, and its end closes those that were closed."""
    is_open = "[...document.querySelectorAll('#options details')].map(one => one.open)"
    page.click("#tab-look")
    before = page.evaluate(is_open)
    assert not all(before)
    page.fill("#option-filter", "a")
    assert all(page.evaluate(is_open))
    page.fill("#option-filter", "")
    assert page.evaluate(is_open) == before
    view = shown_view(page)
    page.evaluate(
        """() => [["accent", "#1d4e63"], ["size", "10.2"]].forEach(([name, value]) => {
          const input = document.getElementById(`option-${name}`);
          input.value = value;
          input.dispatchEvent(new Event("input", { bubbles: true }));
        })"""
    )  # at once, and neither is lost
    shown_view(page, after=view)
    page.locator("#tried-text", has_text="accent, size").wait_for()
    page.fill("#option-accent", "#c81e1e")
    page.locator("#status", has_text="Up to date").wait_for()


def check_comparison(page: Page, profile: Path) -> None:
    """Two variants that differ are offered; the settings of one document are not shown beside them."""
    from test_browser import axe_violations

    picked = "[...document.querySelectorAll('#pick-a, #pick-b')].map(one => one.value)"
    page.click("[data-mode=comparison]")
    assert page.evaluate(picked) == ["default", "brief"]
    assert not page.is_visible("#panel")
    page.select_option("#pick-b", "default")
    view = shown_view(page)
    profile.write_text(PROFILE.replace("  brief:", "  third: {sections: [work]}\n  brief:"), "utf-8")
    page.wait_for_function("() => document.querySelectorAll('#pick-a option').length === 3")
    assert page.evaluate(picked) == ["default", "default"]
    assert axe_violations(page) == []
    page.click("[data-mode=document]")
    assert page.is_visible("#panel")
    shown_view(page, after=view)


def check_writing(page: Page, profile: Path) -> None:
    """What was tried out is written, and the page says so."""
    page.click("#write")
    page.locator("#tried-text", has_text="Written to the variant default.").wait_for()
    page.locator("#tried-buttons").wait_for(state="hidden")
    assert "#c81e1e" in profile.read_text("utf-8")


def check_sizes(page: Page) -> None:
    """Pages are shown as wide or as high as the window, or larger, and then scroll sideways by the keyboard too."""
    from test_browser import axe_violations

    width = "document.querySelector('.sheet .paper').clientWidth"
    for window in (360, 1280):
        page.set_viewport_size({"width": window, "height": 900})
        usual = page.evaluate(width)
        page.select_option("#size", "2")
        assert page.evaluate(width) == pytest.approx(2 * usual, abs=2)
        page.wait_for_function(
            "() => [...document.querySelectorAll('.sheet img')].every(i => i.naturalWidth >= i.width)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= window
        assert axe_violations(page) == []
        page.select_option("#size", "page")
        assert page.evaluate("document.querySelector('.sheet .paper').clientHeight") <= 900
        page.select_option("#size", "width")
        assert page.evaluate(width) == usual


def shown_view(page: Page, after: int = 0) -> int:
    """The number of the view whose pictures ``page`` shows, once it is higher than ``after``."""
    page.wait_for_function("after => Number(document.querySelector('#sheets').dataset.view || 0) > after", arg=after)
    return int(str(page.get_attribute("#sheets", "data-view")))
